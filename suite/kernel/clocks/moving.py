"""What a change of the calendar moves: the running clocks are counted anew in the same transaction.

Clocks stand in areas above this one. Such an area carries out `RecountClocks` (it stands in that area's
HANDLERS) and answers with `Moved` for each clock whose day changed; commands of the calendar run it where it
is known. A trial run of such a command is therefore the preview of what would move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command
from suite.kernel.executor.work import Transaction

RESULT = "moved"


@dataclass(frozen=True, kw_only=True)
class RecountClocks(Command):
    """Count the running clocks anew over the calendar; `result["moved"]` holds what moved.

    since: the first day that may have changed; clocks that end before it are as they were.
    """

    permission: ClassVar[str] = "core:calendar:edit"
    title: ClassVar[str] = "重新推算到期日"

    since: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A due day that moved. `subject` is what it belongs to (a case's number), `limit` the limit's title.

    `kind` and `id` open it. `handler` is the login that is to be told.
    """

    subject: str
    limit: str
    kind: str
    id: int
    before: dt.date | None
    after: dt.date | None
    handler: str = ""


def recount(work: Transaction, since: dt.date | None = None) -> Sequence[Moved]:
    """Count the running clocks anew, where an area that holds clocks is there; see `RecountClocks`."""
    if work.command_named(RecountClocks.__name__) is None:
        return ()
    moved: Sequence[Moved] = work.run(RecountClocks(since=since)).result.get(RESULT, ())
    return moved
