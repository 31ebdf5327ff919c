"""Opening a season: who takes part is settled by rule, and every exception names its rule."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from suite.contract.assessment import AssessmentRecords, AssessmentScheme
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.database.bulk import insert_rows
from suite.kernel.assessment.commands import AddMissing, OpenCampaign
from suite.kernel.assessment.grading import first_rule, proposed
from suite.kernel.assessment.records import Candidate, candidates, period_of
from suite.kernel.assessment.schemes import keep_terms, kept_version, require_everywhere, scheme_of
from suite.kernel.assessment.standing import (
    DEFERRED,
    IN,
    OUTSIDE,
    RUNNING,
    UNGRADED,
    campaign_of,
    changed,
    group_of,
    note_event,
    reached,
    refuse_any,
)
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Assessment, Campaign, CampaignActor, FinishedReconciliation

ASSESSMENTS = Assessment.metadata.tables[Assessment.__tablename__]
LONGEST_DAYS = 366 * 3
NAMED = 5


def open_campaign(command: OpenCampaign, work: Transaction) -> Done:
    """Open the season. Raises Refused where the period is none, lies ahead, or has its season already."""
    scheme = scheme_of(work.catalog, command.scheme)
    require_everywhere(work, scheme, "assessment:run")
    frozen_on = command.frozen_on or command.last
    refuse_any(_problems(command, frozen_on, work))
    if work.session.scalar(
        select(Campaign.id).where(
            Campaign.scheme == scheme.key, Campaign.first <= command.last, Campaign.last >= command.first
        )
    ):
        text = f"“{scheme.title}”在这一期间已经开展过，或已登记往年等次，不能重复开展。"
        raise refuse("campaign.twice", text, ProblemKind.FORBIDDEN, field="first")
    _require_actors(command, scheme)
    campaign = Campaign(
        version_id=kept_version(work, scheme),
        scheme=scheme.key,
        profession=scheme.owner,
        title=command.heading.strip(),
        first=command.first,
        last=command.last,
        frozen_on=frozen_on,
        state=RUNNING,
        opened_by=work.actor.login,
        opened_at=work.now,
    )
    work.session.add(campaign)
    work.session.flush()
    keep_terms(work, scheme, campaign)
    for step, action in command.actors.items():
        work.session.add(
            CampaignActor(campaign_id=campaign.id, step=step, profession=scheme.owner, action=action)
        )
    rows = _rows(work, scheme, campaign)
    if not rows:
        text = f"{frozen_on} 名册上没有应参加“{scheme.title}”的对象，请先导入名册。"
        raise refuse("campaign.nobody", text, field="frozen_on")
    insert_rows(work.connection, ASSESSMENTS, rows)
    warnings = unreconciled(work, scheme, frozen_on) if scheme.reconciles else ()
    standing = _standings(rows)
    return Done(
        text=f"{campaign.title}已开展：{_words(standing)}",
        changes=(Change(kind=scheme.key, ids=(campaign.id,)),),
        warnings=warnings,
        result={"campaign_id": campaign.id, **standing},
    )


def add_missing(command: AddMissing, work: Transaction) -> Done:
    """Add whom the roster of that day has now and the season has not. Nothing is asked of the others."""
    campaign = campaign_of(work, command.campaign_id)
    scheme = scheme_of(work.catalog, campaign.scheme)
    require_everywhere(work, scheme, "assessment:run")
    known = set(
        work.session.scalars(select(Assessment.subject_id).where(Assessment.campaign_id == campaign.id))
    )
    rows = [row for row in _rows(work, scheme, campaign) if row["subject_id"] not in known]
    insert_rows(work.connection, ASSESSMENTS, rows)
    for part in chunks([row["subject_id"] for row in rows]):
        wanted = select(Assessment).where(
            Assessment.campaign_id == campaign.id, Assessment.subject_id.in_(part)
        )
        for added in work.session.scalars(wanted):
            note_event(work, added, "added", "开展后补列", work.today)
    standing, names = _standings(rows), "、".join(str(row["name"]) for row in rows[:NAMED])
    text = f"补列 {len(rows):,} 个对象（{names}{'等' if len(rows) > NAMED else ''}）：{_words(standing)}"
    if not rows:
        text = f"{campaign.frozen_on} 在册的对象都已在这次考核中，没有需要补列的"
    return Done(text=text, changes=(changed(campaign),), result={"added": len(rows), **standing})


def _rows(work: Transaction, scheme: AssessmentScheme, campaign: Campaign) -> list[dict[str, Any]]:
    """Everybody whom the roster of the day has, with how the rules let him take part."""
    period = period_of(campaign, work)
    rows: list[dict[str, Any]] = []
    for key in scheme.kinds:
        for candidate in candidates(work.session, work.catalog, work.catalog.kind(key), period, scheme):
            rows.append(_row(scheme, campaign, candidate))
            work.progress("确定参加考核的对象", len(rows), 0)
    return rows


def _standings(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    counts = Counter(row["standing"] for row in rows)
    return {name: counts[name] for name in (IN, UNGRADED, DEFERRED, OUTSIDE)}


def _words(standing: Mapping[str, int]) -> str:
    return (
        f"参加 {standing[IN]:,}，不评定等次 {standing[UNGRADED]:,}，"
        f"暂缓 {standing[DEFERRED]:,}，不参加 {standing[OUTSIDE]:,}"
    )


def unreconciled(work: Transaction, scheme: AssessmentScheme, since: dt.date) -> tuple[Problem, ...]:
    """A warning for each roster that was not reconciled on the day that settles who takes part or later."""
    found = []
    for key in scheme.kinds:
        last = work.session.scalar(
            select(func.max(FinishedReconciliation.on_date)).where(FinishedReconciliation.kind == key)
        )
        if last is None or last < since:
            when = f"上次对账完成于 {last}，早于 {since}" if last else "还没有登记过对账完成"
            text = f"“{work.catalog.kind(key).title}”名册{when}，请先与协会名册对账，再确定参加考核的对象。"
            found.append(Problem(code="campaign.unreconciled", text=text, severity=Severity.WARNING))
    return tuple(found)


def standing_by_rule(scheme: AssessmentScheme, records: AssessmentRecords) -> tuple[str, str | None, str]:
    """Whether somebody takes part: the standing, the rule's key and its words with the article."""
    for standing, rules in (
        (OUTSIDE, scheme.outside),
        (UNGRADED, scheme.ungraded),
        (DEFERRED, scheme.deferred),
    ):
        rule = first_rule(records, rules)
        if rule is not None:
            return standing, rule.key, f"{rule.text}（{rule.article}）"
    return IN, None, ""


def proposal_by_rules(scheme: AssessmentScheme, records: AssessmentRecords) -> tuple[str | None, str]:
    """The grade that the records propose and why; none where a sheet's points are to come first."""
    if scheme.criteria:
        return None, ""
    found = proposed(records, scheme.grades, scheme.proposals, scheme.usual)
    words = "；".join(f"{rule.text}（{rule.article}）" for rule in found.reasons)
    return found.grade.key, (words or "没有影响等次的记录")[:500]


def _row(scheme: AssessmentScheme, campaign: Campaign, candidate: Candidate) -> dict[str, Any]:
    standing, rule, words = standing_by_rule(scheme, candidate.records)
    proposal, why = proposal_by_rules(scheme, candidate.records) if standing == IN else (None, "")
    return {
        "campaign_id": campaign.id,
        "subject_id": candidate.subject_id,
        **candidate.scope,
        "name": candidate.name,
        "body_id": candidate.body_id,
        "group": group_of(scheme, candidate.records.values),
        "standing": standing,
        "rule": rule,
        "rule_text": words[:500],
        "step": reached(scheme, standing, scheme.steps[0].key),
        "total": None,
        "proposal": proposal,
        "proposed_by": why,
        "grade": None,
        "departure": "",
        "graded_by": None,
        "graded_on": None,
        "run_id": None,
        "version": 1,
    }


def _require_actors(command: OpenCampaign, scheme: AssessmentScheme) -> None:
    """Raises Refused where a step is given to whom the scheme does not leave it."""
    for step, action in command.actors.items():
        known = scheme.by_step.get(step)
        if known is None or action not in known.or_by:
            allowed = [
                f"{item.key}（{item.title}）：{'、'.join(item.or_by)}" for item in scheme.steps if item.or_by
            ]
            words = "；".join(allowed) or "无"
            text = f"“{scheme.title}”的环节 {step[:40]} 不能由 {action[:40]} 办理。可以另定的环节：{words}。"
            raise refuse("campaign.actor", text, field="actors")


def _problems(command: OpenCampaign, frozen_on: Any, work: Transaction) -> list[Problem]:
    found = []
    if not 0 < len(command.heading.strip()) <= 200:
        found.append(Problem(code="required", text="请填写考核的名称，最多 200 字。", field="heading"))
    if not command.first <= command.last or (command.last - command.first).days > LONGEST_DAYS:
        text = f"考核期间应自某日至其后的某日，最长三年，现为 {command.first} 至 {command.last}。"
        found.append(Problem(code="campaign.period", text=text, field="last"))
    if frozen_on > work.today:
        text = f"确定参加对象的日期 {frozen_on} 还没有到（今天 {work.today}），请到时再开展。"
        found.append(Problem(code="campaign.ahead", text=text, field="frozen_on"))
    return found
