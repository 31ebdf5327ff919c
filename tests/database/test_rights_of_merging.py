"""A section's own login merges, parts and takes back, with the server watching."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.accounts.deciders import deciders
from suite.kernel.accounts.others import Place
from suite.kernel.accounts.two_persons import MERGING
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, SplitPerson, UndoMerge
from suite.kernel.registry.merging_queries import merge_preview
from suite.kernel.registry.shown import wrong_masks
from suite.kernel.registry.trace import record_trace
from suite.tables import Identity, Subject
from suite.testing.factories import a_firm, a_lawyer, leave_to_one, make, resident_number

FIRM, LAWYER, TRAINEE = "lawyers.law_firm", "lawyers.lawyer", "lawyers.trainee_lawyer"
NUMBER = resident_number(7)


@pytest.fixture
def desk(login_suite: Callable[..., Suite]) -> Suite:
    return login_suite("core.section_staff", profession="lawyers")


def numbers(suite: Suite, *ids: int) -> list[str | None]:
    """The number of each record's person, as the superuser sees it; the masks are right."""
    with suite.reading() as session:
        assert list(wrong_masks(session.connection())) == []
        return [
            session.scalar(
                select(Identity.id_number)
                .join(Subject, Subject.person_id == Identity.person_id)
                .where(Subject.id == one)
            )
            for one in ids
        ]


def test_records_are_merged_and_put_back(suite_on_postgresql: Suite, desk: Suite) -> None:
    actor = desk.actor()
    [firm] = make(desk, actor, FIRM, a_firm(1))
    kept, gone = make(
        desk,
        actor,
        LAWYER,
        a_lawyer(2, name="王志远", body_id=firm),
        a_lawyer(1, name="王志远", body_id=firm, id_number=NUMBER, phone="13800005207"),
    )
    leave_to_one(suite_on_postgresql, suite_on_postgresql.actor(), MERGING)
    done = desk.run(MergeSubjects(kind=LAWYER, kept=kept, gone=gone, reason="重复登记"), actor)
    assert numbers(suite_on_postgresql, kept) == [NUMBER]
    with desk.reading() as session:
        acts = [line.act for line in record_trace(session, actor, desk.catalog, kept)]
    assert acts[0] == "合并重复档案"
    assert acts.count("新增律师档案") == 1, "both were made in one act"
    desk.run(UndoMerge(kind=LAWYER, merge_id=done.result["merge"]), actor)
    assert numbers(suite_on_postgresql, kept, gone) == [None, NUMBER]


def test_persons_are_merged_parted_and_put_back(suite_on_postgresql: Suite, desk: Suite) -> None:
    actor = desk.actor()
    [firm] = make(desk, actor, FIRM, a_firm(1))
    [kept] = make(desk, actor, LAWYER, a_lawyer(1, name="王志远", body_id=firm))
    trainee = {**a_lawyer(2, name="王志远", id_number=NUMBER), "main_no": None, "category": None}
    [gone] = make(desk, actor, TRAINEE, trainee)
    leave_to_one(suite_on_postgresql, suite_on_postgresql.actor(), MERGING)
    done = desk.run(MergePersons(kind=LAWYER, kept=kept, gone=gone, reason="同一人"), actor)
    assert numbers(suite_on_postgresql, kept, gone) == [NUMBER, NUMBER]
    parted = desk.run(
        SplitPerson(kind=LAWYER, subject_id=kept, moving=(gone,), takes=("id_number",), reason="两人"), actor
    )
    assert numbers(suite_on_postgresql, kept, gone) == [None, NUMBER]
    desk.run(UndoMerge(kind=LAWYER, merge_id=parted.result["merge"]), actor)
    assert numbers(suite_on_postgresql, kept, gone) == [NUMBER, NUMBER]
    desk.run(UndoMerge(kind=LAWYER, merge_id=done.result["merge"]), actor)
    assert numbers(suite_on_postgresql, kept, gone) == [None, NUMBER]


def test_what_the_login_does_not_see_is_not_left_behind(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    leave_to_one(suite, admin, MERGING)
    gone, kept = make(suite, admin, FIRM, a_firm(1), a_firm(2))
    people = make(
        suite, admin, LAWYER, a_lawyer(1, body_id=gone), a_lawyer(2, body_id=gone, district_code="130104")
    )
    county = login_suite("core.section_staff", profession="lawyers", district="130102")
    ask = MergeSubjects(kind=FIRM, kept=kept, gone=gone, reason="重复登记")

    def bodies() -> list[int | None]:
        with suite.reading() as session:
            query = select(Subject.body_id).where(Subject.id.in_(people)).order_by(Subject.id)
            return list(session.scalars(query))

    def refused(command: MergeSubjects | UndoMerge) -> frozenset[str]:
        with pytest.raises(Refused) as told:
            county.run(command, county.actor())
        return told.value.codes

    assert refused(ask) == {"merge.hidden"}
    actor, pair = county.actor(), ((FIRM, kept), (FIRM, gone))
    with county.reading() as session, pytest.raises(Refused) as told:
        merge_preview(session, actor, county.catalog, *pair, {}, county.today)
    assert told.value.codes == {"merge.hidden"}
    assert bodies() == [gone, gone]
    undo = UndoMerge(kind=FIRM, merge_id=suite.run(ask, admin).result["merge"])
    assert bodies() == [kept, kept]
    assert refused(undo) == {"merge.hidden"}
    assert bodies() == [kept, kept]
    suite.run(undo, admin)
    assert bodies() == [gone, gone]


def test_how_much_refers_to_a_record_is_told_to_who_may_merge_it_only(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    [firm] = make(suite, admin, FIRM, a_firm(1))
    make(suite, admin, LAWYER, a_lawyer(1, body_id=firm))
    county = login_suite("core.section_staff", profession="lawyers", district="130104")
    told = []
    for asking in (suite, county):
        with asking.reading() as session:
            rows = session.execute(
                text("SELECT * FROM core_referring('core_subject', :firm)"), {"firm": firm}
            )
            told.append(dict(rows.all()))
    assert told[0]["core_subject.body_id"] == 1
    assert told[1] == {}


def test_who_may_agree_is_told_to_who_holds_the_same_and_to_nobody_else(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    asker, able = (login_suite("core.section_staff") for _ in range(2))
    narrow = login_suite("core.section_staff", profession="lawyers")
    county = login_suite("core.section_staff", district="130102")
    login_suite("core.association", profession="lawyers", association="石家庄市律师协会")
    elsewhere = [Place("arbitration", "130102", None)]

    def told(suite: Suite, places: list[Place]) -> set[str]:
        with suite.reading() as session:
            return set(
                deciders(session, suite.actor(), suite.catalog, suite.today, "lawyers:roster:merge", places)
            )

    everybody = {suite.actor().login for suite in (asker, able, narrow, county)}
    assert told(asker, elsewhere) & everybody == {able.actor().login}
    assert told(asker, []) & everybody == {able.actor().login, narrow.actor().login}
    assert told(narrow, elsewhere) == set()
    assert told(county, elsewhere) & everybody == {asker.actor().login, able.actor().login}
