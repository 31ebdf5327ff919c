"""Signatures of stories that tests tell of the past: a step takes effect on the day of the last one."""

from __future__ import annotations

import datetime as dt
import json

from suite.bootstrap import Suite
from suite.cli.demo_steps import that_day
from suite.contract.commands import Actor, Done
from suite.kernel.casework.commands import ApproveStep
from suite.tables import CaseApproval


def sign_then(suite: Suite, approval: int, signer: Actor) -> Done:
    """Sign a step on the day for which it was asked."""
    with suite.reading() as session:
        asked = json.loads(session.get_one(CaseApproval, approval).fields).get("on")
    with that_day(suite, dt.date.fromisoformat(asked) if asked else suite.today):
        return suite.run(ApproveStep(approval=approval), signer)
