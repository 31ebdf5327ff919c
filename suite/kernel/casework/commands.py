"""Commands of casework: what every step has, and what is done to a case beside its steps.

The steps themselves are derived from the declared lifecycles (`derive`): each is one of the two bases here
with the fields that the lifecycle gives it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from suite.contract.commands import Command, KindCommand


@dataclass(frozen=True, kw_only=True)
class AllegationGiven:
    """One thing that is alleged: `head` is a value of the kind's code list."""

    head: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ComplainantGiven:
    """Who complains. Kept apart from the case; shown masked."""

    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class FindingGiven:
    """What was found of one allegation: substantiated, partly or unfounded, and why."""

    no: int
    finding: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LineGiven:
    """A line of one of the case's lists; which cells it has, and what they mean, the list says."""

    list_key: str
    code: str | None = None
    grade: str | None = None
    name: str | None = None
    text: str | None = None
    place: str | None = None
    holder: str | None = None
    article: str | None = None
    day: dt.date | None = None
    until: dt.date | None = None
    done: dt.date | None = None
    figure: Decimal | None = None
    flag: bool | None = None


@dataclass(frozen=True, kw_only=True)
class OpenStep(KindCommand):
    """Opens a case of a kind. `on` is the business date, today where it is not given.

    matter: in a line, what it is about. repeat_of: the earlier case that this one repeats, where it does.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    #: Kind → its area of rights.
    areas: ClassVar[Mapping[str, str]] = {}

    kind: str
    on: dt.date | None = None
    matter: str = ""
    note: str = ""
    repeat_of: int | None = None

    def permission_key(self) -> str:
        """The permission of the kind's area."""
        return self.permission.replace("{owner}", self.areas.get(self.kind, self.kind.split(".", 1)[0]))


@dataclass(frozen=True, kw_only=True)
class TakeStep(Command):
    """Takes one step of a case. `on` is the business date of the step, today where it is not given.

    A field of the case that the step may set and that is not given stays as it is; one that is given empty is
    emptied.
    """

    permission: ClassVar[str] = "{owner}:case:handle"

    case_id: int
    expected_version: int
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveStep(Command):
    """Sign a step that waits for one's signature; with the last signature it is taken."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "审批同意"

    approval: int
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnStep(Command):
    """Send a step back with the reason; by whoever asked for it, take it back."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "退回或撤回审批"

    approval: int
    opinion: str


@dataclass(frozen=True, kw_only=True)
class RecordPaperSignature(Command):
    """Enter a signature that stands on the printed form (印制的审批表): whose, of which day, and its scan.

    scan: the attachment of the case that shows it.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "登记纸质审批"

    approval: int
    signer: str
    signed_on: dt.date
    scan: int
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class RemarkCase(Command):
    """Note something in a case (补记): a call, a visit. Changes nothing else."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "补记办理情况"

    case_id: int
    note: str
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class AddCaseLines(Command):
    """Add lines to lists of an open case, beside its steps: evidence that came in, an interview held."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "登记清单内容"

    case_id: int
    lines: tuple[LineGiven, ...]
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectCaseLine(Command):
    """Fill in empty cells of a line, or with a reason put another in its place; the old one stays, crossed
    out. Cells left empty in `line` stay as they are."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "更正清单内容"

    case_id: int
    no: int
    line: LineGiven
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StrikeCaseLine(Command):
    """Cross a line of a list out, with the reason. It stays to be read."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "划去清单内容"

    case_id: int
    list_key: str
    no: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandOverCase(Command):
    """Give a case to another colleague (移交)."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "移交办件"

    case_id: int
    expected_version: int
    to: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RevealComplainant(Command):
    """See who complains in full, for a reason that is logged."""

    permission: ClassVar[str] = "{owner}:complainant:reveal"
    title: ClassVar[str] = "查看投诉人身份"
    discloses: ClassVar[bool] = True

    case_id: int
    reason: str
