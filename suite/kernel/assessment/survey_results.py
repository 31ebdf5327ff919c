"""What questionnaires about the participants of a season say: sample, share, interval, enough or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.contract.surveys import SurveyMeasure
from suite.kernel.assessment.progress import campaign_row, inside_of
from suite.kernel.assessment.schemes import Sheet, scheme_of, sheet_of
from suite.kernel.assessment.standing import IN
from suite.kernel.assessment.survey import Answer, Estimate, estimates
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog
from suite.tables import Assessment, SchemeVersion, SurveyAnswer


@dataclass(frozen=True, kw_only=True)
class SurveyLine:
    """One participant: `size` answers that count, `repeated` that do not, `least` that are wanted."""

    assessment_id: int
    name: str
    group: str | None
    size: int
    repeated: int
    least: int
    estimates: Mapping[SurveyMeasure, Estimate]

    @property
    def enough(self) -> bool:
        """Whether the sample suffices for a score."""
        return self.size >= self.least


def survey_of_campaign(
    session: Session, actor: Actor, catalog: Catalog, campaign_id: int, parameters: Mapping[str, Any]
) -> list[SurveyLine]:
    """Everybody who takes part, with what the questionnaires say of him.

    Raises Refused for a season that is not there or may not be read, and for one without a questionnaire.
    """
    row = campaign_row(session, actor, campaign_id)
    sheet = sheet_of(session, scheme_of(catalog, row.scheme), session.get_one(SchemeVersion, row.version_id))
    if sheet.scheme.survey is None:
        raise no_survey(sheet.scheme)
    statement = select(Assessment).where(*inside_of(actor, row), Assessment.standing == IN)
    rows = list(session.scalars(statement.order_by(Assessment.group, Assessment.name)))
    return survey_lines(session, sheet, rows, parameters)


def no_survey(scheme: AssessmentScheme) -> Refused:
    """The scheme asks nobody."""
    text = f"“{scheme.title}”没有问卷评分项，没有问卷可以导入或查看。"
    return refuse("survey.none", text, ProblemKind.FORBIDDEN, field="campaign_id")


def survey_lines(
    session: Session, sheet: Sheet, rows: Sequence[Assessment], parameters: Mapping[str, Any]
) -> list[SurveyLine]:
    """The participants with what the answers about them come to; the scheme has a questionnaire."""
    survey = sheet.scheme.survey
    if survey is None:
        return []
    counting: defaultdict[int, list[Answer]] = defaultdict(list)
    repeated: defaultdict[int, int] = defaultdict(int)
    for part in chunks([row.id for row in rows]):
        for item in session.execute(
            select(
                SurveyAnswer.assessment_id,
                SurveyAnswer.device,
                SurveyAnswer.asked,
                SurveyAnswer.correct,
                SurveyAnswer.satisfaction,
                SurveyAnswer.took_part,
                SurveyAnswer.easy,
                SurveyAnswer.repeated,
            ).where(SurveyAnswer.assessment_id.in_(part))
        ):
            if item.repeated:
                repeated[item.assessment_id] += 1
            else:
                counting[item.assessment_id].append(
                    Answer(
                        device=item.device,
                        asked=item.asked,
                        correct=item.correct,
                        satisfaction=item.satisfaction,
                        took_part=item.took_part,
                        easy=item.easy,
                    )
                )
    return [
        SurveyLine(
            assessment_id=row.id,
            name=row.name,
            group=row.group,
            size=len(counting[row.id]),
            repeated=repeated[row.id],
            least=int(parameters[survey.parameter(row.group)]),
            estimates=estimates(counting[row.id]),
        )
        for row in rows
    ]
