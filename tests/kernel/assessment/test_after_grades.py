"""What is worked out from the records, what a published grade leads to, and grades of years past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.assessment.boards import assessment_sheet
from suite.kernel.assessment.commands import (
    DecideGrades,
    FollowMoves,
    GradeGiven,
    OpenCampaign,
    ProposeGrades,
    ScoreAssessment,
    ScoreGiven,
    TakeAssessmentStep,
)
from suite.kernel.assessment.following import SettleMeasure
from suite.kernel.assessment.measuring import ScoreFromRecords
from suite.kernel.assessment.past import PastGrade, RecordPastGrades, WithdrawPastGrade
from suite.kernel.assessment.regrading import Regrade
from suite.kernel.casework.surroundings import around
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries, StrikeLedgerEntry
from suite.kernel.ledgers.queries import mentions_of
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Assessment, Campaign, GradeMeasure, LedgerEntry, Score
from suite.testing.factories import a_firm, a_lawyer, make
from tests.kernel.assessment.test_season import CLOSED, NOTICED, Season, publish, refused

POOL = "lawyers.duty_pool"
NAME = "石家庄正明司法鉴定中心"


class Integrity(Season):
    """The season of integrity grades, of one institution with records."""

    def __init__(self, suite: Suite, actor: Actor, **opening: Any) -> None:
        self.suite, self.actor = suite, actor
        row = {
            "name": NAME, "main_no": "130109001", "category": "social", "district_code": "130102",
            "scope": "A02,A04", "status": "active", "first_registered_on": "2015-03-02",
            "licensed_from": "2023-03-02", "licensed_to": "2028-03-01",
        }  # fmt: skip
        (self.institution,) = make(suite, actor, "appraisal.appraisal_institution", row)
        self.entry("appraisal.proficiency", provider="省司法鉴定协会", result="satisfactory")
        self.entry("appraisal.proficiency", provider="司鉴院", category="A04", result="passed")
        self.entry("appraisal.report_review", sampled=20, unqualified=2)
        opened = self.run(
            OpenCampaign(
                scheme="appraisal.integrity",
                heading="2025 年度诚信等级",
                first=dt.date(2025, 1, 1),
                last=dt.date(2025, 12, 31),
                **opening,
            )
        )
        self.id = opened.result["campaign_id"]

    def entry(self, ledger: str, **values: Any) -> None:
        told = {"title": "项目", "subject": (self.institution,), "day": dt.date(2025, 9, 1), **values}
        self.run(SaveLedgerEntries(ledger=ledger, rows=(EntryEdit(values=told),)))

    def row(self) -> Assessment:
        return self.rows()[NAME]

    def scores(self) -> Mapping[str, Decimal | None]:
        with self.suite.reading() as session:
            found = session.scalars(
                select(Score).where(Score.source == "records", Score.replaced_at.is_(None))
            )
            return {score.item: score.points for score in found}

    def score_by_hand(self, share: str) -> None:
        """What the records do not say."""
        at = {"assessment_id": self.row().id}
        for source, found in (
            ("review", dict.fromkeys(("management", "charges", "archives", "procedure"), share)),
            ("survey", {"service": "90"}),
        ):
            given = tuple(ScoreGiven(item=key, found=Decimal(value)) for key, value in found.items())
            self.run(ScoreAssessment(**at, source=source, scores=given))

    def measures(self) -> Mapping[str, GradeMeasure]:
        with self.suite.reading() as session:
            found = list(session.scalars(select(GradeMeasure).order_by(GradeMeasure.id)))
            session.expunge_all()
            return {measure.key.rsplit(".", 1)[1]: measure for measure in found}


def test_items_are_worked_out_from_the_records_and_a_grade_leads_to_measures(
    suite_: Suite, admin: Actor
) -> None:
    season = Integrity(suite_, admin)
    done = season.run(ScoreFromRecords(campaign_id=season.id))
    assert done.result == {"scored": 6, "assessments": 1}
    # No court called anybody: the item does not apply. No accreditation for A04.
    assert season.scores() == {
        "court": None, "proficiency": Decimal("15.00"), "papers": Decimal("13.50"),
        "accreditation": Decimal("0.00"), "complaints": Decimal("0.00"), "penalties": Decimal("0.00"),
    }  # fmt: skip
    assert season.run(ScoreFromRecords(campaign_id=season.id)).result["scored"] == 0
    by_hand = ScoreAssessment(
        assessment_id=season.row().id,
        source="review",
        scores=(ScoreGiven(item="accreditation", found=Decimal(1), due=Decimal(1), evidence="证书原件"),),
    )
    with suite_.reading() as session:
        (kept, *_) = mentions_of(session, admin, suite_.catalog, season.institution)
    (score,) = by_hand.scores
    rests = replace(by_hand, scores=(replace(score, entry=kept.entry_id),))
    elsewhere = replace(by_hand, scores=(replace(score, entry=kept.entry_id + 999),))
    assert refused(lambda: season.run(elsewhere)) == {"score.entry"}
    season.run(rests)
    with suite_.reading() as session:
        sheet = assessment_sheet(session, admin, suite_.catalog, season.row().id)
        (behind,) = (one.entry for one in sheet.scores if one.evidence == "证书原件")
        assert behind is not None
        assert (behind.ledger, behind.id) == (kept.ledger, kept.entry_id)
        # Who reads no ledger sees the score and its words, and nothing of the entry.
        reader = replace(
            admin, granted=tuple(one for one in admin.granted if not one.permission.endswith("ledger:read"))
        )
        sheet = assessment_sheet(session, reader, suite_.catalog, season.row().id)
        assert [one.entry for one in sheet.scores if one.evidence == "证书原件"] == [None]
    season.entry("appraisal.report_review", sampled=10, unqualified=4)
    assert season.run(ScoreFromRecords(campaign_id=season.id)).result["scored"] == 1
    assert season.scores()["papers"] == Decimal("12.00")
    by_records = replace(by_hand, source="records")
    assert refused(lambda: season.run(by_records)) == {"score.computed"}
    season.score_by_hand("0.5")
    assert season.row().total == Decimal("72.00") == _total()
    season.step("self", NAME)
    season.step("first", NAME)
    season.run(ProposeGrades(campaign_id=season.id))
    assert season.row().proposal == "c"
    season.grade((NAME, None, ""))
    publish(season)
    mend = season.measures()["mend"]
    assert (mend.on_date, mend.due, mend.settled_on) == (CLOSED, CLOSED + dt.timedelta(days=90), None)
    settle = SettleMeasure(measure_id=mend.id, expected_version=1, note="已约谈，复查整改到位")
    assert refused(lambda: season.run(replace(settle, on=NOTICED))) == {"measure.day"}
    season.run(settle)
    assert refused(lambda: season.run(settle)) == {"measure.stale"}
    assert season.measures()["mend"].outcome == "done"


def _total() -> Decimal:
    """规范管理 12.5 of 25; 依法执业 7.5 of 15, weighted to 25; 鉴定质量 15+12+10 of 40; 社会评价 10."""
    parts = Decimal("12.5") + Decimal("7.5") * 25 / 15 + 37 + 10
    return parts.quantize(Decimal("0.01"))


def test_a_major_event_gives_another_grade_at_once(suite_: Suite, admin: Actor) -> None:
    season = Integrity(suite_, admin, actors={"grade": "assessment:decide"})
    season.run(ScoreFromRecords(campaign_id=season.id))
    season.score_by_hand("1")
    season.step("self", NAME)
    season.step("first", NAME)
    season.run(ProposeGrades(campaign_id=season.id))
    season.grade((NAME, None, ""))
    again = Regrade(
        assessment_id=season.row().id,
        expected_version=season.row().version,
        event="penalty",
        grade="d",
        reason="2026年6月停止从事司法鉴定业务六个月",
    )
    assert refused(lambda: season.run(again)) == {"campaign.state"}
    publish(season)
    assert refused(lambda: season.run(replace(again, event="rumour"))) == {"regrade.event"}
    assert refused(lambda: season.run(replace(again, grade=season.row().grade or ""))) == {"grade.unknown"}
    former = season.row().grade
    season.run(again)
    assert (former, season.row().grade) == ("b", "d")
    assert set(season.measures()) == {"mend", "renewal"}
    mended = replace(
        again, event="mended", grade="b", reason="整改复查合格", expected_version=season.row().version
    )
    assert refused(lambda: season.run(again)) == {"assessment.stale"}
    season.run(mended)
    assert {measure.outcome for measure in season.measures().values()} == {"dropped"}


def test_who_decides_is_said_by_the_season_where_the_scheme_leaves_it_open(
    suite_: Suite, admin: Actor
) -> None:
    assert refused(lambda: Integrity(suite_, admin, actors={"self": "assessment:run"})) == {"campaign.actor"}


@pytest.fixture
def lawyers(suite_: Suite, admin: Actor) -> Sequence[int]:
    """A firm, another one, and a lawyer of the first."""
    firms = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))
    (lawyer,) = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firms[0], name="张明远"))
    return [*firms, lawyer]


def past(*rows: tuple[int, int, str]) -> RecordPastGrades:
    given = tuple(PastGrade(subject_id=who, year=year, grade=grade) for who, year, grade in rows)
    return RecordPastGrades(scheme="lawyers.lawyer_review", rows=given)


def test_grades_of_years_past_stand_beside_those_that_are_given_here(
    suite_: Suite, admin: Actor, lawyers: Sequence[int]
) -> None:
    firm, _, lawyer = lawyers
    wrong = past(
        (lawyer, 2026, "competent"), (lawyer, 2023, "good"), (firm, 2023, "competent"),
        (lawyer, 2022, "competent"), (lawyer, 2022, "incompetent"),
    )  # fmt: skip
    assert refused(lambda: suite_.run(wrong, admin)) == {
        "past.year", "grade.unknown", "past.subject", "past.twice",
    }  # fmt: skip
    done = suite_.run(past((lawyer, 2023, "competent"), (lawyer, 2024, "incompetent")), admin)
    assert done.result == {"new": 2, "changed": 0}
    again = suite_.run(past((lawyer, 2023, "competent"), (lawyer, 2024, "basically_competent")), admin)
    assert again.result == {"new": 0, "changed": 1}
    season = Season(suite_, admin)
    assert refused(lambda: suite_.run(past((lawyer, 2025, "competent")), admin)) == {"past.season"}
    with suite_.reading() as session:
        rows = session.execute(
            select(Campaign.first, Assessment.grade, Assessment.id, Assessment.version)
            .join(Assessment, Assessment.campaign_id == Campaign.id)
            .where(Campaign.recorded, Assessment.subject_id == lawyer)
            .order_by(Campaign.first)
        ).all()
    assert [(row.first.year, row.grade) for row in rows] == [
        (2023, "competent"),
        (2024, "basically_competent"),
    ]
    number, version = rows[1].id, rows[1].version
    take_back = WithdrawPastGrade(assessment_id=number, expected_version=version, reason="抄错一行")
    suite_.run(take_back, admin)
    assert refused(lambda: suite_.run(take_back, admin)) == {"past.season"}
    ours = season.rows()["张明远"]
    not_past = replace(take_back, assessment_id=ours.id, expected_version=ours.version)
    assert refused(lambda: suite_.run(not_past, admin)) == {"past.season"}


def test_the_form_follows_a_lawyer_who_moved(suite_: Suite, admin: Actor, lawyers: Sequence[int]) -> None:
    season = Season(suite_, admin)
    assert season.run(FollowMoves(campaign_id=season.id)).result == {"moved": 0}
    _, other, lawyer = lawyers
    moved = RowEdit(subject_id=lawyer, values={"body_id": other, "district_code": "130104"})
    suite_.run(SaveRecords(kind="lawyers.lawyer", rows=(moved,), effective_on=dt.date(2026, 3, 2)), admin)
    assert season.run(FollowMoves(campaign_id=season.id)).result == {"moved": 1}
    row = season.rows()["张明远"]
    assert (row.body_id, row.district_code) == (other, "130104")


def test_a_duty_lawyer_who_failed_leaves_the_roll(
    suite_: Suite, admin: Actor, lawyers: Sequence[int]
) -> None:
    who, lawyer = lawyers[-1], suite_.catalog.kind("lawyers.lawyer").details

    def on_roll() -> bool | None:
        with suite_.reading() as session:
            return session.scalar(select(lawyer.c.is_duty_lawyer).where(lawyer.c.subject_id == who))

    where = {"title": "第一看守所", "day": dt.date(2025, 1, 6), "district_code": "130102"}
    entered = EntryEdit(values=where | {"subject": (who,)})
    suite_.run(SaveLedgerEntries(ledger=POOL, rows=(entered,)), admin)
    assert on_roll() is True
    season = Season(suite_, admin, "lawyers.duty_review")
    assert list(season.rows()) == ["张明远"]
    season.run(ScoreFromRecords(campaign_id=season.id))
    row = season.rows()["张明远"]
    hand = {"attendance": "0", "training": "0", "discipline": "0.5", "help": "0.5", "files": "1"}
    for source, items in (
        ("reported", ("attendance", "training")),
        ("review", ("discipline", "help", "files")),
    ):
        given = tuple(ScoreGiven(item=key, found=Decimal(hand[key]), due=Decimal(2)) for key in items)
        season.run(ScoreAssessment(assessment_id=row.id, source=source, scores=given))
    satisfied = (ScoreGiven(item="satisfaction", found=Decimal(60)),)
    season.run(ScoreAssessment(assessment_id=row.id, source="survey", scores=satisfied))
    for step in ("report", "score"):
        season.run(TakeAssessmentStep(campaign_id=season.id, step=step, assessments=(row.id,)))
    season.run(ProposeGrades(campaign_id=season.id))
    row = season.rows()["张明远"]
    assert row.proposal == "failed"
    given = (GradeGiven(assessment_id=row.id, expected_version=row.version),)
    season.run(DecideGrades(campaign_id=season.id, grades=given))
    publish(season)
    with suite_.reading() as session:
        (measure,) = session.scalars(select(GradeMeasure))
        assert (measure.outcome, measure.settled_on) == ("done", CLOSED)
        (entry,) = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == POOL))
        assert (entry.until, entry.state) == (CLOSED, "ended")
    # The mark on the record followed the ledger, and follows it again when the exit was entered in error.
    assert on_roll() is False
    again = EntryEdit(entry_id=entry.id, values={"until": None, "state": "in_force", "exit": None})
    suite_.run(SaveLedgerEntries(ledger=POOL, rows=(again,)), admin)
    assert on_roll() is True
    suite_.run(StrikeLedgerEntry(ledger=POOL, entry_id=entry.id, reason="登记错人"), admin)
    assert on_roll() is False
    # A county keeps the ledger and not the roster: its entry stands, and the mark that stays behind is told.
    suite_.run(AddUser(login="county", name="县局"), admin)
    suite_.run(GrantRole(login="county", role="core.county_bureau", district="130102"), admin)
    done = suite_.run(SaveLedgerEntries(ledger=POOL, rows=(entered,)), suite_.actor("county"))
    assert "entry.mark_left" in {problem.code for problem in done.warnings}
    assert on_roll() is False
    with suite_.reading() as session:
        newest = session.scalars(select(LedgerEntry.id).order_by(LedgerEntry.id.desc())).first()
    said = EntryEdit(entry_id=newest, values={"note": "已核对"})
    suite_.run(SaveLedgerEntries(ledger=POOL, rows=(said,)), admin)
    assert on_roll() is True


def test_a_failed_review_bars_for_its_months(suite_: Suite, admin: Actor, lawyers: Sequence[int]) -> None:
    season, who = Season(suite_, admin), lawyers[-1]
    season.step("self", "张明远")
    season.run(ProposeGrades(campaign_id=season.id))
    season.grade(("张明远", "incompetent", "提交虚假材料"))
    publish(season)
    until = dt.date(2027, 5, 27)
    with suite_.reading() as session:
        mend, bar = session.scalars(select(GradeMeasure).order_by(GradeMeasure.id))
        assert (mend.grade, mend.until, bar.grade, bar.due, bar.until) == (
            "incompetent", None, "incompetent", None, until,
        )  # fmt: skip
        (fact,) = around(session, suite_.catalog, None, [who]).subjects[who].bars
        assert (fact.key, fact.first, fact.last) == ("lawyers.review.bar", CLOSED, until)
    settle = SettleMeasure(measure_id=bar.id, expected_version=1, note="已告知")
    assert refused(lambda: season.run(settle)) == {"measure.bars"}
    partner = RowEdit(subject_id=who, values={"is_partner": True})
    done = suite_.run(SaveRecords(kind="lawyers.lawyer", rows=(partner,)), admin)
    assert "lawyers.partner_barred" in {problem.code for problem in done.warnings}
    number = {"name": "王实习", "supervisor_name": "张明远", "supervisor_practice_no": a_lawyer(1)["main_no"]}
    trainee = RowEdit(values={"district_code": "130102", "body_id": lawyers[0], "status": "active", **number})
    done = suite_.run(SaveRecords(kind="lawyers.trainee_lawyer", rows=(trainee,)), admin, dry_run=True)
    assert "lawyers.supervisor_barred" in {problem.code for problem in done.warnings}
