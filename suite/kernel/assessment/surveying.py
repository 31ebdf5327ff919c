"""Questionnaires come in: every answer is kept, and what they come to is scored on the sheet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.assessment import ScoreSource
from suite.contract.commands import Command, Done
from suite.contract.problems import Problem, Severity
from suite.contract.surveys import Satisfaction
from suite.database.bulk import insert_rows
from suite.kernel.assessment.commands import ScoreAssessment, ScoreGiven
from suite.kernel.assessment.faults import bounded
from suite.kernel.assessment.schemes import Sheet
from suite.kernel.assessment.scores import score_assessment
from suite.kernel.assessment.standing import (
    IN,
    campaign_of,
    changed,
    hold_assessments,
    refuse_any,
    sheet_of_campaign,
)
from suite.kernel.assessment.survey import repeats
from suite.kernel.assessment.survey_results import SurveyLine, no_survey, survey_lines
from suite.kernel.executor.work import Transaction
from suite.tables import Assessment, Campaign, SurveyAnswer

MOST_ANSWERS, MOST_TOLD, MOST_QUESTIONS, MOST_DEVICE = 50_000, 50, 500, 80
ANSWERS = SurveyAnswer.metadata.tables[SurveyAnswer.__tablename__]


@dataclass(frozen=True, kw_only=True)
class AnswerGiven:
    """One answered questionnaire. unit: the participant's name. row: where it stands in the file, if any."""

    unit: str
    on: dt.date
    asked: int
    correct: int
    satisfaction: str | None = None
    took_part: bool | None = None
    easy: bool | None = None
    device: str = ""
    row: int | None = None


@dataclass(frozen=True, kw_only=True)
class TakeSurvey(Command):
    """Take the answers of a questionnaire in: all or none. `source`: who made it, or the file's name.

    A second answer of the same device about the same participant is kept and does not count. What is enough
    by the scheme's minimum is scored at once; what is not is told and waits for more.
    """

    permission: ClassVar[str] = "{owner}:assessment:score"
    title: ClassVar[str] = "导入问卷"

    campaign_id: int
    source: str
    answers: tuple[AnswerGiven, ...]


def take_survey(command: TakeSurvey, work: Transaction) -> Done:
    """Keep the answers and score what they come to. Raises Refused, all at once, for what does not fit."""
    campaign = campaign_of(work, command.campaign_id)
    sheet = sheet_of_campaign(work, campaign)
    if sheet.scheme.survey is None:
        raise no_survey(sheet.scheme)
    ids = _participants(work, campaign)
    refuse_any(bounded(list(_problems(command, ids, campaign, work.today)), "answers"))
    told = [ids[answer.unit.strip()] for answer in command.answers]
    rows = {row.id: row for row in hold_assessments(work, campaign, told, "assessment:score")}
    twice = _keep(command, told, rows, work)
    lines = survey_lines(work.session, sheet, list(rows.values()), work.parameters)
    scored = [line for line in lines if line.enough and rows[line.assessment_id].grade is None]
    for line in scored:
        _score(command, sheet, line, work)
    short = [line for line in lines if not line.enough]
    return Done(
        text=f"导入问卷 {len(command.answers):,} 份（重复设备 {twice:,} 份不计），{len(scored)} 个单位已计分"
        + (f"，{len(short)} 个单位样本不足，暂不计分" if short else ""),
        changes=(changed(campaign),),
        warnings=tuple(_short(line) for line in short[:MOST_TOLD]),
        result={
            "answers": len(command.answers),
            "repeated": twice,
            "scored": len(scored),
            "short": [line.name for line in short],
        },
    )


def _participants(work: Transaction, campaign: Campaign) -> dict[str, int]:
    """Name → the participant that has it; a name that two have is nobody's."""
    named: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in work.session.execute(
        select(Assessment.id, Assessment.name).where(
            Assessment.campaign_id == campaign.id, Assessment.standing == IN
        )
    ):
        named[name].append(number)
    return {name: numbers[0] for name, numbers in named.items() if len(numbers) == 1}


def _problems(
    command: TakeSurvey, ids: Mapping[str, int], campaign: Campaign, today: dt.date
) -> Iterator[Problem]:
    if not 0 < len(command.source.strip()) <= 200:
        yield Problem(code="required", text="请写明问卷由谁组织，最多 200 字。", field="source")
    if not 0 < len(command.answers) <= MOST_ANSWERS:
        text = f"一次导入 1 至 {MOST_ANSWERS:,} 份问卷，现有 {len(command.answers):,} 份。"
        yield Problem(code="survey.size", text=text, field="answers")
        return
    known = {item.value for item in Satisfaction}
    for place, answer in enumerate(command.answers):
        where = f"第 {place + 1} 份" if answer.row is None else f"第 {answer.row} 行"
        for code, text in _faults(answer, ids, known, campaign, today):
            yield Problem(
                code=code,
                text=f"{where}：{text}",
                field="answers",
                row=place if answer.row is None else answer.row,
            )


def _faults(
    answer: AnswerGiven, ids: Mapping[str, int], known: set[str], campaign: Campaign, today: dt.date
) -> Iterator[tuple[str, str]]:
    if answer.unit.strip() not in ids:
        yield "survey.unit", f"“{answer.unit[:40]}”不在“{campaign.title}”的参加单位中，请核对单位名称。"
    if not 0 < answer.asked <= MOST_QUESTIONS or not 0 <= answer.correct <= answer.asked:
        text = f"答对 {answer.correct} 题、共 {answer.asked} 题不合理，请核对题数（1 至 {MOST_QUESTIONS}）。"
        yield "survey.questions", text
    if answer.satisfaction is not None and answer.satisfaction not in known:
        words = "、".join(f"{item.value}（{item.words}）" for item in Satisfaction)
        yield "code.unknown", f"满意度“{answer.satisfaction[:20]}”不能识别，可填：{words}。"
    if not campaign.first <= answer.on <= today:
        yield "survey.day", f"填答日期 {answer.on} 应在 {campaign.first} 至 {today} 之间，请核对。"
    if len(answer.device) > MOST_DEVICE:
        yield "text.long", f"设备号最多 {MOST_DEVICE} 字，请核对是否对错了列。"


def _keep(command: TakeSurvey, told: Sequence[int], rows: Mapping[int, Assessment], work: Transaction) -> int:
    """Write the answers; gives how many came from a device that had answered about the same one before."""
    known: defaultdict[int, set[str]] = defaultdict(set)
    for number, device in work.session.execute(
        select(SurveyAnswer.assessment_id, SurveyAnswer.device).where(SurveyAnswer.assessment_id.in_(rows))
    ):
        known[number].add(device)
    by_unit: defaultdict[int, list[AnswerGiven]] = defaultdict(list)
    for number, answer in zip(told, command.answers, strict=True):
        by_unit[number].append(answer)
    written = []
    for number, answers in by_unit.items():
        row = rows[number]
        marks = repeats([answer.device.strip() for answer in answers], known[number])
        for answer, repeated in zip(answers, marks, strict=True):
            written.append(
                {
                    "assessment_id": number,
                    "profession": row.profession,
                    "district_code": row.district_code,
                    "association": row.association,
                    "device": answer.device.strip(),
                    "on_date": answer.on,
                    "asked": answer.asked,
                    "correct": answer.correct,
                    "satisfaction": answer.satisfaction,
                    "took_part": answer.took_part,
                    "easy": answer.easy,
                    "repeated": repeated,
                    "source": command.source.strip(),
                    "by_login": work.actor.login,
                    "at": work.now,
                }
            )
    insert_rows(work.connection, ANSWERS, written)
    return sum(1 for item in written if item["repeated"])


def _score(command: TakeSurvey, sheet: Sheet, line: SurveyLine, work: Transaction) -> None:
    """What the answers come to, as scores of the questionnaire."""
    feeds = sheet.scheme.survey.feeds if sheet.scheme.survey else {}
    given = tuple(
        ScoreGiven(
            item=feeds[measure],
            found=estimate.value,
            evidence=f"{command.source.strip()}：{measure.words} {estimate.value}%"
            f"（{estimate.size} 份，95% 置信区间 {estimate.low}%—{estimate.high}%）",
        )
        for measure, estimate in line.estimates.items()
        if feeds.get(measure) in sheet.by_key
    )
    if given:
        ask = ScoreAssessment(assessment_id=line.assessment_id, source=ScoreSource.SURVEY.value, scores=given)
        score_assessment(ask, work)


def _short(line: SurveyLine) -> Problem:
    text = f"{line.name}有效问卷 {line.size} 份，不足 {line.least} 份，暂不计分，请补充调查。"
    return Problem(code="survey.short", text=text, field="answers", severity=Severity.WARNING)
