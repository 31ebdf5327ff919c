"""Every step of a lifecycle taken through the executor: a walk that leads over all edges of the graph.

What a step asks for is filled in by its type; what is refused is filled in otherwise. Conditions and effects
of a profession's own have tests of their own: where no filling satisfies a condition, it is waived, and told.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

from desk import keeping
from sqlalchemy import insert

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.case_facts import Cell, Finding
from suite.contract.casework import (
    CaseKind,
    CaseList,
    Lifecycle,
    PartyOf,
    Transition,
)
from suite.contract.commands import Done
from suite.contract.declarations import Field, FieldType
from suite.contract.problems import Refused
from suite.database.base import METADATA
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.audit import seal
from suite.kernel.casework.commands import LineGiven
from suite.kernel.casework.derive import step
from suite.tables import Case
from suite.testing.factories import practice_no, resident_number, uscc
from suite.testing.signing import sign_then

TRIES = 8
#: The first reads like the number of a paper, of which no two have the same.
TEXTS = (
    "石司函〔2026〕{}号",
    uscc(7),
    resident_number(7),
    practice_no(7),
    "13912346612",
    "130100123",
    "050000",
)
FINDINGS = (Finding.UNFOUNDED, Finding.SUBSTANTIATED, Finding.PARTLY)


class Cover:
    """A bureau whose cases are led over every step."""

    def __init__(self, suite: Suite) -> None:
        self.suite, self.catalog = suite, suite.catalog
        self.actors = [keeping(suite, suite.actor(), by=suite.actor())]
        for login in ("first", "second", "third"):
            suite.run(AddUser(login=login, name=login), self.actors[0])
            for role in ("core.section_head", "core.leader"):
                suite.run(GrantRole(login=login, role=role), self.actors[0])
            self.actors.append(keeping(suite, suite.actor(login), by=self.actors[0]))
        self._numbers = count(1)
        self._subjects: dict[str, int] = {}
        self.waived: set[str] = set()

    def lead(self, kind: CaseKind, known: set[str]) -> set[str]:
        """Take the steps of a kind that are not `known` yet; gives those that no way led over."""
        lifecycle = self.catalog.lifecycle_of(kind)
        left = {item.command for item in lifecycle.transitions} - known
        for opening in lifecycle.openings:
            fruitful = True
            while fruitful and left:
                fruitful = self._one_case(kind, lifecycle, opening, left)
        return left

    def _one_case(self, kind: CaseKind, lifecycle: Lifecycle, opening: Transition, left: set[str]) -> bool:
        """Open a case and lead it over what is left; whether it led over anything new."""
        before = len(left)
        done = self._take(kind, opening, None)
        if done is None:
            return False
        left.discard(opening.command)
        case_id, closed, found = done.result["case_id"], set[str](), False
        while (way := _way(lifecycle, self._case(case_id)[0], left, closed)) is not None:
            # Later steps look at what was found: it is found wherever it can be.
            finds = next((one for one in lifecycle.steps_from(self._case(case_id)[0]) if one.findings), None)
            if finds is not None and not found and self._take(kind, finds, case_id) is not None:
                found = True
                left.discard(finds.command)
                continue
            if self._take(kind, way, case_id) is None:
                closed.add(way.command)
            else:
                left.discard(way.command)
                # A step that leads round is not taken for ever.
                if way.to is None or len(closed) > len(lifecycle.transitions):
                    closed.add(way.command)
        return len(left) < before

    def _take(self, kind: CaseKind, item: Transition, case_id: int | None) -> Done | None:
        done = self._tried(kind, item, case_id)
        if done is None and (item.guards or item.clocks):
            with self._waiving(item):
                done = self._tried(kind, item, case_id)
                if done is not None:
                    self.waived.add(f"{kind.key}:{item.command}")
        return done

    def _tried(self, kind: CaseKind, item: Transition, case_id: int | None) -> Done | None:
        """Take a step, filled in otherwise as often as it is refused; None where it stays refused."""
        turn = dict.fromkeys((*item.fields, *item.parties, "findings"), 0)
        last: tuple[Any, ...] = ()
        if case_id is not None:
            served = paper_up(self.suite, self.actors[0], case_id, item.command, self.suite.today)
            if served is not None:
                return served
        for _ in range(TRIES):
            given = self._filled(kind, item, turn)
            place: dict[str, Any] = {"kind": kind.key}
            if case_id is not None:
                place = {"case_id": case_id, "expected_version": self._case(case_id)[1]}
            try:
                done = self.suite.run(step(self.catalog, item.command, **place, **given), self.actors[0])
                return self._signed(done)
            except Refused as refusal:
                last = tuple((problem.code, problem.field) for problem in refusal.problems)
                wrong = {problem.field for problem in refusal.problems} & turn.keys()
                for key in wrong or turn:
                    turn[key] += 1
        self.refused = f"{kind.key}:{item.command} {last}"
        return None

    def _signed(self, done: Done) -> Done:
        """Have it signed by one after another, where it waits for that."""
        for signer in self.actors[1:]:
            if "approval" not in done.result:
                break
            done = sign_then(self.suite, done.result["approval"], signer)
        return done

    def _case(self, case_id: int) -> tuple[str, int]:
        with self.suite.reading() as session:
            case = session.get_one(Case, case_id)
            return case.state, case.version

    @contextmanager
    def _waiving(self, item: Transition) -> Iterator[None]:
        """Without the conditions of a step."""
        kept = {key: self.catalog.guards[key] for key in item.guards}
        self.catalog.guards.update({key: replace(kept[key], holds=lambda _case: True) for key in kept})
        try:
            yield
        finally:
            self.catalog.guards.update(kept)

    # Filling in.

    def _filled(self, kind: CaseKind, item: Transition, turn: dict[str, int]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for key in item.fields:
            if key in item.required or turn[key] == 0:
                given[key] = self._value(kind.by_key[key], turn[key])
        for key in item.parties:
            role = kind.roles[key]
            if role.of is PartyOf.SUBJECT:
                kinds = [one for one in role.kinds if one in self.catalog.kinds]
                given[key] = (self._subject(kinds[turn[key] % len(kinds)]),)
            elif role.of is PartyOf.USER:
                given[key] = tuple(actor.login for actor in self.actors[: max(2, role.least)])
            else:
                given[key] = tuple(f"某某{place}" for place in range(max(1, role.least)))
        if item.complainant:
            given["complainants"] = ({"name": "赵文博", "phone": f"1390000{next(self._numbers):04d}"},)
        if item.allegations:
            (first, *_) = self.catalog.codes[kind.heads or ""].codes
            given["allegations"] = ({"head": first.value, "text": "内容"},)
        if item.findings:
            given["findings"] = ({"no": 1, "finding": FINDINGS[turn["findings"] % 3]},)
        if item.annuls:
            given["annul"] = (1,)
        if item.lists:
            by_key = {one.key: one for one in kind.lists}
            given["lines"] = tuple(self._line(by_key[key]) for key in item.lists)
        return given

    def _value(self, field: Field, turn: int) -> Any:
        today = self.suite.today
        match field.type:
            case FieldType.CODE | FieldType.CODES:
                values = [
                    item.value for item in self.catalog.codes[field.codes or ""].codes if item.in_force(today)
                ]
                value = values[turn % len(values)]
                return (value,) if field.type is FieldType.CODES else value
            case FieldType.DATE:
                return today + dt.timedelta(days=(0, -30, 30)[turn % 3])
            case FieldType.INTEGER:
                return 1 + turn
            case FieldType.DECIMAL:
                return Decimal(1 + turn)
            case FieldType.BOOLEAN:
                return turn % 2 == 0
            case FieldType.LINK:
                return self._subject(field.links[0])
            case FieldType.DISTRICT:
                return "130102"
        length = getattr(field.table.columns[field.name].type, "length", None) or 200
        return TEXTS[turn % len(TEXTS)].format(next(self._numbers))[:length]

    def _line(self, item: CaseList) -> LineGiven:
        cells: dict[str, Any] = {}
        for column in item.columns:
            match column.cell:
                case _ if column.codes is not None:
                    cells[column.cell] = self.catalog.codes[column.codes].codes[0].value
                case Cell.DAY | Cell.DONE:
                    cells[column.cell] = self.suite.today
                case Cell.UNTIL:
                    cells[column.cell] = self.suite.today + dt.timedelta(days=30)
                case Cell.FIGURE:
                    cells[column.cell] = Decimal(1)
                case Cell.FLAG:
                    cells[column.cell] = True
                case _:
                    cells[column.cell] = "内容"
        return LineGiven(list_key=item.key, **{str(key): value for key, value in cells.items()})

    def _subject(self, key: str) -> int:
        """A record of a kind, past all checks: only that it is on its roster matters here."""
        if key not in self._subjects:
            kind, number = self.catalog.kinds[key], 900_000 + len(self._subjects)
            now = dt.datetime.now(dt.UTC)
            with writing(self.suite.engine) as connection:
                transaction = seal.begin(
                    connection, command="", title="", reason=None, actor=self.actors[0].login, at=now
                )
                connection.execute(
                    insert(METADATA.tables["core_subject"]).values(
                        id=number, kind=key, profession=kind.owner, role=kind.role.value, name=f"某{number}",
                        name_key=f"某{number}", status=kind.counted[0], district_code="130102",
                        valid_from=self.suite.today, version=1, created_at=now, updated_at=now,
                    )
                )  # fmt: skip
                seal.seal(connection, transaction)
                seal.close(connection)
            self._subjects[key] = number
        return self._subjects[key]


def _way(lifecycle: Lifecycle, state: str, left: set[str], closed: set[str]) -> Transition | None:
    """The next step on the shortest way to one that is left, but for those that were refused here."""
    ahead: deque[tuple[str, Transition | None]] = deque([(state, None)])
    seen = {state}
    while ahead:
        here, first = ahead.popleft()
        for item in lifecycle.steps_from(here):
            if item.command in closed:
                continue
            if item.command in left:
                return first or item
            if item.to is not None and item.to not in seen:
                seen.add(item.to)
                ahead.append((item.to, first or item))
    return None
