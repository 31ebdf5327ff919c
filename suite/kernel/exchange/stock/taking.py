"""Taking a ledger of cases: every case with its past, in one transaction, as one run."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from suite.contract.code_sets import packed
from suite.contract.commands import Change, Done
from suite.contract.declarations import FieldType
from suite.contract.problems import Problem, Refused
from suite.database.base import METADATA
from suite.database.bulk import allocate_ids, insert_rows
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.current import TAKEN_IN
from suite.kernel.casework.rules import digest_of, masked_name
from suite.kernel.exchange.learning import RememberLayout
from suite.kernel.exchange.runs import new_run
from suite.kernel.exchange.stock.comparing import known_cases
from suite.kernel.exchange.stock.judging import Judge, Judged
from suite.kernel.exchange.stock.sheet import NUMBER, CaseSheet
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.numbering import raise_series
from suite.tables import User

if TYPE_CHECKING:
    from suite.kernel.exchange.importing import ImportRows

CASES, PARTIES, COMPLAINANTS, EVENTS, CLOCKS, ALLEGATIONS, TAKEN = (
    METADATA.tables[name]
    for name in (
        "core_case",
        "core_case_party",
        "core_complainant",
        "core_case_event",
        "core_clock",
        "core_allegation",
        "core_import_case",
    )
)
Row = dict[str, Any]


def take_cases(sheet: CaseSheet, command: ImportRows, work: Transaction) -> Done:
    """Write the cases and the run. Raises Refused, all at once, where a row is no longer as it was."""
    if not command.rows:
        return Done(text="没有需要写入的行", result={"run": None})
    judge = Judge.of(sheet, command.rows, work)
    known = known_cases(sheet, [row.values[NUMBER] for row in command.rows], work)
    judged = [judge.judge(row) for row in command.rows]
    problems = [
        problem.at(row=place)
        for place, made in enumerate(judged)
        for problem in (*made.problems, *_met(made, known))
    ]
    if any(not made.sound or made.row.values[NUMBER] in known for made in judged):
        raise Refused(problems)
    work.progress("写入办件", 0, len(judged))
    ids = allocate_ids(work.connection, CASES, len(judged))
    run = new_run(sheet, command, work, new=len(judged))
    writing = _Writing(sheet, command.file_name, run.id, work)
    for case_id, made in zip(ids, judged, strict=True):
        writing.add(case_id, made)
    writing.write()
    _raise_series(sheet, [(made.row.values[NUMBER], made) for made in judged], work)
    if command.layouts:
        sender = Path(command.file_name).stem
        work.run(RememberLayout(kind=sheet.key, sender=sender, layouts=command.layouts))
    return Done(
        text=f"已导入：新增 {len(judged):,} 件",
        changes=(
            Change(kind=sheet.key, ids=tuple(ids)),
            Change(kind="core.import_run", ids=(run.id,)),
        ),
        warnings=tuple(problems),
        result={"run": run.id, "ids": list(ids)},
    )


def _met(made: Judged, known: Mapping[str, object]) -> list[Problem]:
    number = made.row.values[NUMBER]
    if number not in known:
        return []
    return [Problem(code="stale", text=f"{number} 刚由他人登记，请重新核对。", field=NUMBER)]


class _Writing:
    """The rows of all tables, gathered case by case and written table by table."""

    def __init__(self, sheet: CaseSheet, file_name: str, run: int, work: Transaction) -> None:
        self._sheet, self._file, self._run, self._work = sheet, file_name, run, work
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._sections: dict[str, int | None] = dict(
            work.session.execute(select(User.login, User.section_id)).all()
        )

    def add(self, case_id: int, made: Judged) -> None:
        """One case."""
        past, place, work = made.past, made.place, self._work
        scope = {
            "profession": self._sheet.case.rights,
            "district_code": place.district_code if place else None,
            "association": place.association if place else None,
        }
        of_case = {"case_id": case_id, **scope}
        opened: dt.date = past.steps[0].on
        self._rows[CASES.name].append(
            {
                "id": case_id,
                "kind": self._sheet.key,
                **scope,
                "number": made.row.values[NUMBER],
                "title": made.title,
                "state": past.state,
                "opened": opened,
                "closed": past.closed,
                "handler": made.handler,
                "section_id": self._sections.get(made.handler),
                "version": 1,
                "created_at": work.now,
                "updated_at": work.now,
            }
        )
        self._rows[self._sheet.details.name].append(
            {
                "case_id": case_id,
                **{field.name: self._stored(made, field.key) for field in self._sheet.case.fields},
            }
        )
        people = [(role, item) for role, items in made.parties.items() for item in items]
        people += [(ROLE, {"name": masked_name(item["name"] or "")}) for item in made.complainants]
        self._rows[PARTIES.name] += [
            {
                **of_case,
                "role": role,
                "subject_id": item.get("subject_id"),
                "login": item.get("login"),
                "name": item["name"],
                "since": opened,
            }
            for role, item in people
        ]
        self._rows[COMPLAINANTS.name] += [
            {
                **of_case,
                "place": number,
                "name": item["name"],
                "phone": item.get("phone"),
                "id_number": item.get("id_number"),
                "address": item.get("address"),
                "digest": digest_of(item["name"] or "", item.get("id_number"), item.get("phone")),
            }
            for number, item in enumerate(made.complainants, 1)
        ]
        found_on = past.closed or past.steps[-1].on
        self._rows[ALLEGATIONS.name] += [
            {
                **of_case,
                "no": number,
                "head": item["head"],
                "text": item["text"],
                "finding": item["finding"],
                "note": "",
                "found_on": found_on if item["finding"] else None,
                "annulled_by": "",
            }
            for number, item in enumerate(made.allegations, 1)
        ]
        self._rows[CLOCKS.name] += [
            {**of_case, **{name: getattr(clock, name) for name in _CLOCK}} for clock in past.clocks
        ]
        self._events(made, of_case)
        self._rows[TAKEN.name].append(
            {"run_id": self._run, **of_case, "sheet": made.row.sheet[:100], "row": made.row.row}
        )

    def _stored(self, made: Judged, key: str) -> Any:
        value = made.values.get(key)
        several = self._sheet.by_key[key].type is FieldType.CODES
        return packed(value) if several and value is not None else value

    def _events(self, made: Judged, of_case: Row) -> None:
        """The known steps, and that the case came in as stock."""
        common = {**of_case, "at": self._work.now, "by_login": self._work.actor.login}
        names = {role: [item["name"] for item in people] for role, people in made.parties.items()}
        for item in made.past.steps:
            given: dict[str, Any] = {
                key: made.values[key] for key in item.step.fields if key in made.values
            } | {role: names[role] for role in item.step.parties if role in names}
            self._rows[EVENTS.name].append(
                {
                    **common,
                    "on_date": item.on,
                    "command": item.step.command,
                    "title": item.step.title,
                    "from_state": item.before,
                    "to_state": item.after,
                    "note": "",
                    "given": json.dumps(given, ensure_ascii=False, default=str),
                }
            )
        row = made.row
        self._rows[EVENTS.name].append(
            {
                **common,
                "on_date": self._work.today,
                "command": "",
                "title": TAKEN_IN,
                "from_state": made.past.steps[-1].after,
                "to_state": made.past.state,
                "note": f"{self._file} 工作表“{row.sheet}”第 {row.row} 行，第 {self._run} 次导入",
                "given": json.dumps(
                    {"run": self._run, "sheet": row.sheet, "row": row.row}, ensure_ascii=False
                ),
            }
        )

    def write(self) -> None:
        """The cases first: everything else refers to them, and rights ask for them."""
        order = (CASES, self._sheet.details, PARTIES, COMPLAINANTS, ALLEGATIONS, CLOCKS, EVENTS, TAKEN)
        for table in order:
            insert_rows(self._work.connection, table, self._rows[table.name])


_CLOCK = (
    "limit_key", "length", "extension", "unit", "roll", "article", "start", "pauses", "due", "provisional",
    "stopped",
)  # fmt: skip


def _raise_series(sheet: CaseSheet, numbers: Sequence[tuple[str, Judged]], work: Transaction) -> None:
    """Let the kind's number series go on after the numbers that came in and are of its form."""
    series = work.catalog.series[sheet.case.series]
    form = re.compile(rf"{re.escape(series.organ)}[〔\[［(（](\d{{4}})[〕\]］)）](\d{{1,6}})号?")
    last: dict[int, int] = {}
    for number, _made in numbers:
        found = form.fullmatch(number)
        if found is not None:
            year = int(found[1])
            last[year] = max(last.get(year, 0), int(found[2]))
    for year, place in sorted(last.items()):
        raise_series(work, series.key, year, sheet.case.rights, place)
