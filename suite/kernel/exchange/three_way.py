"""What a sender says now beside what it said the last time and what the roster has: whose change is it.

Only what the sender has changed since is its change. Where it repeats itself and the roster says something
else, the roster was changed here and stays. Where both changed, and differently, nobody can tell which is so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import Problem, ProblemKind, Severity
from suite.kernel.exchange.export import words_of
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import current_records, names_of
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.masking import masked, told_apart
from suite.kernel.registry.said import Said
from suite.kernel.registry.scoping import may_read

#: The codes of a field that was changed on both sides, and of one that only the roster's side changed.
CONFLICT, KEPT = "exchange.conflict", "exchange.kept"
#: The code of a field that was changed on both sides, and that a person has settled for the roster's side.
SETTLED = "exchange.settled"
#: Field key → value, as the sender of a row said it.
Saying = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class LastSaid:
    """How it stood with a record after the sender's last packet.

    `ours`: what the roster said where a person did not take what the sender said. `secrets`: whether those
    were kept too. `left_out`: the record was not here, and a person did not take it.
    """

    values: Said
    ours: Saying = field(default_factory=dict)
    secrets: bool = True
    left_out: bool = False

    def same(self, kind: RecordKind, now: Saying) -> bool:
        """Whether the sender says now what it said then; never where secrets would have to be compared
        that were not kept."""
        told = {key: value for key, value in now.items() if value is not None}
        if not self.secrets and any(kind.by_key[key].sensitive for key in told):
            return False
        return told == {key: value for key, value in self.values.items() if value is not None}


@dataclass(kw_only=True)
class Compared:
    """Fields of one row: `kept` stay as the roster has them, `both` were changed on both sides."""

    kept: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)


def compare(before: LastSaid, now: Saying, roster: Said, stay: tuple[str, str] | None = None) -> Compared:
    """Tell whose change each difference between `now` and `roster` is. `before`: how it stood the last time.

    `stay`: the fields of a body and of the day since when it holds. A day belongs to its body: with a body
    that the sender has changed it is said anew, and beside a body that was changed here it says nothing.
    """
    body, since = stay or ("", "")
    changed = {key for key, value in now.items() if value != before.values[key]}
    found = Compared()
    for key in [key for key, value in now.items() if value != roster[key]]:
        if key in changed:
            if roster[key] != before.ours.get(key, before.values[key]):
                found.both.append(key)
        elif key != since or body not in changed:
            found.kept.append(key)
    if body in found.kept and since in now and since not in (*found.kept, *found.both):
        (found.both if since in changed else found.kept).append(since)
    return found


def keep_ours(
    kind: RecordKind, rows: Sequence[PreviewRow], before: Mapping[int, LastSaid], work: Transaction
) -> dict[int, Saying]:
    """Take out of rows what their sender has not changed since and what was changed on both sides.

    A row with something of the latter is held: what else it says is judged, so that it can be taken once a
    person has settled that. Of a record that the actor may not read nothing is compared, and nothing told.

    `before`: row number → how it stood with that record the last time. Answers with what each such row
    says, as it came, by row number.
    """
    known = {row.row: row.subject_id for row in rows if row.row in before and row.subject_id is not None}
    records = current_records(work.session, kind, list(known.values()))
    stay = _stay(kind)
    compared: list[tuple[PreviewRow, Compared, Saying]] = []
    said: dict[int, Saying] = {}
    for row in rows:
        record = records.get(known.get(row.row, 0))
        if record is None or not may_read(work.actor, kind.owner, record.district_code, record.association):
            continue
        last = before[row.row]
        told = {
            key: value for key, value in row.values.items() if last.secrets or not kind.by_key[key].sensitive
        }
        found = compare(last, told, record.values, stay)
        if found.kept or found.both:
            compared.append((row, found, record.values))
            said[row.row] = row.values
    if not compared:
        return said
    words = _Words(kind, compared, before, work)
    for row, found, ours in compared:
        row.problems += [words.conflict(key, before[row.row].values, row.values, ours) for key in found.both]
        row.problems += [words.kept(key, before[row.row].ours, row.values, ours) for key in found.kept]
        ours_stay = {*found.kept, *found.both}
        if stay is not None and stay[0] in ours_stay:
            ours_stay.add(stay[1])  # a day says nothing beside another body
        row.values = Said((key, value) for key, value in row.values.items() if key not in ours_stay)
    return said


def undecided(row: PreviewRow) -> bool:
    """Whether nothing but fields that both sides have changed keeps a row from being taken."""
    grave = [problem.code for problem in row.problems if problem.severity is Severity.ERROR]
    return set(grave) == {CONFLICT}


def settle(problems: Sequence[Problem], reason: str) -> list[Problem]:
    """The problems of a row once a person has settled for the roster's side what both sides have changed."""
    return [
        replace(
            problem,
            code=SETTLED,
            severity=Severity.NOTICE,
            text=f"{problem.data['told']}；接收单位核对后不接收，保留不变：{reason}",
        )
        if problem.code == CONFLICT
        else problem
        for problem in problems
    ]


def _stay(kind: RecordKind) -> tuple[str, str] | None:
    body = kind.by_key.get("body_id")
    return None if body is None or body.since is None else (body.key, body.since)


class _Words:
    """Values as people write them, secrets masked, and the sentences that name them."""

    def __init__(
        self,
        kind: RecordKind,
        compared: Sequence[tuple[PreviewRow, Compared, Saying]],
        before: Mapping[int, LastSaid],
        work: Transaction,
    ) -> None:
        self._kind, self._catalog = kind, work.catalog
        self._districts = short_district_names(work.session)
        linked = {
            number
            for row, found, ours in compared
            for key in (*found.kept, *found.both)
            if kind.by_key[key].type is FieldType.LINK
            for number in (row.values.get(key), ours.get(key), before[row.row].values[key])
            if number is not None
        }
        self._names = names_of(work.session, sorted(linked))

    def _text(self, key: str, value: Any) -> str:
        item = self._kind.by_key[key]
        if value is None:
            return ""
        if item.sensitive:
            return masked(key, str(value)) or ""
        if item.type is FieldType.LINK:
            value = (value, self._names.get(value, ""))
        return str(words_of(self._catalog, item, value, self._districts))

    def conflict(self, key: str, before: Saying, now: Saying, ours: Saying) -> Problem:
        """A field that both sides have changed."""
        here, there = self._text(key, ours.get(key)), self._text(key, now[key])
        last = self._text(key, before[key])
        told = (
            f"{self._kind.by_key[key].title}双方都有改动：上次为“{last or '空'}”，现报送为"
            f"“{told_apart(there, last)}”，接收单位已改为“{told_apart(here, there) or '空'}”"
        )
        return Problem(
            code=CONFLICT,
            kind=ProblemKind.FORBIDDEN,
            field=key,
            text=f"{told}。请双方核对，改成一致后重新报送。",
            data={"told": told},
        )

    def kept(self, key: str, refused: Saying, now: Saying, ours: Saying) -> Problem:
        """A field that only the roster's side has changed, or that stays because it was `refused`."""
        here, there = self._text(key, ours.get(key)), self._text(key, now[key])
        left = key in refused and refused[key] == ours.get(key)
        since = "上次未接收，接收单位仍为" if left else "接收单位已改为"
        return Problem(
            code=KEPT,
            field=key,
            severity=Severity.NOTICE,
            text=f"{self._kind.by_key[key].title}仍报“{there}”，与上次相同；{since}"
            f"“{told_apart(here, there) or '空'}”，保留不变。",
        )
