"""三方对账: our roster, an association's workbook and the province's export, field by field.

Reads only: what the sides say differently, and what was decided about it before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.kernel.exchange.export import words_of
from suite.kernel.exchange.preview import preview
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest, PreviewRow
from suite.kernel.exchange.reconcile_rules import (
    ASSOCIATION,
    OURS,
    PROVINCE,
    SIDES,
    Decision,
    Difference,
    Line,
    differences,
)
from suite.kernel.exchange.sending import text_of
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records, names_of
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.masking import masked, told_apart
from suite.kernel.registry.queries import ListQuery, readable_kind, stream_ids
from suite.tables import Reconciled


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
class Unread:
    """What is wrong with a row of a side, so that it is not compared."""

    side: str
    row: PreviewRow
    problem: Problem

    @property
    def place(self) -> str:
        """Where it stands in the side's file."""
        return f"{self.row.sheet} 第 {self.row.row} 行"

    @property
    def name(self) -> str:
        """Whom it names."""
        return str(self.row.values.get("name") or "")


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """The whole comparison. `held`: side → rows with cells that cannot be read; these are not compared."""

    kind: str
    sides: tuple[str, ...]
    compared: Mapping[str, int]
    held: Mapping[str, Sequence[PreviewRow]]
    findings: tuple[Finding, ...]

    @property
    def unread(self) -> list[Unread]:
        """Why each of the rows that are not compared cannot be."""
        return [
            Unread(side=side, row=row, problem=problem)
            for side, rows in self.held.items()
            for row in rows
            for problem in row.problems
            if problem.severity is Severity.ERROR
        ]

    @property
    def open(self) -> list[Finding]:
        """What nobody decided yet."""
        return [finding for finding in self.findings if finding.decided is None]


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


class _Words:
    """Values in the words in which sides are compared; names of links are looked up once."""

    def __init__(self, kind: RecordKind, work: Transaction) -> None:
        self.kind = kind
        self._work = work
        self._districts = short_district_names(work.session)
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


def remembered(
    kind: RecordKind, items: Sequence[Difference], work: Transaction
) -> dict[tuple[str, str, str], Reconciled]:
    """What was decided before of those whom these are about: (identity, field, values) → the row."""
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
    known = remembered(kind, items, work)
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
