"""三方对账: every difference once, decisions remembered until somebody says something new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.assessment.commands import OpenCampaign
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.reconcile_decisions import (
    DecideDifferences,
    FinishReconciliation,
    Verdict,
    finished,
    verdicts,
)
from suite.kernel.exchange.reconcile_file import write_findings
from suite.kernel.exchange.reconcile_rules import (
    ASSOCIATION,
    OURS,
    PRESENCE,
    PROVINCE,
    Decision,
    Line,
    differences,
)
from suite.kernel.exchange.reconciling import Finding, ReconcileRequest, Reconciliation
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.kernel.registry.stays import LATER_MOVE
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number

LAWYERS = "lawyers.lawyer"
HEADINGS = {"name": "姓名", "main_no": "执业证号", "category": "执业类别", "phone": "手机"}
WORDS = {"full_time": "专职", "part_time": "兼职"}


def workbook(path: Path, *rows: Mapping[str, Any]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([*HEADINGS.values(), "区县"])
    for row in rows:
        cells = [WORDS.get(row.get(key, ""), row.get(key)) for key in HEADINGS]
        page.append([*cells, "桥西区" if row.get("district_code") == "130104" else "长安区"])
    book.save(path)
    return path


def a_row(number: int, **values: Any) -> dict[str, Any]:
    return {**a_lawyer(number), "phone": f"1383112{number:04d}", **values}


def ask(suite: Suite, admin: Actor, **files: Path) -> Reconciliation:
    return suite.reconcile(ReconcileRequest(kind=LAWYERS, **files), admin)


def told(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(item.difference.name, item.difference.field) for item in findings}


def decide(suite: Suite, admin: Actor, findings: list[Finding], decision: Decision) -> None:
    command = DecideDifferences(kind=LAWYERS, verdicts=verdicts(findings, decision), reason="已电话核对")
    suite.run(command, admin)


def test_each_difference_is_told_once_and_decided_for_good(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    _one, two, three = make(
        suite_, admin, LAWYERS, a_row(1), a_row(2), a_row(3, phone="13899990000"), on=dt.date(2020, 1, 1)
    )
    files = {
        "association": workbook(tmp_path / "a.xlsx", a_row(1), a_row(2, category="part_time"), a_row(4)),
        "province": workbook(tmp_path / "p.xlsx", a_row(1), a_row(2), a_row(3)),
    }
    found = ask(suite_, admin, **files)
    names = {n: a_lawyer(n)["name"] for n in (2, 3, 4)}
    assert told(found.open) == {
        (names[2], "category"),
        (names[3], "phone"),
        (names[3], PRESENCE),
        (names[4], PRESENCE),
    }
    (phone,) = [item for item in found.open if item.difference.field == "phone"]
    assert phone.shown[OURS] == "138****0000"
    (category,) = [item for item in found.open if item.difference.field == "category"]
    assert dict(category.difference.said) == {OURS: "专职律师", ASSOCIATION: "兼职律师", PROVINCE: "专职律师"}
    decide(suite_, admin, [phone], Decision.PROVINCE)
    decide(suite_, admin, [category], Decision.KEEP)
    with suite_.reading() as session:
        kind = suite_.catalog.kinds[LAWYERS]
        values = current_records(session, kind, [two, three])
    assert values[three].values["phone"] == "13831120003"
    assert values[two].values["category"] == "full_time"
    again = ask(suite_, admin, **files)
    assert told(again.open) == {(names[3], PRESENCE), (names[4], PRESENCE)}
    assert [item.decided for item in again.findings if item.decided] == [Decision.KEEP]
    decide(suite_, admin, again.open, Decision.EXPLAINED)
    assert ask(suite_, admin, **files).open == []
    # Next month the association says something new of the second: only that is asked.
    files["association"] = workbook(
        tmp_path / "b.xlsx", a_row(1, name="另一名"), a_row(2), a_row(4), a_row(3)
    )
    assert told(ask(suite_, admin, **files).open) <= {(a_lawyer(1)["name"], "name"), ("另一名", "name")}


def test_a_body_that_is_taken_over_begins_on_its_day_and_is_decided_though_a_third_says_another(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    old, new = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2), on=dt.date(2020, 1, 1))
    begun = dt.date(2024, 6, 24)
    ids = make(
        suite_,
        admin,
        LAWYERS,
        *(a_lawyer(n, body_id=old, entered_on=begun) for n in (1, 2)),
        on=begun,
    )

    def says(name: str, firm: int, *days: str) -> Path:
        book = Workbook()
        page = book.active
        assert page is not None
        page.append(["姓名", "执业证号", "执业机构", "进入现机构日期"])
        for number, day in enumerate(days, 1):
            page.append([a_lawyer(number)["name"], practice_no(number), a_firm(firm)["name"], day])
        book.save(tmp_path / name)
        return tmp_path / name

    files = {
        # The one says the day of the former firm on, the other one the day of the move.
        "association": says("a.xlsx", 2, "2024-06-24", "2026-03-02"),
        "province": says("p.xlsx", 1, "2024-06-24", "2024-06-24"),
    }
    found = ask(suite_, admin, **files)
    bodies = [item for item in found.open if item.difference.field == "body_id"]
    assert len(bodies) == 2
    decide(suite_, admin, bodies, Decision.ASSOCIATION)
    with suite_.reading() as session:
        records = current_records(session, suite_.catalog.kinds[LAWYERS], ids)
        posts = dict(
            session.execute(
                text("SELECT subject_id, from_date FROM core_post WHERE body_id = :new"), {"new": new}
            ).all()
        )
    assert {record.values["body_id"] for record in records.values()} == {new}
    days = [records[number].values["entered_on"] for number in ids]
    assert days == [suite_.today, dt.date(2026, 3, 2)]
    assert [str(posts[number]) for number in ids] == [str(day) for day in days]
    again = ask(suite_, admin, **files)
    assert {item.decided for item in again.findings if item.difference.field == "body_id"} == {
        Decision.ASSOCIATION
    }


def test_what_lacks_or_is_new_cannot_be_taken_over(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    make(suite_, admin, LAWYERS, a_row(1), on=dt.date(2020, 1, 1))
    found = ask(suite_, admin, association=workbook(tmp_path / "a.xlsx", a_row(2)))
    assert len(found.open) == 2
    with pytest.raises(Refused) as refused:
        decide(suite_, admin, found.open, Decision.ASSOCIATION)
    assert refused.value.codes == {"reconcile.presence"}
    with pytest.raises(Refused) as unreasoned:
        suite_.run(
            DecideDifferences(kind=LAWYERS, verdicts=verdicts(found.open, Decision.KEEP), reason=" "), admin
        )
    assert unreasoned.value.codes == {"reason.required"}
    assert len(ask(suite_, admin, association=tmp_path / "a.xlsx").open) == 2


def test_a_side_that_says_nothing_cannot_be_taken_and_empties_nothing(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    (one,) = make(suite_on_sqlite, admin, LAWYERS, a_row(1, phone="13899990000"), on=dt.date(2020, 1, 1))
    silent = workbook(tmp_path / "a.xlsx", {**a_row(1), "phone": "138 没有"})
    found = ask(suite_on_sqlite, admin, association=silent, province=workbook(tmp_path / "p.xlsx", a_row(1)))
    with pytest.raises(Refused) as refused:
        decide(suite_on_sqlite, admin, found.open, Decision.ASSOCIATION)
    assert refused.value.codes == {"reconcile.silent"}
    with suite_on_sqlite.reading() as session:
        (record,) = current_records(session, suite_on_sqlite.catalog.kinds[LAWYERS], [one]).values()
    assert record.values["phone"] == "13899990000"


def test_secret_values_that_differ_where_they_are_masked_are_told_apart(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    make(suite_on_sqlite, admin, LAWYERS, a_row(1, phone="13899990001"), on=dt.date(2020, 1, 1))
    (item,) = ask(suite_on_sqlite, admin, association=workbook(tmp_path / "a.xlsx", a_row(1))).open
    assert item.shown[OURS] == "138****0001"
    assert item.shown[ASSOCIATION].startswith("138****0001")
    assert item.shown[ASSOCIATION] != item.shown[OURS]


def test_cells_that_cannot_be_read_are_no_difference(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    make(suite_, admin, LAWYERS, a_row(1), on=dt.date(2020, 1, 1))
    file = workbook(tmp_path / "a.xlsx", {**a_row(1), "phone": "138 没有"})
    found = ask(suite_, admin, association=file)
    assert found.open == []
    assert len(found.held[ASSOCIATION]) == 1


def test_a_file_that_is_no_roster_is_refused(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "empty.xlsx")
    with pytest.raises(FileRefused):
        ask(suite_on_sqlite, admin, association=tmp_path / "empty.xlsx")
    with pytest.raises(Refused) as none:
        ask(suite_on_sqlite, admin)
    assert none.value.codes == {"reconcile.files"}


def test_the_differences_go_out_as_a_workbook_without_secrets(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    make(
        suite_on_sqlite,
        admin,
        LAWYERS,
        a_row(1, phone="13899990000", id_number=resident_number(3)),
        on=dt.date(2020, 1, 1),
    )
    found = ask(suite_on_sqlite, admin, association=workbook(tmp_path / "a.xlsx", a_row(1)))
    assert write_findings(found, found.open, tmp_path / "差异.xlsx") == 1
    page = load_workbook(tmp_path / "差异.xlsx").active
    assert page is not None
    cells = [str(cell) for row in page.iter_rows(values_only=True) for cell in row]
    assert "138****0000" in cells
    assert not any("13899990000" in cell for cell in cells)
    assert practice_no(1) not in cells


Words = dict[str, dict[str, str]]
SIDE = st.dictionaries(
    st.sampled_from("甲乙丙丁"),
    st.dictionaries(st.sampled_from("ab"), st.sampled_from(("", "x", "y")), max_size=2),
)


@given(SIDE, SIDE, SIDE)
def test_differences_are_those_that_a_person_would_find(
    ours: dict[str, dict[str, str]],
    association: dict[str, dict[str, str]],
    province: dict[str, dict[str, str]],
) -> None:
    def lines(side: dict[str, dict[str, str]]) -> list[Line]:
        return [Line(identity=who, subject_id=None, name=who, words=words) for who, words in side.items()]

    others = {ASSOCIATION: lines(association), PROVINCE: lines(province)}
    found = differences(lines(ours), others, ("a", "b"))
    sides = {OURS: ours, ASSOCIATION: association, PROVINCE: province}
    expected = set()
    for who in {*ours, *association, *province}:
        there = [side for side in sides.values() if who in side]
        if len(there) < 3:
            expected.add((who, PRESENCE))
        for key in "ab":
            if len({side[who][key] for side in there if key in side[who]}) > 1:
                expected.add((who, key))
    assert {(item.identity, item.field) for item in found} == expected
    assert len(found) == len(expected)


def test_a_season_asks_whether_the_roster_was_reconciled(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    make(suite_, admin, LAWYERS, a_row(1), a_row(2), on=dt.date(2020, 1, 1))

    def open_season(year: int) -> set[str]:
        command = OpenCampaign(
            scheme="lawyers.lawyer_review",
            heading=f"{year} 年度考核",
            first=dt.date(year, 1, 1),
            last=dt.date(year, 12, 31),
        )
        return {problem.code for problem in suite_.run(command, admin).warnings}

    assert open_season(2024) == {"campaign.unreconciled"}
    files = {"association": workbook(tmp_path / "a.xlsx", a_row(1))}
    with pytest.raises(Refused) as refused:
        finished(ask(suite_, admin, **files))
    assert refused.value.codes == {"reconcile.open"}
    decide(suite_, admin, ask(suite_, admin, **files).open, Decision.EXPLAINED)
    command = finished(ask(suite_, admin, **files))
    assert command == FinishReconciliation(kind=LAWYERS, sides=(ASSOCIATION,), compared=2, differences=1)
    suite_.run(command, admin)
    assert open_season(2025) == set()


def test_a_row_from_before_a_move_is_a_difference_and_not_unreadable(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    old, new = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    [lawyer] = make(suite_, admin, LAWYERS, a_lawyer(1, body_id=old, entered_on=dt.date(2017, 1, 13)))
    move = RowEdit(subject_id=lawyer, values={"body_id": new, "entered_on": dt.date(2026, 10, 9)})
    suite_.run(SaveRecords(kind=LAWYERS, rows=(move,)), admin)
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "执业证号", "执业机构", "入所时间"])
    page.append([a_lawyer(1)["name"], practice_no(1), a_firm(1)["name"], "2017-01-13"])
    book.save(tmp_path / "a.xlsx")
    found = ask(suite_, admin, association=tmp_path / "a.xlsx")
    assert {item.difference.field for item in found.open} == {"body_id", "entered_on"}
    assert found.held[ASSOCIATION] == []
    # Both sides' days stay apart: the older one is not taken over as if it were a new move.
    with pytest.raises(Refused) as refused:
        decide(suite_, admin, list(found.open), Decision.ASSOCIATION)
    assert refused.value.codes == {LATER_MOVE}


def clerk(suite: Suite, admin: Actor) -> Actor:
    """Somebody of 桥西区, who looks after no other district."""
    suite.run(AddUser(login="qiaoxi", name="桥西区干事"), admin)
    role = GrantRole(login="qiaoxi", role="core.section_staff", profession="lawyers", district="130104")
    suite.run(role, admin)
    return suite.actor("qiaoxi")


def phone_of(suite: Suite, number: int) -> str | None:
    with suite.reading() as session:
        values = current_records(session, suite.catalog.kinds[LAWYERS], [number])[number].values
    phone: str | None = values["phone"]
    return phone


def test_masked_numbers_are_not_compared_and_told_of(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    make(suite_, admin, LAWYERS, a_row(1), a_row(2), on=dt.date(2020, 1, 1))
    masks = [{**a_row(n), "phone": "138****0009"} for n in (1, 2)]
    files = {
        "association": workbook(tmp_path / "a.xlsx", *masks),
        "province": workbook(tmp_path / "p.xlsx", a_row(1), a_row(2, phone="13900000002")),
    }
    found = ask(suite_, admin, **files)
    [item] = found.open
    # Of whom one side has a masked number, the others are still compared.
    assert set(item.difference.said) == {OURS, PROVINCE}
    assert found.masked == {ASSOCIATION: 2, PROVINCE: 0}
    assert found.held == {ASSOCIATION: [], PROVINCE: []}


def test_a_blank_does_not_take_the_place_of_a_number(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    [one] = make(suite_, admin, LAWYERS, a_row(1, email="a@x.cn"), on=dt.date(2020, 1, 1))
    [item] = ask(suite_, admin, association=workbook(tmp_path / "a.xlsx", a_row(1, phone=None))).open
    assert item.difference.field == "phone"
    with pytest.raises(Refused) as refused:
        verdicts([item], Decision.ASSOCIATION)
    assert refused.value.codes == {"reconcile.silent"}
    forced = Verdict(difference=item.difference, decision=Decision.ASSOCIATION)
    with pytest.raises(Refused) as refused:
        suite_.run(DecideDifferences(kind=LAWYERS, verdicts=(forced,), reason="以协会为准"), admin)
    assert refused.value.codes == {"reconcile.silent"}
    assert phone_of(suite_, one) == a_row(1)["phone"]


def test_what_another_desk_saved_since_is_told_and_not_overwritten(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    [one] = make(suite_, admin, LAWYERS, a_row(1), on=dt.date(2020, 1, 1))
    file = workbook(tmp_path / "a.xlsx", a_row(1, phone="13900000001", category="part_time"))
    stale = {item.difference.field: item for item in ask(suite_, admin, association=file).open}
    later = RowEdit(subject_id=one, values={"phone": "13900000002"})
    suite_.run(SaveRecords(kind=LAWYERS, rows=(later,)), admin)
    with pytest.raises(Refused) as refused:
        decide(suite_, admin, [stale["phone"]], Decision.ASSOCIATION)
    assert refused.value.codes == {"reconcile.stale"}
    assert f"“{a_lawyer(1)['name']}”的联系电话" in str(refused.value)
    assert phone_of(suite_, one) == "13900000002"
    # What the other desk did not touch is taken over.
    decide(suite_, admin, [stale["category"]], Decision.ASSOCIATION)
    [left] = ask(suite_, admin, association=file).open
    decide(suite_, admin, [left], Decision.ASSOCIATION)
    assert phone_of(suite_, one) == "13900000001"


def test_a_district_compares_and_decides_its_own_and_does_not_finish_for_the_city(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    make(
        suite_,
        admin,
        LAWYERS,
        a_row(1, phone="13899990000"),
        a_row(2, district_code="130104", phone="13899990002"),
        on=dt.date(2020, 1, 1),
    )
    file = workbook(tmp_path / "a.xlsx", a_row(1), a_row(2, district_code="130104"))
    county = clerk(suite_, admin)
    whole = {item.difference.name: item for item in ask(suite_, admin, association=file).open}
    own = ask(suite_, county, association=file)
    assert {item.difference.name for item in own.open} == {a_lawyer(2)["name"]}
    assert [row.row for row in own.held[ASSOCIATION]] == [2]
    decide(suite_, county, own.open, Decision.KEEP)
    with pytest.raises(Refused) as elsewhere:
        decide(suite_, county, [whole[a_lawyer(1)["name"]]], Decision.EXPLAINED)
    assert elsewhere.value.codes == {"out_of_scope"}
    again = workbook(tmp_path / "b.xlsx", a_row(2, district_code="130104"))
    part = ask(suite_, county, association=again)
    assert part.open == []
    with pytest.raises(Refused) as refused:
        finished(part)
    assert refused.value.codes == {"reconcile.scope"}
    told = FinishReconciliation(kind=LAWYERS, sides=(ASSOCIATION,), compared=1, differences=0)
    with pytest.raises(Refused) as refused:
        suite_.run(told, county)
    assert refused.value.codes == {"reconcile.scope"}
    with suite_.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM core_reconciliation")) == 0
    decide(suite_, admin, [whole[a_lawyer(1)["name"]]], Decision.EXPLAINED)
    suite_.run(finished(ask(suite_, admin, association=file)), admin)


def test_a_login_of_a_district_does_not_write_by_sql_that_the_roster_is_reconciled(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], tmp_path: Path
) -> None:
    admin = suite_on_postgresql.actor()
    make(
        suite_on_postgresql,
        admin,
        LAWYERS,
        a_row(1),
        a_row(2, district_code="130104", phone="13899990002"),
        on=dt.date(2020, 1, 1),
    )
    desk = login_suite("core.section_staff", profession="lawyers", district="130104")
    found = ask(
        desk, desk.actor(), association=workbook(tmp_path / "a.xlsx", a_row(2, district_code="130104"))
    )
    decide(desk, desk.actor(), found.open, Decision.KEEP)
    with pytest.raises(Refused) as refused:
        finished(ask(desk, desk.actor(), association=tmp_path / "a.xlsx"))
    assert refused.value.codes == {"reconcile.scope"}
    row = (
        "INSERT INTO core_reconciliation"
        " (kind, profession, sides, compared, differences, on_date, by_login, at)"
        " VALUES ('lawyers.lawyer', 'lawyers', 'association', 1, 0, '2026-11-01', :login, now())"
    )
    with pytest.raises(ProgrammingError, match="core_reconciliation"), writing(desk.engine) as connection:
        connection.execute(text(row), {"login": desk.actor().login})
    city = login_suite("core.section_staff", profession="lawyers")
    with writing(city.engine) as connection:
        connection.execute(text(row), {"login": city.actor().login})


def test_the_trace_does_not_tell_by_what_a_number_can_be_guessed(
    suite_: Suite, admin: Actor, tmp_path: Path
) -> None:
    make(suite_, admin, LAWYERS, a_row(1), on=dt.date(2020, 1, 1))
    file = workbook(tmp_path / "a.xlsx", a_row(1, phone="13900000001"))
    [item] = ask(suite_, admin, association=file).open
    decide(suite_, admin, [item], Decision.KEEP)
    assert ask(suite_, admin, association=file).open == []
    with suite_.reading() as session:
        entries = session.execute(
            text("SELECT after, digest FROM core_audit_entry WHERE table_name = 'core_reconciled'")
        ).all()
        assert session.scalar(text("SELECT digest FROM core_reconciled")) == item.difference.digest
    [(after, digest)] = entries
    assert item.difference.identity in str(after)
    assert item.difference.digest not in f"{after}{digest}"
    with pytest.raises(IntegrityError), writing(suite_.engine) as connection:
        connection.execute(
            text(
                "INSERT INTO core_reconciled (kind, profession, identity, field, digest, decision, reason, "
                "decided_by, decided_at) SELECT kind, profession, identity, field, digest, decision, reason, "
                "decided_by, decided_at FROM core_reconciled"
            )
        )
