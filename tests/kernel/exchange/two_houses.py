"""An association's roster and the bureau's, and what goes between them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from suite.bootstrap import Suite
from suite.kernel.exchange.houses import signed
from suite.kernel.exchange.packet_files import write_receipt
from suite.kernel.exchange.taking import IssueReceipt, take
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records, names_of
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"


def receive(bureau: Suite, path: Path) -> dict[str, object]:
    actor = bureau.actor()
    return dict(bureau.run(take(bureau.preview_packet(path, actor)), actor).result)


def answer(bureau: Suite, exchange: object, path: Path, kind: str = LAWYERS) -> Path:
    made = bureau.run(IssueReceipt(kind=kind, exchange_id=int(str(exchange))), bureau.actor()).result
    write_receipt(path, made["head"], signed(made["head"]), made["of_digest"], made["rows"])
    return path


def roster(suite: Suite, kind: str) -> list[dict[str, object]]:
    """All that a roster says, by number; links by name."""
    found = []
    with suite.reading() as session:
        actor, declared = suite.actor(), suite.catalog.kinds[kind]
        ids = list(stream_ids(session, actor, suite.catalog, ListQuery(kind=kind)))
        for record in current_records(session, declared, ids).values():
            values = dict(record.values)
            if values.get("body_id") is not None:
                values["body_id"] = names_of(session, [values["body_id"]])[values["body_id"]]
            found.append(values)
    return sorted(found, key=lambda values: str(values.get("main_no")))


def fill(suite: Suite) -> list[int]:
    actor = suite.actor()
    firms = make(suite, actor, FIRMS, a_firm(1), a_firm(2), on=dt.date(2020, 1, 1))
    return make(
        suite,
        actor,
        LAWYERS,
        *(
            a_lawyer(
                n,
                id_number=resident_number(2 * n + 1),
                sex="male",
                phone=f"1383112{n:04d}",
                body_id=firms[n % 2],
                specialties="公司并购、刑事辩护" if n == 3 else None,
            )
            for n in range(1, 8)
        ),
        on=dt.date(2020, 1, 1),
    )


def change(suite: Suite, subject_id: int, **values: object) -> None:
    row = RowEdit(subject_id=subject_id, values=values)
    suite.run(SaveRecords(kind=LAWYERS, rows=(row,)), suite.actor())


def number_of(suite: Suite, name: str) -> int:
    with suite.reading() as session:
        ids = list(stream_ids(session, suite.actor(), suite.catalog, ListQuery(kind=LAWYERS)))
        return next(key for key, value in names_of(session, ids).items() if value == name)


def values_of(suite: Suite, name: str) -> dict[str, object]:
    return next(row for row in roster(suite, LAWYERS) if row["name"] == name)
