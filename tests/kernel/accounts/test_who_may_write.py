"""What each role that is not there to write may set off at all: a new command that it reaches is noticed."""

from __future__ import annotations

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.rules import expand

#: Of one's own account, and what others may decide for whom.
EVERYBODY = {
    "ApproveRequest", "ChangePassword", "EndStandIn", "FinishNotice", "NameStandIn", "NoteTry", "ReadNotice",
    "ReturnRequest", "WithdrawRequest",
}  # fmt: skip
#: That a paper was taken along is written down by who takes it.
COPIES = {"LogCaseCopy", "LogDrawCopy", "LogLedgerCopy", "LogNoticeCopy"}
#: Signing what waits for one's signature, and handing that on.
SIGNING = {"ApproveStep", "DelegateSignature", "EndHandOver", "HandOverWork", "ReturnStep"}
OWN_LISTS = {"DeleteQuestion", "DeleteView", "SaveQuestion", "SaveView"}
#: A role decides in a season where the step of its scheme names it.
DECIDING = {"DecideGrades", "DecideObjection", "Regrade", "TakeAssessmentStep"}

REACHED = {
    "core.auditor": EVERYBODY | {"LogTraceExport"},
    "core.maintainer": EVERYBODY | {"MendDatabase", "NoteBackup"},
    "core.inspector": EVERYBODY | COPIES | SIGNING | OWN_LISTS,
    "core.leader": EVERYBODY
    | COPIES
    | SIGNING
    | DECIDING
    | {"LogReturns", "LogScheme", "LogSeasonList", "TakeCreditStep", "ViewCreditFile"},
}


@pytest.mark.parametrize("role", sorted(REACHED))
def test_who_only_reads_writes_nothing(suite_on_sqlite: Suite, role: str) -> None:
    catalog = suite_on_sqlite.catalog
    granted = expand(
        catalog.roles[role],
        profession=None,
        district=None,
        association=None,
        professions=catalog.professions,
        permissions=catalog.permissions,
    )
    actor = Actor(login="x", name="x", granted=tuple(granted))
    owners = (*catalog.professions, *catalog.areas)
    reached = {
        name
        for name, command in suite_on_sqlite.executor.commands.items()
        if any(actor.may(command.permission.replace("{owner}", owner)) for owner in owners)
    }
    assert reached == REACHED[role]
