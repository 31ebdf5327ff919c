"""Which function carries out which command of casework; the steps themselves are derived (`derive`)."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.casework.approvals import approve_step, return_step
from suite.kernel.casework.commands import (
    AddCaseLines,
    ApproveStep,
    CorrectCaseLine,
    HandOverCase,
    RemarkCase,
    ReturnStep,
    RevealComplainant,
    StrikeCaseLine,
)
from suite.kernel.casework.complainants import reveal_complainant
from suite.kernel.casework.lines import add_lines, correct_line, strike_line
from suite.kernel.casework.recounting import recount_clocks
from suite.kernel.casework.remarks import hand_over, remark_case
from suite.kernel.clocks.moving import RecountClocks

HANDLERS: Mapping[type[Command], Handler] = {
    ApproveStep: approve_step,
    ReturnStep: return_step,
    RemarkCase: remark_case,
    AddCaseLines: add_lines,
    CorrectCaseLine: correct_line,
    StrikeCaseLine: strike_line,
    HandOverCase: hand_over,
    RevealComplainant: reveal_complainant,
    RecountClocks: recount_clocks,
}
