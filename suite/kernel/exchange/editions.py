"""Compiling, announcing and withdrawing editions of a roster (名册编制与公告).

Between two editions the roster goes on living; an edition is what was published and stays as it was.
司法鉴定: the province compiles and announces once a year (司法鉴定机构登记管理办法、司法鉴定人登记管理办法,
名册编制和公告); the city prepares, verifies, and publishes what changes between editions.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Handler, KindCommand, Scope
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.bulk import insert_rows
from suite.kernel.exchange.edition_rules import EditionDifference, EditionLine, difference, digest
from suite.kernel.exchange.export import words_of
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.integrity import Part
from suite.kernel.registry.queries import ListQuery, readable_kind, stream_ids
from suite.kernel.registry.rows import roster_rows
from suite.kernel.registry.scoping import parked_scopes
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import RosterEdition, RosterEditionRow, Subject

LINES = RosterEditionRow.metadata.tables[RosterEditionRow.__tablename__]
BATCH = 2_000
LONGEST_NOTE = 2_000


@dataclass(frozen=True, kw_only=True)
class CompileEdition(KindCommand):
    """Freeze the roster as of the end of a day as its next edition.

    `columns`: keys of the fields to publish, empty for those that the kind declares as published. Secret
    fields are never published.
    """

    permission: ClassVar[str] = "{owner}:roster:compile"
    title: ClassVar[str] = "编制名册"

    as_of: dt.date
    columns: tuple[str, ...] = ()
    heading: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AnnounceEdition(KindCommand):
    """Record that an edition was announced: on which day, by which document."""

    permission: ClassVar[str] = "{owner}:roster:compile"
    title: ClassVar[str] = "登记名册公告"

    edition_id: int
    announced_on: dt.date
    document_no: str


@dataclass(frozen=True, kw_only=True)
class WithdrawEdition(KindCommand):
    """Withdraw an edition that was not announced yet; it stays readable, and its number is not used again."""

    permission: ClassVar[str] = "{owner}:roster:compile"
    title: ClassVar[str] = "撤回名册编制"

    edition_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition as a list shows it. `columns` are the keys of the fields that it publishes."""

    id: int
    kind: str
    number: int
    title: str
    as_of: dt.date
    columns: tuple[str, ...]
    rows: int
    digest: str
    note: str | None
    compiled_by: str
    compiled_at: dt.datetime
    announced_on: dt.date | None
    document_no: str | None
    withdrawn_at: dt.datetime | None
    withdraw_reason: str | None


def compile_edition(command: CompileEdition, work: Transaction) -> Done:
    """Write the edition. Refuses a day ahead, secret or unknown columns, an empty roster, a narrow scope."""
    kind = work.catalog.kinds[command.kind]
    if command.as_of > work.today:
        raise refuse("edition.future", "截止日期不能晚于今天，请改正。", field="as_of")
    if len(command.note) > LONGEST_NOTE:
        raise refuse("edition.note", f"编制说明不能超过 {LONGEST_NOTE:,} 字，请缩短。", field="note")
    _require_whole(kind, work)
    columns = _columns(kind, command.columns)
    lines = list(_standing(kind, columns, command.as_of, work))
    if not lines:
        raise refuse("edition.empty", f"{command.as_of} 没有在册的{kind.title}，无可编制。", field="as_of")
    last = work.session.scalar(select(func.max(RosterEdition.number)).where(RosterEdition.kind == kind.key))
    former = _predecessor(work.session, kind.key, before=None)
    edition = RosterEdition(
        kind=kind.key,
        profession=kind.owner,
        number=(last or 0) + 1,
        title=command.heading.strip() or f"{kind.title}名册",
        as_of=command.as_of,
        columns=json.dumps(columns),
        rows=len(lines),
        digest=digest(lines),
        note=command.note.strip() or None,
        compiled_by=work.actor.login,
        compiled_at=work.now,
    )
    work.session.add(edition)
    work.session.flush()
    scopes = _scopes_of(work.session, [line.subject_id for line in lines])
    insert_rows(
        work.connection,
        LINES,
        [
            {
                "edition_id": edition.id,
                "place": place,
                "subject_id": line.subject_id,
                "profession": kind.owner,
                "district_code": line.district_code,
                "association": scopes[line.subject_id],
                "words": json.dumps(line.words, ensure_ascii=False),
            }
            for place, line in enumerate(lines, 1)
        ],
    )
    told = difference(_all_lines(work.session, former), lines).counts if former else None
    return Done(
        text=f"已编制《{edition.title}》第 {edition.number} 版，{len(lines):,} {kind.unit}",
        changes=(Change(kind="core.edition", ids=(edition.id,)),),
        result={"edition": edition.id, "number": edition.number, "rows": len(lines), "difference": told},
    )


def announce_edition(command: AnnounceEdition, work: Transaction) -> Done:
    """Write it, once. Refuses a day before the edition's or ahead, and an edition that was withdrawn."""
    edition = _editable(command.edition_id, command.kind, work)
    if not edition.as_of <= command.announced_on <= work.today:
        raise refuse(
            "edition.announced_on",
            f"公告日期应在截止日期 {edition.as_of} 与今天之间，请改正。",
            field="announced_on",
        )
    if not command.document_no.strip():
        raise refuse("required", "请填写公告文号。", field="document_no")
    edition.announced_on, edition.document_no = command.announced_on, command.document_no.strip()
    work.session.flush()
    return Done(
        text=f"已登记《{edition.title}》第 {edition.number} 版的公告",
        changes=(Change(kind="core.edition", ids=(edition.id,)),),
    )


def withdraw_edition(command: WithdrawEdition, work: Transaction) -> Done:
    """Write it with its reason. What was announced is corrected by the next edition instead."""
    edition = _editable(command.edition_id, command.kind, work)
    if not command.reason.strip():
        raise refuse("required", "请写明撤回的原因。", field="reason")
    edition.withdrawn_at, edition.withdraw_reason = work.now, command.reason.strip()
    work.session.flush()
    return Done(
        text=f"已撤回《{edition.title}》第 {edition.number} 版",
        changes=(Change(kind="core.edition", ids=(edition.id,)),),
    )


HANDLERS: dict[type[Command], Handler] = {
    CompileEdition: compile_edition,
    AnnounceEdition: announce_edition,
    WithdrawEdition: withdraw_edition,
}


def editions(session: Session, actor: Actor, catalog: Catalog, kind: str) -> list[Edition]:
    """All editions of a kind's roster, the newest first; those of a plugin that is away, too."""
    rows = session.scalars(
        select(RosterEdition).where(RosterEdition.kind == kind).order_by(RosterEdition.number.desc())
    ).all()
    if kind in catalog.kinds or not rows:
        readable_kind(actor, catalog, kind)
    return [_told(row) for row in rows] if _scopes(actor, catalog, kind) else []


def edition_of(session: Session, actor: Actor, catalog: Catalog, edition_id: int) -> Edition:
    """One edition; raises Refused where there is none that the actor may read."""
    row = session.get(RosterEdition, edition_id)
    if row is not None and row.kind in catalog.kinds:
        readable_kind(actor, catalog, row.kind)
    elif row is None or not _scopes(actor, catalog, row.kind):
        raise refuse("edition.unknown", f"没有编号为 {edition_id} 的名册编制。", field="edition_id")
    return _told(row)


def lines_of(session: Session, actor: Actor, catalog: Catalog, edition_id: int) -> list[EditionLine]:
    """An edition's lines in order, as they were published; only those in the actor's scope."""
    found = edition_of(session, actor, catalog, edition_id)
    scopes = _scopes(actor, catalog, found.kind)
    statement = (
        select(LINES.c.subject_id, LINES.c.district_code, LINES.c.words)
        .where(LINES.c.edition_id == edition_id, scope_condition(LINES.c, scopes))
        .order_by(LINES.c.place)
    )
    return [_line(row) for row in session.execute(statement)]


def predecessor(session: Session, actor: Actor, catalog: Catalog, edition_id: int) -> Edition | None:
    """The edition that an edition is compared with: the last before it that was not withdrawn."""
    found = edition_of(session, actor, catalog, edition_id)
    row = _predecessor(session, found.kind, before=found.number)
    return _told(row) if row is not None else None


def difference_of(session: Session, actor: Actor, catalog: Catalog, edition_id: int) -> EditionDifference:
    """What an edition says otherwise than its predecessor, in the actor's scope; all joined for the first."""
    former = predecessor(session, actor, catalog, edition_id)
    before = lines_of(session, actor, catalog, former.id) if former is not None else []
    return difference(before, lines_of(session, actor, catalog, edition_id))


def check_editions(session: Session) -> Part:
    """Whether the lines of every edition are still those that it was compiled with."""
    rows = session.scalars(select(RosterEdition).order_by(RosterEdition.id)).all()
    altered = [row for row in rows if digest(_all_lines(session, row)) != row.digest]
    problems = tuple(
        Problem(
            code="edition.altered",
            text=f"《{row.title}》第 {row.number} 版的内容与编制时不符，请从备份恢复。",
            data={"edition": row.id},
        )
        for row in altered
    )
    return Part(part="editions", title="名册编制", looked_at=len(rows), problems=problems)


def _scopes(actor: Actor, catalog: Catalog, kind: str) -> Sequence[Scope]:
    """Where the actor reads lines of such editions."""
    known = catalog.kinds.get(kind)
    return actor.scopes(f"{known.owner}:roster:read") if known is not None else parked_scopes(actor)


def _require_whole(kind: RecordKind, work: Transaction) -> None:
    """An edition is a whole roster: who looks after some districts of it cannot compile one."""
    held = [work.require(f"{kind.owner}:roster:{action}") for action in ("compile", "read")]
    if not all(any(s.districts is None and s.associations is None for s in scopes) for scopes in held):
        raise refuse(
            "edition.scope",
            f"编制“{kind.title}”名册须有全市范围的权限，请由市局科室办理。",
            ProblemKind.NOT_PERMITTED,
        )


def _columns(kind: RecordKind, asked: Sequence[str]) -> list[str]:
    unknown = [key for key in asked if key not in kind.by_key]
    if unknown:
        raise refuse("field.unknown", f"“{kind.title}”没有字段 {unknown[0]}。", field="columns")
    secret = [kind.by_key[key].title for key in asked if kind.by_key[key].sensitive]
    if secret:
        raise refuse("field.secret", f"“{secret[0]}”是个人信息，不能公布，请去掉。", field="columns")
    listed = [field.key for field in kind.fields if field.listed and not field.sensitive]
    return list(asked or kind.published or listed)


def _standing(
    kind: RecordKind, columns: Sequence[str], day: dt.date, work: Transaction
) -> Iterator[EditionLine]:
    """Who is on the roster at the end of a day, in the words of that day."""
    session, actor, catalog = work.session, work.actor, work.catalog
    districts = short_district_names(session)
    keys = list(dict.fromkeys([*columns, "district_code"])) if "district_code" in kind.by_key else columns
    wanted = stream_ids(session, actor, catalog, ListQuery(kind=kind.key, as_of=day))
    done = 0
    while batch := list(islice(wanted, BATCH)):
        for row in roster_rows(session, actor, catalog, kind.key, batch, columns=keys, as_of=day):
            words = {
                key: _text(words_of(catalog, kind.by_key[key], row.values[key], districts)) for key in columns
            }
            yield EditionLine(
                subject_id=row.subject_id, district_code=row.values.get("district_code"), words=words
            )
        done += len(batch)
        work.progress("编制名册", done, 0)


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def _scopes_of(session: Session, ids: Sequence[int]) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        rows = session.execute(select(Subject.id, Subject.association).where(Subject.id.in_(part)))
        found.update((row.id, row.association) for row in rows)
    return found


def _predecessor(session: Session, kind: str, *, before: int | None) -> RosterEdition | None:
    statement = select(RosterEdition).where(RosterEdition.kind == kind, RosterEdition.withdrawn_at.is_(None))
    if before is not None:
        statement = statement.where(RosterEdition.number < before)
    return session.scalars(statement.order_by(RosterEdition.number.desc()).limit(1)).first()


def _all_lines(session: Session, edition: RosterEdition) -> list[EditionLine]:
    statement = (
        select(LINES.c.subject_id, LINES.c.district_code, LINES.c.words)
        .where(LINES.c.edition_id == edition.id)
        .order_by(LINES.c.place)
    )
    return [_line(row) for row in session.execute(statement)]


def _line(row: Any) -> EditionLine:
    return EditionLine(
        subject_id=row.subject_id, district_code=row.district_code, words=json.loads(row.words)
    )


def _editable(edition_id: int, kind: str, work: Transaction) -> RosterEdition:
    edition = work.session.get(RosterEdition, edition_id)
    if edition is None or edition.kind != kind:
        raise refuse("edition.unknown", f"没有编号为 {edition_id} 的名册编制。", field="edition_id")
    _require_whole(work.catalog.kinds[kind], work)
    if edition.withdrawn_at is not None:
        raise refuse("edition.withdrawn", "这一版已撤回，不能再办理。", ProblemKind.FORBIDDEN)
    if edition.announced_on is not None:
        raise refuse(
            "edition.announced",
            f"这一版已于 {edition.announced_on} 公告，不能改动；有变化请编制下一版。",
            ProblemKind.FORBIDDEN,
        )
    return edition


def _told(row: RosterEdition) -> Edition:
    return Edition(
        id=row.id,
        kind=row.kind,
        number=row.number,
        title=row.title,
        as_of=row.as_of,
        columns=tuple(json.loads(row.columns)),
        rows=row.rows,
        digest=row.digest,
        note=row.note,
        compiled_by=row.compiled_by,
        compiled_at=row.compiled_at,
        announced_on=row.announced_on,
        document_no=row.document_no,
        withdrawn_at=row.withdrawn_at,
        withdraw_reason=row.withdraw_reason,
    )
