"""What a link is written as is read again as the same record; what was merged is read as what it became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from messy import xlsx
from openpyxl import load_workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.export import export_list, write_template
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.merging_commands import MergeSubjects, UndoMerge
from suite.kernel.registry.queries import ListQuery
from suite.tables import Subject
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.keyrings import MemoryKeyring
from tests.kernel.exchange.two_houses import receive, roster

VILLAGE, TOWNSHIP = "core.village", "core.township"
HOUSEHOLD = "popularization.law_study_model_household"
COUNSEL, OFFICE, NOTARY = "lawyers.organ_counsel", "notary.notary_office", "notary.notary"
KEPT, GONE = "河北省石家庄市博平公证处", "河北省石家庄市重复公证处"
NAMESAKE = "李家庄村民委员会"
TERM = {"starts_on": dt.date(2026, 1, 1), "valid_until": dt.date(2026, 12, 31)}


def two_villages(suite: Suite) -> list[int]:
    """Villages of one name in two townships of one name of two counties, and in another one of the first."""
    found = []
    for place, (county, township) in enumerate(
        (("130129", "北正乡"), ("130131", "北正乡"), ("130129", "南邢郭镇"))
    ):
        number = f"{county}{900 + place}"
        (above,) = make(
            suite, suite.actor(), TOWNSHIP, {"name": township, "main_no": number, "district_code": county}
        )
        found += make(
            suite,
            suite.actor(),
            VILLAGE,
            {"name": NAMESAKE, "main_no": f"{number}201", "district_code": county, "body_id": above},
        )
    return found


def exported(suite: Suite, kind: str, path: Path, but: Sequence[str] = ()) -> Path:
    columns = [
        one.key for one in suite.catalog.kinds[kind].fields if not one.sensitive and one.key not in but
    ]
    with suite.reading() as session:
        export_list(
            session,
            suite.actor(),
            suite.catalog,
            ListQuery(kind=kind),
            columns,
            path,
            progress=lambda *_: None,
        )
    return path


def look(suite: Suite, kind: str, path: Path) -> ImportPreview:
    return suite.preview(ImportRequest(kind=kind, path=path), suite.actor())


def sheet(path: Path, *rows: Sequence[Any]) -> Path:
    path.write_bytes(xlsx(rows))
    return path


@pytest.mark.parametrize("but", [(), ("district_code",)])
def test_villages_of_one_name_come_back_from_an_export(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, but: tuple[str, ...]
) -> None:
    villages = two_villages(suite_on_sqlite)
    rows = [{"name": f"户{place}", "body_id": number} for place, number in enumerate(villages)]
    make(suite_on_sqlite, admin, HOUSEHOLD, *rows)
    found = look(suite_on_sqlite, HOUSEHOLD, exported(suite_on_sqlite, HOUSEHOLD, tmp_path / "户.xlsx", but))
    assert (found.counts["same"], found.counts["rows"]) == (3, 3), [row.problems for row in found.rows]
    assert sorted(row.values["body_id"] for row in found.rows) == sorted(villages)


def test_villages_of_one_name_arrive_in_another_house(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    actor = association.actor()
    for suite in (association, bureau):
        villages = two_villages(suite)
    here = two_villages_of(association)
    first = make(
        association,
        actor,
        HOUSEHOLD,
        *({"name": f"户{place}", "body_id": number} for place, number in enumerate(here)),
    )
    assert receive(bureau, send(HOUSEHOLD))["taken"] == 3
    assert placed(bureau) == placed(association)
    # A household that is new, and one that moved, both to where the name alone says nothing.
    make(association, actor, HOUSEHOLD, {"name": "户九", "body_id": here[1]})
    moved = RowEdit(subject_id=first[0], values={"body_id": here[2]})
    association.run(SaveRecords(kind=HOUSEHOLD, rows=(moved,)), actor)
    again = receive(bureau, send(HOUSEHOLD))
    assert (again["taken"], again["same"], again["held"]) == (2, 2, 0)
    assert placed(bureau) == placed(association)
    assert receive(bureau, send(HOUSEHOLD))["same"] == len(villages) + 1


def two_villages_of(suite: Suite) -> list[int]:
    with suite.reading() as session:
        query = select(Subject.id).where(Subject.kind == VILLAGE, Subject.name == NAMESAKE)
        return list(session.scalars(query.order_by(Subject.main_no)))


def placed(suite: Suite) -> list[tuple[str, str | None]]:
    """Each household with the code of its village."""
    with suite.reading() as session:
        village = select(Subject.id, Subject.main_no).where(Subject.kind == VILLAGE)
        codes = {row.id: row.main_no for row in session.execute(village)}
        rows = session.execute(select(Subject.name, Subject.body_id).where(Subject.kind == HOUSEHOLD))
        return sorted((row.name, codes[row.body_id]) for row in rows)


def test_lawyers_of_one_name_and_firm_are_told_apart_by_their_numbers(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite = suite_on_sqlite
    (firm,) = make(suite, admin, "lawyers.law_firm", a_firm(1))
    lawyers = make(suite, admin, "lawyers.lawyer", *(a_lawyer(n, name="王伟", body_id=firm) for n in (1, 2)))
    (unit,) = make(suite, admin, "lawyers.employer_unit", {"name": "长安区司法局", "district_code": "130102"})
    make(
        suite,
        admin,
        COUNSEL,
        *(
            {
                "body_id": unit,
                "category": "lawyer",
                "firm_id": firm,
                "counsel_id": one,
                "main_no": f"聘{one}",
                **TERM,
            }
            for one in lawyers
        ),
    )
    path = exported(suite, COUNSEL, tmp_path / "顾问.xlsx")
    found = look(suite, COUNSEL, path)
    assert (found.counts["same"], found.counts["rows"]) == (2, 2), [row.problems for row in found.rows]
    # A name beside another's number is nobody.
    book = load_workbook(path)
    page = book.worksheets[0]
    places = {str(cell.value): cell.column for cell in page[1]}
    written = page.cell(2, places["顾问律师"])
    assert str(written.value).startswith("王伟（1130")
    written.value = str(written.value).replace("王伟", "李四")
    book.save(path)
    held = [row for row in look(suite, COUNSEL, path).rows if row.result == "held"]
    assert [problem.code for row in held for problem in row.problems] == ["link.contradiction"]


def test_a_template_asks_for_the_township_of_a_village(suite_on_sqlite: Suite, tmp_path: Path) -> None:
    write_template(
        suite_on_sqlite.catalog, suite_on_sqlite.catalog.kinds[HOUSEHOLD], tmp_path / "模板.xlsx", ["长安区"]
    )
    headings = [cell.value for cell in load_workbook(tmp_path / "模板.xlsx").worksheets[0][1]]
    assert headings[headings.index("村（社区）") - 1] == "乡镇（街道）"


def two_offices(suite: Suite) -> tuple[int, int]:
    kept, gone = make(
        suite,
        suite.actor(),
        OFFICE,
        {"name": KEPT, "licence_no": "冀公001", "district_code": "130102"},
        {"name": GONE, "licence_no": "冀公002", "district_code": "130102"},
    )
    return kept, gone


def merged(suite: Suite, kept: int, gone: int) -> int:
    done = suite.run(MergeSubjects(kind=OFFICE, kept=kept, gone=gone, reason="重复登记"), suite.actor())
    return int(done.result["merge"])


def test_the_name_of_a_merged_body_means_the_one_that_stands_for_it(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    kept, gone = two_offices(suite_)
    merge = merged(suite_, kept, gone)
    path = sheet(
        tmp_path / "公证员.xlsx",
        ["姓名", "执业证号", "执业机构", "区县"],
        ["卓一", "13012026800001", GONE, "长安区"],
    )
    [row] = look(suite_, NOTARY, path).rows
    assert row.values["body_id"] == kept
    [told] = [problem for problem in row.problems if problem.code == "link.merged"]
    assert told.text.startswith(f"“{GONE}”已并入“{KEPT}”")
    # A name that is nearly the merged one's is not to be registered anew either.
    mistyped = sheet(
        tmp_path / "错字.xlsx",
        ["姓名", "执业证号", "执业机构", "区县"],
        ["卓一", "13012026800001", GONE.replace("公证处", "公正处"), "长安区"],
    )
    [row] = look(suite_, NOTARY, mistyped).rows
    [unknown] = [problem for problem in row.problems if problem.code == "link.unknown"]
    assert KEPT in unknown.data["nearest"]
    suite_.run(UndoMerge(kind=OFFICE, merge_id=merge, reason="并错了"), admin)
    [row] = look(suite_, NOTARY, path).rows
    assert row.values["body_id"] == gone


def test_a_merged_body_in_a_list_of_bodies_is_not_made_anew(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    kept, gone = two_offices(suite_on_sqlite)
    merged(suite_on_sqlite, kept, gone)
    headings = ["公证处名称", "执业证号", "区县", "办公电话"]
    both = sheet(
        tmp_path / "两行.xlsx",
        headings,
        [GONE, "冀公002", "长安区", "85061234"],
        [KEPT, "冀公001", "长安区", "85065678"],
    )
    found = look(suite_on_sqlite, OFFICE, both)
    assert [(row.result, row.subject_id) for row in found.rows] == [("same", kept), ("changed", kept)]
    assert [problem.code for problem in found.rows[0].problems] == ["match.merged_away"]
    suite_on_sqlite.run(accept(found), admin)
    alone = sheet(tmp_path / "一行.xlsx", headings, [GONE, None, "长安区", "85069999"])
    [row] = look(suite_on_sqlite, OFFICE, alone).rows
    assert (row.result, row.subject_id, list(row.changes)) == ("changed", kept, ["office_phone"])
    assert "match.merged" in {problem.code for problem in row.problems}


def test_a_packet_with_both_bodies_goes_on_after_one_was_merged(
    association: Suite, bureau: Suite, send: Callable[..., Path], secrets: MemoryKeyring
) -> None:
    kept_there, _ = two_offices(association)
    assert receive(bureau, send(OFFICE))["taken"] == 2
    with bureau.reading() as session:
        ids = {
            row.name: row.id
            for row in session.execute(select(Subject.id, Subject.name).where(Subject.kind == OFFICE))
        }
    merged(bureau, ids[KEPT], ids[GONE])
    change = RowEdit(subject_id=kept_there, values={"office_phone": "85065678"})
    association.run(SaveRecords(kind=OFFICE, rows=(change,)), association.actor())
    done = receive(bureau, send(OFFICE))
    assert (done["taken"], done["same"], done["held"]) == (1, 1, 0)
    [office] = roster(bureau, OFFICE)
    assert (office["name"], office["office_phone"]) == (KEPT, "85065678")
    # And every month after that.
    done = receive(bureau, send(OFFICE))
    assert (done["taken"], done["same"], done["held"]) == (0, 2, 0)
