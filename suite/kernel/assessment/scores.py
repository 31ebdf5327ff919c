"""Scores: what each scorer found of each item, and the total that they come to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure, SheetPart
from suite.contract.commands import Done
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.kernel.assessment.commands import ScoreAssessment, ScoreGiven, TakeBackScores
from suite.kernel.assessment.schemes import Sheet
from suite.kernel.assessment.scoring import Settled, Total, points_of, settled, total_of
from suite.kernel.assessment.standing import (
    AT_ANY_TIME,
    OUTSIDE,
    changed,
    day_problems,
    hold_assessment,
    refuse_any,
    sheet_of_campaign,
)
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.queries import mentions_of
from suite.kernel.registry.current import chunks
from suite.tables import Assessment, Score

#: A self-assessment is read beside the others' scores and never counts.
NOT_COUNTING = frozenset({ScoreSource.SELF})
#: Nobody scores from these by hand.
NOT_BY_HAND = frozenset({ScoreSource.RECORDS, ScoreSource.CORRECTION})
MOST_FOUND = Decimal(10) ** 7

#: Among so many of the latest entries about a participant one is chosen that a score rests on.
MOST_ENTRIES = 2_000


@dataclass(frozen=True, kw_only=True)
class ItemScore:
    """What an item comes to: its points, whether it applies, and whether another scorer is wanted."""

    item: str
    settled: Settled
    given: int


def score_assessment(command: ScoreAssessment, work: Transaction) -> Done:
    """Write the scores and the total anew. Raises Refused, all at once, for what does not fit the sheet."""
    campaign, row = hold_assessment(work, command.assessment_id, "assessment:score", states=AT_ANY_TIME)
    sheet = sheet_of_campaign(work, campaign)
    on = command.on or work.today
    problems = day_problems(on, work.today, campaign)
    source = next((item for item in ScoreSource if item.value == command.source), None)
    if source is None:
        words = "、".join(f"{item.value}（{item.words}）" for item in ScoreSource if item not in NOT_BY_HAND)
        problems.append(Problem(code="score.source", text=f"评分来源应为：{words}。", field="source"))
    elif source in NOT_BY_HAND:
        text = (
            "档案测算的得分由系统按档案计算，请用“按档案测算得分”；异议更正的得分在答复异议时填写。"
            "其他的以其他来源评分并写明依据。"
        )
        problems.append(Problem(code="score.computed", text=text, kind=ProblemKind.FORBIDDEN, field="source"))
    else:
        problems += given_problems(work, sheet, row, command.scores, source)
    if row.standing == OUTSIDE:
        text = f"{row.name}不参加这次考核（{row.rule_text}），不用评分。"
        problems.append(
            Problem(code="score.outside", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")
        )
    problems += _graded_problems(row)
    if not command.scores:
        problems.append(Problem(code="score.none", text="请至少评一项。", field="scores"))
    refuse_any(problems)
    own = select(Score).where(
        Score.assessment_id == row.id,
        Score.by_login == work.actor.login,
        Score.source == command.source,
        Score.replaced_at.is_(None),
        Score.item.in_([given.item for given in command.scores]),
    )
    for former in work.session.scalars(own):
        former.replaced_at = work.now
    written = write_scores(work, sheet, row, command.scores, command.source, on)
    items, total = summed(work, sheet, row)
    asking = [sheet.by_key[key].title for key in asking_items(items)]
    return Done(
        text=f"{row.name}：已评 {len(command.scores)} 项"
        + (f"，得分 {total.final}" if total.complete else f"，尚缺 {len(total.missing)} 项")
        + (f"；{'、'.join(asking)}两人分差过大，须第三人评分" if asking else ""),
        changes=(changed(campaign),),
        result={
            "version": row.version,
            "total": total.final if total.complete else None,
            "asks_another": asking_items(items),
            "scores": [score.id for score in written],
        },
    )


def write_scores(
    work: Transaction, sheet: Sheet, row: Assessment, given: Sequence[ScoreGiven], source: str, on: dt.date
) -> list[Score]:
    """Write scores of the actor, with the points that they earn."""
    written = [
        Score(
            assessment_id=row.id,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            item=score.item,
            source=source,
            by_login=work.actor.login,
            on_date=on,
            found=score.found,
            due=score.due,
            points=None
            if score.found is None
            else points_of(sheet.by_key[score.item], score.found, score.due),
            evidence=score.evidence.strip(),
            entry_id=score.entry,
        )
        for score in given
    ]
    work.session.add_all(written)
    work.session.flush()
    return written


def take_back_scores(command: TakeBackScores, work: Transaction) -> Done:
    """Take one's own scores in force back, and work the total out anew. Raises Refused for anybody else's."""
    campaign, row = hold_assessment(work, command.assessment_id, "assessment:score", states=AT_ANY_TIME)
    sheet = sheet_of_campaign(work, campaign)
    refuse_any(_graded_problems(row))
    own = list(
        work.session.scalars(
            select(Score).where(
                Score.assessment_id == row.id,
                Score.id.in_(command.scores),
                Score.by_login == work.actor.login,
                Score.replaced_at.is_(None),
            )
        )
    )
    if not own or len(own) != len(set(command.scores)):
        text = "只能撤回自己给出、还没有被改过的评分。请刷新后再办。"
        raise refuse("score.not_own", text, ProblemKind.FORBIDDEN, field="scores")
    for score in own:
        score.replaced_at = work.now
    work.session.flush()
    _, total = summed(work, sheet, row)
    return Done(
        text=f"{row.name}：已撤回 {len(own)} 项评分",
        changes=(changed(campaign),),
        result={"version": row.version, "total": total.final if total.complete else None},
    )


def _graded_problems(row: Assessment) -> list[Problem]:
    if row.grade is None:
        return []
    text = f"{row.name}已评定等次，分数有误的请登记异议后更正。"
    return [Problem(code="score.graded", text=text, kind=ProblemKind.FORBIDDEN, field="assessment_id")]


def given_problems(
    work: Transaction, sheet: Sheet, row: Assessment, scores: Sequence[ScoreGiven], source: ScoreSource
) -> list[Problem]:
    """What of the scores does not fit the sheet or the participant."""
    found = [
        problem
        for place, given in enumerate(scores)
        for problem in _given_problems(sheet, given, source, place)
    ]
    return found + _entry_problems(work, row, scores)


def _entry_problems(work: Transaction, row: Assessment, scores: Sequence[ScoreGiven]) -> list[Problem]:
    """An entry that a score rests on stands, is about the participant, and may be read by the scorer."""
    wanted = {given.entry for given in scores if given.entry is not None}
    if not wanted:
        return []
    known = mentions_of(work.session, work.actor, work.catalog, row.subject_id, limit=MOST_ENTRIES)
    about = {mention.entry_id for mention in known}
    text = f"所选的台账记录不是关于{row.name}的，或者已被划去，请重新选择。"
    return [Problem(code="score.entry", text=text, field="entry") for number in wanted if number not in about]


def summed(work: Transaction, sheet: Sheet, row: Assessment) -> tuple[dict[str, ItemScore], Total]:
    """What the scores in force come to; written to the participant."""
    items = items_of(work.session, sheet, [row])[row.id]
    total = total_from(sheet, items)
    row.total, row.version = (total.final if total.complete else None), row.version + 1
    return items, total


def asking_items(items: Mapping[str, ItemScore]) -> list[str]:
    """The items on which two scorers differ too far, so that a third is asked."""
    return [item.item for item in items.values() if item.settled.asks_another]


def items_of(session: Session, sheet: Sheet, rows: Sequence[Assessment]) -> dict[int, dict[str, ItemScore]]:
    """Participant → item → what the scores in force come to; an item that nobody scored is left out."""
    given: defaultdict[int, defaultdict[str, list[Score]]] = defaultdict(lambda: defaultdict(list))
    for part in chunks([row.id for row in rows]):
        for score in session.scalars(
            select(Score).where(Score.assessment_id.in_(part), Score.replaced_at.is_(None)).order_by(Score.id)
        ):
            if ScoreSource(score.source) not in NOT_COUNTING and score.item in sheet.by_key:
                given[score.assessment_id][score.item].append(score)
    return {
        row.id: {
            key: _item(sheet.by_key[key], scores, sheet.terms.gap) for key, scores in given[row.id].items()
        }
        for row in rows
    }


def _item(item: Criterion, scores: Sequence[Score], gap: Decimal) -> ItemScore:
    """The latest score of each scorer counts, and of an item that one judges the latest of all; where an
    objection put it right, that alone."""
    latest = list({score.by_login: score for score in scores}.values())
    counting = latest if item.independent > 1 else [scores[-1]]
    corrected = [score for score in scores if score.source == ScoreSource.CORRECTION]
    wanted = item.independent
    if corrected:
        counting, wanted = corrected[-1:], 1
    return ItemScore(
        item=item.key,
        settled=settled(item.most, [score.points for score in counting], wanted, gap),
        given=len(counting),
    )


def vetoed(session: Session, sheet: Sheet, rows: Sequence[Assessment]) -> dict[int, tuple[str, ...]]:
    """Participant → titles of the items that veto (一票否决) and were found."""
    vetoes = [item for item in sheet.criteria if item.part is SheetPart.VETO]
    if not vetoes:
        return {}
    found = items_of(session, sheet, rows)
    told = {
        number: tuple(veto.title for veto in vetoes if veto.key in items and items[veto.key].settled.points)
        for number, items in found.items()
    }
    return {number: titles for number, titles in told.items() if titles}


def total_from(sheet: Sheet, items: Mapping[str, ItemScore]) -> Total:
    """The total that the items come to."""
    return total_of(
        sheet.criteria,
        {key: item.settled.points for key, item in items.items() if item.settled.points is not None},
        frozenset(key for key, item in items.items() if not item.settled.applies),
        bonus_most=sheet.terms.bonus_most,
        deduction_most=sheet.terms.deduction_most,
    )


def missing_items(session: Session, sheet: Sheet, rows: Sequence[Assessment]) -> dict[int, tuple[str, ...]]:
    """Participant → titles of the items without points yet."""
    found = items_of(session, sheet, rows)
    return {
        number: tuple(sheet.by_key[key].title for key in total_from(sheet, items).missing)
        for number, items in found.items()
    }


def _given_problems(sheet: Sheet, given: ScoreGiven, source: ScoreSource, place: int) -> Iterator[Problem]:
    item = sheet.by_key.get(given.item)
    if item is None:
        text = f"评分表第 {sheet.version} 版没有“{given.item[:40]}”这一项。"
        yield Problem(code="score.item", text=text, field="scores", row=place)
        return
    if source not in (*item.sources, *NOT_COUNTING, ScoreSource.CORRECTION):
        words = "、".join(known.words for known in item.sources)
        text = f"“{item.title}”由{words}评分，不由{source.words}评分。"
        yield Problem(code="score.source", text=text, field="scores", row=place)
    if given.found is None:
        if not given.evidence.strip():
            text = f"“{item.title}”不适用的，请在依据中写明理由。"
            yield Problem(code="score.reason", text=text, field="scores", row=place)
        return
    most = {SheetMeasure.RATING: Decimal(1), SheetMeasure.MEAN: Decimal(100)}.get(item.measure, MOST_FOUND)
    if not 0 <= given.found <= most:
        text = f"“{item.title}”的{item.measure.words}应在 0 至 {most} 之间，现为 {given.found}。"
        yield Problem(code="score.range", text=text, field="scores", row=place)
    if item.measure is SheetMeasure.RATIO and (given.due is None or not 0 <= given.due <= MOST_FOUND):
        text = f"“{item.title}”按比例计分，请填应完成数（没有应完成的填 0）。"
        yield Problem(code="score.due", text=text, field="scores", row=place)
