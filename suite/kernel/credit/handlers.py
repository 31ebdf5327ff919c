"""Which function carries out which command of credit."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.credit import acts
from suite.kernel.credit import commands as credit
from suite.kernel.credit.platform import acknowledge_file, make_file
from suite.kernel.credit.publicity import acts as public
from suite.kernel.credit.publicity import commands as publicity
from suite.kernel.credit.publicity.sending import report_publicity
from suite.kernel.credit.publicity.stock import take_stock

HANDLERS: Mapping[type[Command], Handler] = {
    credit.EnterCreditRecord: acts.enter_record,
    credit.TakeCreditStep: acts.take_step,
    credit.ViewCreditFile: acts.view_file,
    credit.EndDisplays: acts.end_displays,
    credit.RecountCredit: acts.recount_credit,
    credit.RequireRepairable: acts.require_repairable,
    credit.RepairRecord: acts.repair_record,
    credit.MakePlatformFile: make_file,
    credit.AcknowledgePlatformFile: acknowledge_file,
    publicity.ReportPublicity: report_publicity,
    publicity.ConfirmPublicity: public.confirm_publicity,
    publicity.RejectPublicity: public.reject_publicity,
    publicity.FillPublicity: public.fill_publicity,
    publicity.RetractPublicity: public.retract_publicity,
    publicity.TakePublicityStock: take_stock,
}
