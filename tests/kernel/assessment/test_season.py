"""A season from its opening to its publication, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Refused
from suite.kernel.assessment.absence import AnnounceAbsence
from suite.kernel.assessment.commands import (
    AddMissing,
    ChangeStanding,
    CloseCampaign,
    DecideGrades,
    DecideObjection,
    FollowMoves,
    GradeGiven,
    NoticeCampaign,
    OpenCampaign,
    ProposeGrades,
    RaiseObjection,
    TakeAssessmentStep,
)
from suite.kernel.assessment.following import measure_lines
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Assessment, AssessmentEvent, Campaign, GradeMeasure
from suite.testing.factories import a_firm, a_lawyer, make

NOTICED, CLOSED = dt.date(2026, 5, 20), dt.date(2026, 5, 28)
YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


class Season:
    """A season of the lawyers' review, and its participants by name."""

    def __init__(self, suite: Suite, actor: Actor, scheme: str = "lawyers.lawyer_review") -> None:
        self.suite, self.actor = suite, actor
        opened = self.run(OpenCampaign(scheme=scheme, heading="2025 年度考核", first=YEAR[0], last=YEAR[1]))
        self.id: int = opened.result["campaign_id"]
        self.opened = opened

    def run(self, command: Command) -> Done:
        return self.suite.run(command, self.actor)

    def rows(self) -> dict[str, Assessment]:
        with self.suite.reading() as session:
            found = list(session.scalars(select(Assessment).where(Assessment.campaign_id == self.id)))
            session.expunge_all()
            return {row.name: row for row in found}

    def campaign(self) -> Campaign:
        with self.suite.reading() as session:
            found = session.get_one(Campaign, self.id)
            session.expunge(found)
            return found

    def step(self, step: str, *names: str) -> Done:
        rows = self.rows()
        ids = tuple(rows[name].id for name in names)
        return self.run(TakeAssessmentStep(campaign_id=self.id, step=step, assessments=ids))

    def grade(self, *given: tuple[str, str | None, str]) -> Done:
        rows = self.rows()
        return self.run(
            DecideGrades(
                campaign_id=self.id,
                grades=tuple(
                    GradeGiven(
                        assessment_id=rows[name].id,
                        expected_version=rows[name].version,
                        grade=grade,
                        reason=reason,
                    )
                    for name, grade, reason in given
                ),
            )
        )


def notice(season: Season) -> None:
    """Show the results."""
    version = season.campaign().version
    season.run(NoticeCampaign(campaign_id=season.id, expected_version=version, on=NOTICED))


def publish(season: Season) -> None:
    """Show the results where they are not yet, and close the season."""
    if season.campaign().state == "running":
        notice(season)
    version = season.campaign().version
    season.run(
        CloseCampaign(
            campaign_id=season.id, expected_version=version, document_no="石司〔2026〕9号", on=CLOSED
        )
    )


def refused(act: Callable[[], Any]) -> set[str]:
    with pytest.raises(Refused) as told:
        act()
    return told.value.codes


@pytest.fixture
def names(suite_: Suite, admin: Actor) -> Sequence[str]:
    """Three lawyers of one firm: two of years, one of two months; and a government lawyer."""
    (firm,) = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    rows = [
        a_lawyer(1, body_id=firm, name="张明远"),
        a_lawyer(2, body_id=firm, name="李思齐"),
        a_lawyer(3, body_id=firm, name="王新", first_practice_on="2025-11-03", main_no="11301202510000003"),
        a_lawyer(4, name="赵公", category="government", main_no="11301201860000004"),
    ]
    make(suite_, admin, "lawyers.lawyer", *rows)
    return [row["name"] for row in rows]


def test_a_season_runs_from_opening_to_publication(suite_: Suite, admin: Actor, names: Sequence[str]) -> None:
    season = Season(suite_, admin)
    rows = season.rows()
    assert {name: row.standing for name, row in rows.items()} == {
        "张明远": "in", "李思齐": "in", "王新": "ungraded", "赵公": "outside",
    }  # fmt: skip
    assert "不评定等次" in rows["王新"].rule_text
    assert rows["张明远"].proposal == "competent"
    assert refused(lambda: season.step("self", *names)) == {"step.not_now"}
    season.step("self", "张明远", "李思齐", "王新")
    assert refused(lambda: season.grade(("张明远", "incompetent", ""))) == {"grade.reason"}
    assert refused(lambda: season.grade(("王新", "competent", "补评"))) == {"grade.standing"}
    season.grade(("张明远", None, ""), ("李思齐", "basically_competent", "两次被约谈"))
    assert season.rows()["李思齐"].departure == "两次被约谈"
    version = season.campaign().version
    noticed = season.run(NoticeCampaign(campaign_id=season.id, expected_version=version, on=NOTICED))
    assert noticed.result["until"] == dt.date(2026, 5, 27)
    raised = season.run(
        RaiseObjection(assessment_id=season.rows()["李思齐"].id, text="约谈只有一次", on=NOTICED)
    )
    closing = CloseCampaign(
        campaign_id=season.id, expected_version=version + 1, document_no="石律协〔2026〕8号", on=NOTICED
    )
    assert refused(lambda: season.run(closing)) == {"campaign.early", "campaign.disputed"}
    season.run(
        DecideObjection(objection_id=raised.result["objection_id"], grade="competent", reason="核实为一次")
    )
    # Stamps come after the results were shown; who gets no grade is through all the same.
    season.step("stamp", "李思齐")
    season.run(replace(closing, on=dt.date(2026, 5, 28)))
    assert season.campaign().state == "closed"
    season.step("stamp", "张明远", "王新")
    assert not any(row.step for row in season.rows().values() if row.standing != "outside")
    assert season.rows()["李思齐"].grade == "competent"
    with suite_.reading() as session:
        told = session.scalars(
            select(AssessmentEvent.what)
            .where(AssessmentEvent.assessment_id == season.rows()["李思齐"].id)
            .order_by(AssessmentEvent.id)
        ).all()
    assert told == ["self", "grade", "objection", "answer", "grade", "stamp"]


def test_who_was_put_off_is_graded_after_the_publication(
    suite_: Suite, admin: Actor, names: Sequence[str]
) -> None:
    season = Season(suite_, admin)

    def stand(name: str, standing: str) -> ChangeStanding:
        row = season.rows()[name]
        return ChangeStanding(
            assessment_id=row.id, expected_version=row.version, standing=standing, reason="投诉尚未办结"
        )

    season.run(stand("李思齐", "deferred"))
    season.step("self", "张明远")
    season.grade(("张明远", None, ""))
    publish(season)
    assert refused(lambda: season.run(stand("张明远", "deferred"))) == {"campaign.state"}
    season.run(stand("李思齐", "in"))
    season.step("self", "李思齐")
    season.run(ProposeGrades(campaign_id=season.id))
    # The grade stands at once, and so does what it leads to.
    season.grade(("李思齐", "incompetent", "投诉查实"))
    with suite_.reading() as session:
        wanted = select(GradeMeasure.id).where(GradeMeasure.assessment_id == season.rows()["李思齐"].id)
        assert session.scalars(wanted).all()


def test_a_firm_that_moves_to_another_district_takes_its_file_along(suite_: Suite, admin: Actor) -> None:
    (firm,) = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    season = Season(suite_, admin, "lawyers.body_review")
    assert season.run(FollowMoves(campaign_id=season.id)).result["moved"] == 0
    moved = RowEdit(subject_id=firm, values={"district_code": "130123"})
    suite_.run(SaveRecords(kind="lawyers.law_firm", rows=(moved,)), admin)
    assert season.run(FollowMoves(campaign_id=season.id)).result["moved"] == 1
    (row,) = season.rows().values()
    assert row.district_code == "130123"


def test_who_does_not_take_part_is_ordered_to_in_public(suite_: Suite, admin: Actor) -> None:
    """律师事务所年度检查考核办法（司法部令第121号）: ordered by a day, then deemed to have closed itself."""
    firms = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    season = Season(suite_, admin, "lawyers.body_review")
    names = tuple(season.rows())
    ids = tuple(row.id for row in season.rows().values())
    order = AnnounceAbsence(
        campaign_id=season.id, assessments=ids, document_no="石司公〔2026〕6号", on=dt.date(2026, 4, 1)
    )
    assert refused(lambda: season.run(replace(order, document_no=" "))) == {"required"}
    assert season.run(order).result == {"announced": len(firms), "due": dt.date(2026, 5, 1)}
    assert refused(lambda: season.run(order)) == {"absence.done"}
    # Whoever hands in after all is ordered no more; of the other the measure stands until it is carried out.
    season.step("report", names[0])
    with suite_.reading() as session:
        lines = measure_lines(session, admin, suite_.catalog, campaign_id=season.id, settled=True)
    assert {line.name: line.outcome for line in lines} == {names[0]: "dropped", names[1]: None}
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firms[0]))
    lawyers = Season(suite_, admin)
    assert refused(lambda: season.run(replace(order, campaign_id=lawyers.id))) == {"absence.none"}


def test_whom_the_roster_learns_of_later_is_taken_in(
    suite_: Suite, admin: Actor, names: Sequence[str]
) -> None:
    season = Season(suite_, admin)
    missing = AddMissing(campaign_id=season.id)
    assert season.run(missing).result["added"] == 0
    (firm,) = {row.body_id for row in season.rows().values()} - {None}
    late = a_lawyer(5, body_id=firm, name="补录人", main_no="11301201810000005")
    newer = a_lawyer(6, body_id=firm, name="新人", main_no="11301202610000006", first_practice_on=NOTICED)
    make(suite_, admin, "lawyers.lawyer", late, newer)
    done = season.run(missing)
    assert (done.result["added"], done.result["in"]) == (1, 1)
    assert season.rows()["补录人"].step == "self"
    assert "新人" not in season.rows()


def test_a_period_has_one_season_and_begins_when_it_is_settled_who_takes_part(
    suite_: Suite, admin: Actor, names: Sequence[str]
) -> None:
    Season(suite_, admin)
    assert refused(lambda: Season(suite_, admin)) == {"campaign.twice"}
    ahead = OpenCampaign(
        scheme="lawyers.lawyer_review",
        heading="2026 年度考核",
        first=dt.date(2026, 1, 1),
        last=dt.date(2026, 12, 31),
    )
    assert refused(lambda: suite_.run(ahead, admin)) == {"campaign.ahead"}


def test_who_withdraws_in_mid_season_stays_with_the_reason(
    suite_: Suite, admin: Actor, names: Sequence[str]
) -> None:
    season = Season(suite_, admin)
    row = season.rows()["张明远"]
    change = ChangeStanding(
        assessment_id=row.id, expected_version=row.version, standing="outside", reason="2026年2月注销执业证"
    )
    season.run(change)
    assert refused(lambda: season.run(change)) == {"assessment.stale"}
    assert refused(lambda: season.step("self", "张明远")) == {"step.not_now"}
    assert season.rows()["张明远"].rule_text == "2026年2月注销执业证"


def test_proposals_follow_what_was_decided_later(suite_: Suite, admin: Actor, names: Sequence[str]) -> None:
    season = Season(suite_, admin)
    assert season.run(ProposeGrades(campaign_id=season.id)).result["changed"] == 0
