"""三方对账: our roster, an association's workbook and the province's export, field by field.

Each decision is remembered with what the sides said, so that next month shows only what is new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import select

from suite.contract.code_sets import packed
from suite.contract.commands import Change, Command, Done, Handler, KindCommand
from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import ProblemKind, Refused, Severity, refuse
from suite.kernel.exchange.export import LogExport, district_names, words_of
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.preview import preview
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest, PreviewRow
from suite.kernel.exchange.reconcile_rules import (
    ASSOCIATION,
    OURS,
    PRESENCE,
    PROVINCE,
    SIDES,
    Decision,
    Difference,
    Line,
    differences,
)
from suite.kernel.exchange.sending import text_of
from suite.kernel.exchange.table_file import write_table
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import chunks, current_records, names_of
from suite.kernel.registry.masking import masked, told_apart
from suite.kernel.registry.queries import ListQuery, readable_kind, stream_ids
from suite.tables import FinishedReconciliation, Reconciled

TITLES = {OURS: "本局名册", ASSOCIATION: "协会表", PROVINCE: "省厅表"}
WORDS = {
    Decision.KEEP: "以本局为准",
    Decision.EXPLAINED: "差异属实",
    Decision.ASSOCIATION: "采用协会",
    Decision.PROVINCE: "采用省厅",
}


@dataclass(frozen=True, kw_only=True)
class ReconcileRequest:
    """What to compare: a kind, and the files of the other sides (one of them at least)."""

    kind: str
    association: Path | None = None
    province: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One difference as a list shows it: secret values masked, with what was decided before, if anything.

    `taking` holds the value that each side would bring, for `DecideDifferences`, and `since` the day from
    which on that holds, where the side says it of a body; they are not for a screen.
    """

    difference: Difference
    title: str
    shown: Mapping[str, str]
    decided: Decision | None
    reason: str
    taking: Mapping[str, Any]
    since: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """The whole comparison. `held`: side → rows with cells that cannot be read; these are not compared."""

    kind: str
    sides: tuple[str, ...]
    compared: Mapping[str, int]
    held: Mapping[str, Sequence[PreviewRow]]
    findings: tuple[Finding, ...]

    @property
    def open(self) -> list[Finding]:
        """What nobody decided yet."""
        return [finding for finding in self.findings if finding.decided is None]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A decision about one difference, and the value to take over where one side's is taken.

    `since`: from when on a body holds that is taken over; without it from today on.
    """

    difference: Difference
    decision: Decision
    value: Any = None
    since: dt.date | None = None


def verdicts(findings: Sequence[Finding], decision: Decision) -> tuple[Verdict, ...]:
    """The same decision about several differences, each with the value that it takes over.

    Raises Refused where a side is to be taken that says nothing of the difference.
    """
    takes = decision in (Decision.ASSOCIATION, Decision.PROVINCE)
    silent = [item for item in findings if takes and decision.value not in item.taking]
    if silent:
        first = silent[0].difference
        more = f"等 {len(silent):,} 处" if len(silent) > 1 else ""
        if first.field == PRESENCE or first.subject_id is None:
            raise _presence(f"“{first.name}”{more}")
        raise refuse(
            "reconcile.silent",
            f"“{first.name}”的{silent[0].title}{more}在{TITLES[decision.value]}中没有内容可采用。"
            "请去掉后再采用。",
        )
    return tuple(
        Verdict(
            difference=item.difference,
            decision=decision,
            value=item.taking.get(decision.value),
            since=item.since.get(decision.value),
        )
        for item in findings
    )


def _presence(what: str) -> Refused:
    return refuse(
        "reconcile.presence",
        f"{what}的差异是有没有在册，没有内容可采用：本局没有的请导入，对方没有的请核对后按“差异属实”等处理。"
        "请去掉后再采用。",
    )


@dataclass(frozen=True, kw_only=True)
class DecideDifferences(KindCommand):
    """Decide differences, all for one reason; values taken over are saved in the same transaction."""

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "对账处理"

    verdicts: tuple[Verdict, ...]
    reason: str


def reconcile(request: ReconcileRequest, work: Transaction) -> Reconciliation:
    """Compare. `work` reads only. Raises FileRefused for a file that is no roster of the kind."""
    kind = readable_kind(work.actor, work.catalog, request.kind)
    work.require(f"{kind.owner}:roster:import")
    files = {ASSOCIATION: request.association, PROVINCE: request.province}
    read = {
        side: preview(ImportRequest(kind=kind.key, path=path), work)
        for side, path in files.items()
        if path is not None
    }
    if not read:
        raise refuse("reconcile.files", "请至少选择协会表或省厅表中的一份。")
    words = _Words(kind, work)
    others = {side: _lines(found, words) for side, found in read.items()}
    fields = [
        field.key for field in kind.fields if any(field.key in _columns(found) for found in read.values())
    ]
    ours = _ours(kind, fields, {line.subject_id for lines in others.values() for line in lines}, words, work)
    told = differences(ours, others, fields)
    decided = _decided(kind, told, work)
    values = {side: _values(found) for side, found in read.items()}
    return Reconciliation(
        kind=kind.key,
        sides=tuple(side for side in SIDES if side == OURS or side in read),
        compared={OURS: len(ours), **{side: len(lines) for side, lines in others.items()}},
        held={side: [row for row in found.rows if _wrong(row)] for side, found in read.items()},
        findings=tuple(_finding(kind, item, decided, values) for item in told),
    )


def decide_differences(command: DecideDifferences, work: Transaction) -> Done:
    """Save what is taken over and remember every decision. Refuses an empty reason, and a value of nobody."""
    kind = work.catalog.kinds[command.kind]
    reason = command.reason.strip()
    if not reason:
        raise refuse("reason.required", "请写明处理的依据。", field="reason")
    edits: dict[int, dict[str, Any]] = {}
    for verdict in command.verdicts:
        if verdict.decision in (Decision.ASSOCIATION, Decision.PROVINCE):
            subject_id, key = verdict.difference.subject_id, verdict.difference.field
            if subject_id is None or key == PRESENCE:
                raise _presence(f"“{verdict.difference.name}”")
            edits.setdefault(subject_id, {})[key] = verdict.value
    body = kind.by_key.get("body_id")
    if body is not None and body.since is not None:
        _date_bodies(kind, body.since, command.verdicts, edits, work)
    changes: tuple[Change, ...] = ()
    if edits:
        rows = tuple(RowEdit(subject_id=number, values=values) for number, values in edits.items())
        changes = work.run(SaveRecords(kind=kind.key, rows=rows)).changes
    settled = [(_afterwards(verdict), verdict) for verdict in command.verdicts]
    known = _rows_of(kind, [item for item, _ in settled], work)
    for item, verdict in settled:
        row = known.get((item.identity, item.field, item.values))
        if row is None:
            row = Reconciled(
                kind=kind.key,
                profession=kind.owner,
                identity=item.identity,
                field=item.field,
                values=item.values,
            )
            work.session.add(row)
        row.decision, row.reason = verdict.decision.value, reason[:500]
        row.decided_by, row.decided_at = work.actor.login, work.now
    work.session.flush()
    return Done(
        text=f"已处理 {len(command.verdicts):,} 处差异",
        changes=(*changes, Change(kind="core.reconciled", ids=())),
        result={"decided": len(command.verdicts), "saved": len(edits)},
    )


def _date_bodies(
    kind: RecordKind,
    since: str,
    verdicts: Sequence[Verdict],
    edits: Mapping[int, dict[str, Any]],
    work: Transaction,
) -> None:
    """A body and the day since when it holds are one: one that is taken over brings its day, or is of today.

    A day that the record has already is that of its former body.
    """
    taken = {
        verdict.difference.subject_id: verdict.since
        for verdict in verdicts
        if verdict.difference.field == "body_id" and verdict.difference.subject_id in edits
    }
    records = current_records(work.session, kind, [number for number in taken if number is not None])
    for number, record in records.items():
        if "body_id" in edits[number] and since not in edits[number]:
            day = taken[number]
            edits[number][since] = day if day is not None and day != record.values[since] else work.today


def _afterwards(verdict: Verdict) -> Difference:
    """The difference as it is once a side's value was taken over: when the third side still says another one,
    that has been decided by it, too."""
    item, side = verdict.difference, verdict.decision.value
    if side not in (ASSOCIATION, PROVINCE) or side not in item.said:
        return item
    said = {**item.said, OURS: item.said[side]}
    return replace(item, said=said) if len(set(said.values())) > 1 else item


@dataclass(frozen=True, kw_only=True)
class FinishReconciliation(KindCommand):
    """Note that a roster was reconciled and nothing is open: a season may be opened on it.

    sides: those that were compared with ours; compared: how many of our records; differences: how many were
    found, all of them decided.
    """

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "登记对账完成"

    sides: tuple[str, ...]
    compared: int
    differences: int


def finished(found: Reconciliation) -> FinishReconciliation:
    """The command for a comparison. Raises Refused while differences are open or rows cannot be read."""
    held = sum(len(rows) for rows in found.held.values())
    if found.open or held:
        text = f"还有 {len(found.open):,} 处差异没有处理，{held:,} 行未能比对，处理后再登记对账完成。"
        raise refuse("reconcile.open", text)
    return FinishReconciliation(
        kind=found.kind,
        sides=tuple(side for side in found.sides if side != OURS),
        compared=found.compared[OURS],
        differences=len(found.findings),
    )


def finish_reconciliation(command: FinishReconciliation, work: Transaction) -> Done:
    """Write it down. Raises Refused for sides that there are not."""
    kind = work.catalog.kinds[command.kind]
    if not command.sides or not set(command.sides) <= {ASSOCIATION, PROVINCE}:
        raise refuse("reconcile.files", "请至少选择协会表或省厅表中的一份。", field="sides")
    if command.compared < 0 or command.differences < 0:
        raise refuse("reconcile.counts", "对账的份数不能是负数。", field="compared")
    work.session.add(
        FinishedReconciliation(
            kind=kind.key,
            profession=kind.owner,
            sides=packed(command.sides) or "",
            compared=command.compared,
            differences=command.differences,
            on_date=work.today,
            by_login=work.actor.login,
            at=work.now,
        )
    )
    work.session.flush()
    words = "、".join(TITLES[side] for side in command.sides)
    return Done(
        text=f"{kind.title}已与{words}对账完成，比对 {command.compared:,} 份",
        changes=(Change(kind="core.reconciled", ids=()),),
        result={"differences": command.differences},
    )


HANDLERS: dict[type[Command], Handler] = {
    DecideDifferences: decide_differences,
    FinishReconciliation: finish_reconciliation,
}


def export_log(kind: str, findings: Sequence[Finding], listed: str) -> LogExport:
    """What the trace keeps of an export of differences; `listed` says which."""
    return LogExport(
        kind=kind,
        columns=tuple(dict.fromkeys(item.difference.field or "status" for item in findings)),
        conditions=f"三方对账的差异，{listed}",
    )


def write_findings(
    found: Reconciliation, findings: Sequence[Finding], path: Path, basis: Basis | None = None
) -> int:
    """Write differences to .xlsx or .csv, for the other sides; returns how many. Secrets stay masked."""
    headings = ["名称", "项目", *(TITLES[side] for side in found.sides), "处理", "依据"]
    rows = [
        [
            item.difference.name,
            item.title,
            *(item.shown.get(side, "") for side in found.sides),
            WORDS[item.decided] if item.decided else "",
            item.reason,
        ]
        for item in findings
    ]
    return write_table(path, headings, rows, sheet="对账差异", basis=basis)


class _Words:
    """Values in the words in which sides are compared; names of links are looked up once."""

    def __init__(self, kind: RecordKind, work: Transaction) -> None:
        self.kind = kind
        self._work = work
        self._districts = district_names(work.session)
        self._names: dict[int, str] = {}

    def name_links(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look up the names that these values link to."""
        links = [field.key for field in self.kind.fields if field.type is FieldType.LINK]
        wanted = {row.get(key) for row in rows for key in links} - {None} - self._names.keys()
        numbers = sorted(number for number in wanted if isinstance(number, int))
        self._names.update(names_of(self._work.session, numbers))

    def text(self, key: str, value: Any) -> str:
        """One value."""
        field = self.kind.by_key[key]
        if field.type is FieldType.LINK and isinstance(value, int):
            value = (value, self._names.get(value, ""))
        return text_of(words_of(self._work.catalog, field, value, self._districts))


def _columns(found: ImportPreview) -> set[str]:
    return {key for sheet in found.sheets for key in sheet.fields}


def _wrong(row: PreviewRow) -> set[str | None]:
    """The fields of a row that cannot be read; None among them for the row as a whole.

    What the roster only forbids to take over can be read, and is what is compared here.
    """
    return {
        problem.field
        for problem in row.problems
        if problem.severity is Severity.ERROR and problem.kind is not ProblemKind.FORBIDDEN
    }


def _identity(kind: RecordKind, row: PreviewRow) -> str:
    """How a row that is nobody here is known again next month: by its number, else by its name."""
    if row.subject_id is not None:
        return f"#{row.subject_id}"
    asked = (key for keys in kind.match_keys for key in keys)
    keys = [key for key in asked if not kind.by_key[key].sensitive and row.values.get(key)]
    return "|".join(f"{key}={row.values[key]}" for key in keys)[:100] or f"{row.sheet}!{row.row}"


def _lines(found: ImportPreview, words: _Words) -> list[Line]:
    columns = _columns(found) & words.kind.by_key.keys()
    words.name_links([row.values for row in found.rows])
    return [
        Line(
            identity=_identity(words.kind, row),
            subject_id=row.subject_id,
            name=str(row.values.get("name") or ""),
            words={key: words.text(key, row.values.get(key)) for key in columns - _wrong(row)},
            place=f"{row.sheet} 第 {row.row} 行",
        )
        for row in found.rows
        if row.subject_id is not None or not _wrong(row)
    ]


def _ours(
    kind: RecordKind, fields: Sequence[str], named: set[int | None], words: _Words, work: Transaction
) -> list[Line]:
    """Who is on the roster now, and whom another side names besides."""
    counted = ListQuery(kind=kind.key, filters={"status": kind.counted})
    ids = list(stream_ids(work.session, work.actor, work.catalog, counted))
    ids += sorted(number for number in named - set(ids) if number is not None)
    found = []
    for part in chunks(ids):
        records = current_records(work.session, kind, part)
        words.name_links([record.values for record in records.values()])
        found += [
            Line(
                identity=f"#{number}",
                subject_id=number,
                name=str(records[number].values["name"]),
                words={key: words.text(key, records[number].values[key]) for key in fields},
            )
            for number in part
        ]
    return found


def _values(found: ImportPreview) -> dict[int, dict[str, Any]]:
    return {row.subject_id: row.values for row in found.rows if row.subject_id is not None}


def _rows_of(
    kind: RecordKind, items: Sequence[Difference], work: Transaction
) -> dict[tuple[str, str, str], Reconciled]:
    known: dict[tuple[str, str, str], Reconciled] = {}
    for part in chunks(list(dict.fromkeys(item.identity for item in items))):
        rows = work.session.scalars(
            select(Reconciled).where(Reconciled.kind == kind.key, Reconciled.identity.in_(part))
        )
        known.update({(row.identity, row.field, row.values): row for row in rows})
    return known


def _decided(
    kind: RecordKind, items: Sequence[Difference], work: Transaction
) -> Callable[[Difference], Reconciled | None]:
    known = _rows_of(kind, items, work)
    return lambda item: known.get((item.identity, item.field, item.values))


def _masked(item: Difference) -> dict[str, str]:
    """What each side says of a secret field; equal masks of different values are told apart."""
    shown = {side: masked(item.field, text) or "" if text else "" for side, text in item.said.items()}
    first = next(iter(shown))
    return {
        side: text if item.said[side] == item.said[first] else told_apart(text, shown[first])
        for side, text in shown.items()
    }


def _finding(
    kind: RecordKind,
    item: Difference,
    decided: Callable[[Difference], Reconciled | None],
    values: Mapping[str, Mapping[int, Mapping[str, Any]]],
) -> Finding:
    field = kind.by_key.get(item.field)
    secret = field is not None and field.sensitive
    before = decided(item)
    taking, since = {}, {}
    if field is not None and item.subject_id is not None:
        taking = {
            side: rows[item.subject_id].get(field.key)
            for side, rows in values.items()
            if item.subject_id in rows and side in item.said
        }
        if field.key == "body_id" and field.since is not None:
            days = ((side, values[side][item.subject_id].get(field.since)) for side in taking)
            since = {side: day for side, day in days if day is not None}
    return Finding(
        difference=item,
        title=field.title if field is not None else "是否在册",
        shown=_masked(item) if secret else item.said,
        decided=Decision(before.decision) if before is not None else None,
        reason=before.reason if before is not None else "",
        taking=taking,
        since=since,
    )
