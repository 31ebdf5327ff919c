"""Which function carries out which command of casework; the steps themselves are derived (`derive`)."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.casework.approvals import approve_step, record_paper_signature, return_step
from suite.kernel.casework.commands import (
    AddCaseLines,
    ApproveStep,
    CorrectCaseLine,
    HandOverCase,
    RecordPaperSignature,
    RemarkCase,
    ReturnStep,
    RevealComplainant,
    StrikeCaseLine,
)
from suite.kernel.casework.complainants import reveal_complainant
from suite.kernel.casework.handing_over import (
    DelegateSignature,
    EndHandOver,
    HandOverWork,
    delegate_signature,
    end_hand_over,
    hand_over_work,
)
from suite.kernel.casework.lines import add_lines, correct_line, strike_line
from suite.kernel.casework.recounting import recount_clocks
from suite.kernel.casework.remarks import hand_over, remark_case
from suite.kernel.clocks.moving import RecountClocks

HANDLERS: Mapping[type[Command], Handler] = {
    ApproveStep: approve_step,
    ReturnStep: return_step,
    RecordPaperSignature: record_paper_signature,
    RemarkCase: remark_case,
    AddCaseLines: add_lines,
    CorrectCaseLine: correct_line,
    StrikeCaseLine: strike_line,
    HandOverCase: hand_over,
    HandOverWork: hand_over_work,
    DelegateSignature: delegate_signature,
    EndHandOver: end_hand_over,
    RevealComplainant: reveal_complainant,
    RecountClocks: recount_clocks,
}
