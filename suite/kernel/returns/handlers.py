"""Which function carries out which command about returns."""

from __future__ import annotations

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.returns.reviewing import (
    CorrectReturn,
    RemindReturns,
    ReviewReturns,
    SendBackReturn,
    correct_return,
    remind_returns,
    review_returns,
    send_back_return,
)
from suite.kernel.returns.submitting import SaveReturns, SubmitReturns, save_returns, submit_returns

HANDLERS: Mapping[type[Command], Handler] = {
    SaveReturns: save_returns,
    SubmitReturns: submit_returns,
    ReviewReturns: review_returns,
    SendBackReturn: send_back_return,
    CorrectReturn: correct_return,
    RemindReturns: remind_returns,
}
