"""Merging, parting and taking back: what wins, what moves, what is refused, where old ids lead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.two_persons import MERGING
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.kernel.registry.duplicates import duplicates
from suite.kernel.registry.keys import meant_by
from suite.kernel.registry.likeness import Certainty
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, SplitPerson, UndoMerge
from suite.kernel.registry.merging_queries import merge_preview, merges_of
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rows import roster_rows
from suite.kernel.registry.shown import wrong_masks
from suite.kernel.registry.trace import record_trace
from suite.kernel.search.queries import find
from suite.tables import Subject
from suite.testing.factories import a_firm, a_lawyer, leave_to_one, make, practice_no, resident_number, uscc
from suite.testing.fixtures import TODAY

FIRM, LAWYER, ARBITRATOR = "lawyers.law_firm", "lawyers.lawyer", "arbitration.arbitrator"
NUMBER = resident_number(7)


def merge(suite: Suite, actor: Actor, kept: int, gone: int, kind: str = LAWYER, **more: Any) -> Done:
    return suite.run(MergeSubjects(kind=kind, kept=kept, gone=gone, reason="重复登记", **more), actor)


def values(suite: Suite, kind: str, subject_id: int) -> dict[str, Any]:
    with suite.reading() as session:
        return current_records(session, suite.catalog.kinds[kind], [subject_id])[subject_id].values


def codes(suite: Suite, actor: Actor, command: Any) -> frozenset[str]:
    with pytest.raises(Refused) as refused:
        suite.run(command, actor)
    return refused.value.codes


@pytest.fixture
def twice(suite_: Suite, admin: Actor) -> tuple[int, int]:
    """One lawyer kept twice: once with a number and a telephone, once without."""
    suite_.today_override = TODAY
    [firm] = make(suite_, admin, FIRM, a_firm(1))
    known = a_lawyer(
        1, name="王志远", body_id=firm, id_number=NUMBER, phone="13800005207", email="a@b.example"
    )
    bare = a_lawyer(2, name="王志远", body_id=firm, specialties="建设工程")
    kept, gone = make(suite_, admin, LAWYER, bare, known)
    return kept, gone


def test_empty_values_are_filled_and_chosen_ones_taken(
    suite_: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice
    merge(suite_, admin, kept, gone, choices={"main_no": "gone"})
    now = values(suite_, LAWYER, kept)
    assert (now["id_number"], now["phone"], now["id_type"]) == (NUMBER, "13800005207", "resident")
    assert (now["email"], now["specialties"]) == ("a@b.example", "建设工程")
    assert now["main_no"] == practice_no(1)


def test_a_merged_record_is_in_no_list_and_its_ids_lead_to_the_kept_one(
    suite_: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice
    merge(suite_, admin, kept, gone)
    with suite_.reading() as session:
        catalog = suite_.catalog
        for day in (None, TODAY, dt.date(2020, 1, 1)):
            listed = list_ids(session, admin, catalog, ListQuery(kind=LAWYER, as_of=day)).ids
            assert (kept in listed, gone in listed) == (True, False)
        assert {hit.subject_id for hit in find(session, admin, catalog, "王志远")} == {kept}
        for key in (f"#{gone}", practice_no(1)):
            meant = meant_by(session, admin, catalog, key, kind=LAWYER)
            assert meant.subject_id == kept
            assert meant.led is not None
            assert "王志远" in meant.led.sentence
        file = record_file(session, admin, catalog, gone)
        assert (file.subject_id, file.led is not None) == (kept, True)
        assert record_file(session, admin, catalog, kept).led is None
        trace = record_trace(session, admin, catalog, gone)
        assert trace == record_trace(session, admin, catalog, kept)
        assert (trace[0].reason, [line.act for line in trace].count("新增律师档案")) == ("重复登记", 1)


def test_the_number_of_a_merged_record_is_the_kept_ones_to_take(
    suite_: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice
    done = merge(suite_, admin, kept, gone)
    undo = UndoMerge(kind=LAWYER, merge_id=done.result["merge"])
    again = SaveRecords(kind=LAWYER, rows=(RowEdit(values=a_lawyer(1)),))
    assert codes(suite_, admin, again) == {"duplicate"}
    for number in (1, 9):
        row = RowEdit(subject_id=kept, values={"main_no": practice_no(number)})
        suite_.run(SaveRecords(kind=LAWYER, rows=(row,)), admin)
        if number == 1:
            assert codes(suite_, admin, undo) == {"duplicate"}
    suite_.run(undo, admin)
    assert values(suite_, LAWYER, gone)["main_no"] == practice_no(1)
    assert codes(suite_, admin, undo) == {"merge.undone"}


def test_what_was_added_since_stays_and_what_was_taken_goes_back_with_its_history(
    suite_: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice
    done = merge(suite_, admin, kept, gone, choices={"category": "gone"})
    row = RowEdit(subject_id=kept, values={"category": "part_time", "is_partner": True, "remarks": "合并后"})
    suite_.run(SaveRecords(kind=LAWYER, rows=(row,)), admin)
    suite_.run(UndoMerge(kind=LAWYER, merge_id=done.result["merge"]), admin)
    stayed, back = values(suite_, LAWYER, kept), values(suite_, LAWYER, gone)
    assert (stayed["category"], stayed["is_partner"], stayed["remarks"]) == ("full_time", True, "合并后")
    assert (back["category"], back["is_partner"]) == ("part_time", None)
    with suite_.reading() as session:
        fields = {line.field for line in record_file(session, admin, suite_.catalog, gone).dated}
        assert fields == {"category"}


def test_a_licence_that_had_ended_joins_the_one_that_began_later(suite_: Suite, admin: Actor) -> None:
    suite_.today_override = TODAY
    old, new = make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(1, name="王志远", first_practice_on=dt.date(2010, 3, 1)),
        a_lawyer(2, name="王志远", first_practice_on=dt.date(2019, 5, 1)),
    )
    with suite_.reading() as session:
        licence = record_file(session, admin, suite_.catalog, old).licences[0].id
    ended = RecordLicenceEvent(
        kind=LAWYER, licence_id=licence, state="cancelled", on_date=dt.date(2018, 1, 1)
    )
    suite_.run(ended, admin)
    days = {dt.date(2009, 1, 1): 0, dt.date(2015, 1, 1): 1, dt.date(2018, 6, 1): 0, dt.date(2020, 1, 1): 1}

    def rosters() -> dict[dt.date, tuple[int, ...]]:
        with suite_.reading() as session:
            return {
                day: list_ids(session, admin, suite_.catalog, ListQuery(kind=LAWYER, as_of=day)).ids
                for day in days
            }

    before = rosters()
    done = merge(suite_, admin, new, old)
    assert rosters() == {day: (new,) * number for day, number in days.items()}
    row = RowEdit(subject_id=new, values={"status": "suspended"})
    suite_.run(SaveRecords(kind=LAWYER, rows=(row,)), admin)
    with suite_.reading() as session:
        states = [one.state for one in record_file(session, admin, suite_.catalog, new).licences]
    assert sorted(states) == ["cancelled", "suspended"]
    suite_.run(UndoMerge(kind=LAWYER, merge_id=done.result["merge"]), admin)
    assert rosters() == before


def test_what_cannot_be_merged(suite_: Suite, admin: Actor, twice: tuple[int, int]) -> None:
    kept, gone = twice
    [firm] = make(suite_, admin, FIRM, a_firm(5))

    def asked(**more: Any) -> frozenset[str]:
        fields = {"kind": LAWYER, "kept": kept, "gone": gone, "reason": "重复", **more}
        return codes(suite_, admin, MergeSubjects(**fields))

    assert asked(gone=kept) == {"merge.same"}
    assert asked(gone=firm) == {"merge.kinds"}
    assert asked(gone=10**9) == {"record.unknown"}
    assert asked(reason=" ") == {"reason.required"}
    assert asked(gone_version=9) == {"stale"}
    assert asked(choices={"phone": "mine"}) == {"merge.choice"}
    assert asked(choices={"nothing": "kept"}) == {"merge.choice"}
    merge(suite_, admin, kept, gone)
    assert asked() == {"merge.already"}


def test_two_of_which_one_stands_in_the_other_are_not_one(suite_: Suite, admin: Actor) -> None:
    kind = "core.township"
    first, second = make(
        suite_,
        admin,
        kind,
        {"name": "甲镇", "main_no": "130102990", "district_code": "130102", "status": "active"},
        {"name": "乙镇", "main_no": "130102991", "district_code": "130102", "status": "active"},
    )
    village = {"name": "丙村", "main_no": "130102990999", "district_code": "130102", "status": "active"}
    [stands] = make(suite_, admin, "core.village", {**village, "body_id": second})
    merge(suite_, admin, first, second, kind)
    assert values(suite_, "core.village", stands)["body_id"] == first


def test_associations_do_not_merge_and_nobody_beyond_the_scope(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    here, also, away = make(
        suite, admin, LAWYER, a_lawyer(1), a_lawyer(2), a_lawyer(3, district_code="130104")
    )
    for login, role, district in (
        ("xiehui", "core.association", None),
        ("kezhang", "core.section_staff", "130102"),
    ):
        suite.run(AddUser(login=login, name=login), admin)
        suite.run(GrantRole(login=login, role=role, profession="lawyers", district=district), admin)
    leave_to_one(suite, admin, MERGING)
    ask = MergeSubjects(kind=LAWYER, kept=here, gone=away, reason="重复")
    assert codes(suite, suite.actor("xiehui"), ask) == {"not_permitted"}
    clerk = suite.actor("kezhang")
    assert codes(suite, clerk, ask) == {"out_of_scope"}
    done = merge(suite, clerk, here, also)
    assert suite.run(UndoMerge(kind=LAWYER, merge_id=done.result["merge"]), clerk).result["left"] == 0


def test_a_later_merge_is_undone_first(suite_: Suite, admin: Actor) -> None:
    one, two, three = make(suite_, admin, LAWYER, *(a_lawyer(n, name="王志远") for n in (1, 2, 3)))
    first = merge(suite_, admin, two, three).result["merge"]
    second = merge(suite_, admin, one, two).result["merge"]
    with suite_.reading() as session:
        assert record_file(session, admin, suite_.catalog, three).subject_id == one
    assert codes(suite_, admin, UndoMerge(kind=LAWYER, merge_id=first)) == {"merge.later"}
    for number in (second, first):
        suite_.run(UndoMerge(kind=LAWYER, merge_id=number), admin)
    with suite_.reading() as session:
        assert record_file(session, admin, suite_.catalog, three).led is None
        assert [line.undone is not None for line in merges_of(session, admin, suite_.catalog, LAWYER)] == [
            True
        ] * 2


def persons(suite: Suite, *ids: int) -> list[int | None]:
    with suite.reading() as session:
        found = dict(session.execute(select(Subject.id, Subject.person_id).where(Subject.id.in_(ids))).all())
    return [found[number] for number in ids]


def test_persons_are_merged_parted_and_put_back(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(1, name="王志远", phone="13800005207"))
    arbitrator_values = {"name": "王志远", "main_no": "石仲聘2024000001", "district_code": "130102"}
    [arbitrator] = make(suite_, admin, ARBITRATOR, {**arbitrator_values, "id_number": NUMBER})
    apart = persons(suite_, lawyer, arbitrator)
    done = suite_.run(MergePersons(kind=LAWYER, kept=lawyer, gone=arbitrator, reason="同一人"), admin)
    assert persons(suite_, lawyer, arbitrator) == [apart[0]] * 2
    for kind, number in ((LAWYER, lawyer), (ARBITRATOR, arbitrator)):
        now = values(suite_, kind, number)
        assert (now["phone"], now["id_number"]) == ("13800005207", NUMBER)
    suite_.run(UndoMerge(kind=LAWYER, merge_id=done.result["merge"]), admin)
    assert persons(suite_, lawyer, arbitrator) == apart
    assert values(suite_, LAWYER, lawyer)["id_number"] is None

    suite_.run(MergePersons(kind=LAWYER, kept=lawyer, gone=arbitrator, reason="同一人"), admin)
    split = SplitPerson(
        kind=LAWYER, subject_id=lawyer, moving=(arbitrator,), takes=("id_number",), reason="并非一人"
    )
    parted = suite_.run(split, admin)
    assert values(suite_, ARBITRATOR, arbitrator)["id_number"] == NUMBER
    assert values(suite_, LAWYER, lawyer)["id_number"] is None
    assert persons(suite_, lawyer, arbitrator) == [apart[0], parted.result["person"]]
    suite_.run(UndoMerge(kind=LAWYER, merge_id=parted.result["merge"]), admin)
    assert persons(suite_, lawyer, arbitrator) == [apart[0]] * 2
    assert codes(
        suite_, admin, SplitPerson(kind=LAWYER, subject_id=lawyer, moving=(lawyer,), reason="x")
    ) == {"split.records"}


def test_masks_follow_the_numbers_wherever_they_go(
    suite_: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice

    def shown(*ids: int) -> list[Any]:
        with suite_.reading() as session:
            assert list(wrong_masks(session.connection())) == []
            rows = roster_rows(session, admin, suite_.catalog, LAWYER, ids, columns=("id_number", "phone"))
            return [row.values["phone"] for row in rows]

    assert shown(kept, gone) == [None, "138****5207"]
    merged = merge(suite_, admin, kept, gone)
    assert shown(kept) == ["138****5207"]
    suite_.run(UndoMerge(kind=LAWYER, merge_id=merged.result["merge"]), admin)
    assert shown(kept, gone) == [None, "138****5207"]
    [other] = make(suite_, admin, ARBITRATOR, {"name": "王志远", "id_number": NUMBER})
    split = suite_.run(
        SplitPerson(kind=LAWYER, subject_id=gone, moving=(other,), takes=("phone",), reason="两人"), admin
    )
    assert shown(gone) == [None]
    suite_.run(UndoMerge(kind=LAWYER, merge_id=split.result["merge"]), admin)
    assert shown(gone) == ["138****5207"]


def test_the_number_of_a_merged_person_is_known_to_be_a_former_one(suite_: Suite, admin: Actor) -> None:
    other = resident_number(9)
    people = [a_lawyer(n, name="王志远", id_number=no) for n, no in ((1, NUMBER), (2, other))]
    kept, gone = make(suite_, admin, LAWYER, *people)
    merge(suite_, admin, kept, gone)
    again = {"name": "王志远", "main_no": "石仲聘2024000001", "district_code": "130102"}
    former = RowEdit(values={**again, "id_number": other})
    assert codes(suite_, admin, SaveRecords(kind=ARBITRATOR, rows=(former,))) == {"identity.former"}
    [arbitrator] = make(suite_, admin, ARBITRATOR, {**again, "id_number": NUMBER})
    assert len(set(persons(suite_, kept, arbitrator))) == 1


def test_the_preview_masks_and_says_what_moves(suite_: Suite, admin: Actor, twice: tuple[int, int]) -> None:
    kept, gone = twice
    with suite_.reading() as session:
        preview = merge_preview(
            session, admin, suite_.catalog, (LAWYER, kept), (LAWYER, gone), {}, suite_.today
        )
    assert preview.gone.values["id_number"] == "130102********0074"[:6] + "********" + NUMBER[-4:]
    assert {field.key for field in preview.fields} >= {"id_number", "phone", "email", "main_no"}
    assert preview.sides["phone"] == "gone"
    assert {part.title for part in preview.parts} == {"执业经历", "执业许可及其变动"}


def test_the_finder_gives_reasons_and_bounds(suite_: Suite, admin: Actor) -> None:
    [firm] = make(suite_, admin, FIRM, a_firm(1, name="河北正大律师事务所"))
    make(suite_, admin, FIRM, a_firm(2, name="正大律师事务所"), a_firm(3, main_no=uscc(1, prefix="52")))
    people = [
        a_lawyer(1, name="王志远", body_id=firm),
        a_lawyer(2, name="王志远", body_id=firm),
        a_lawyer(3, name="王志远", birth_date=dt.date(1985, 4, 12)),
        a_lawyer(4, name="王志远", birth_date=dt.date(1985, 4, 12)),
        a_lawyer(5, name="王志远"),
    ]
    one, two, three, four, _ = make(suite_, admin, LAWYER, *people)
    roles = {"name": "王志远", "main_no": "石仲聘2024000001", "birth_date": dt.date(1985, 4, 12)}
    [arbitrator] = make(suite_, admin, ARBITRATOR, {**roles, "district_code": "130102"})
    with suite_.reading() as session:
        lawyers = duplicates(session, admin, suite_.catalog, LAWYER)
        firms = duplicates(session, admin, suite_.catalog, FIRM)
        cut = duplicates(session, admin, suite_.catalog, LAWYER, limit=1)
        villages = duplicates(session, admin, suite_.catalog, "core.village")
    found = {
        (pair.first.subject_id, pair.second.subject_id): [reason.code for reason in pair.reasons]
        for pair in lawyers.pairs
    }
    assert found == {
        (one, two): ["name_body"],
        (three, four): ["name_birth"],
        (three, arbitrator): ["name_birth"],
        (four, arbitrator): ["name_birth"],
    }
    by_certainty = [(pair.certainty, [reason.code for reason in pair.reasons]) for pair in firms.pairs]
    assert by_certainty == [
        (Certainty.CERTAIN, ["organisation_code"]),
        (Certainty.POSSIBLE, ["name"]),
    ]
    assert (len(cut.pairs), cut.more) == (1, True)
    assert villages.pairs == ()


@pytest.mark.both_engines
def test_what_an_absent_plugin_refers_to_is_not_merged_away(
    suite_: Suite, admin: Actor, twice: tuple[int, int]
) -> None:
    kept, gone = twice
    with suite_.engine.connect() as connection:
        connection = connection.execution_options(suite_write=True)
        made = (
            "CREATE TABLE mediation_visit (id integer PRIMARY KEY, who bigint REFERENCES core_subject (id))"
        )
        connection.execute(text(made))
        connection.execute(text("INSERT INTO mediation_visit VALUES (1, :gone)"), {"gone": gone})
        connection.commit()
    with pytest.raises(Refused, match="插件“mediation”的数据引用，该插件没有安装或未启用") as refused:
        merge(suite_, admin, kept, gone)
    assert refused.value.codes == {"merge.parked"}
    assert "suite plugins" in refused.value.problems[0].text
    merge(suite_, admin, gone, kept)
