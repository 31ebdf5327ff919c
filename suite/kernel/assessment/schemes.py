"""Sheets of schemes by version: the declared one is the first, the bureau's own follow; none ever changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.assessment import (
    AssessmentGrade,
    AssessmentScheme,
    Criterion,
    ScoreSource,
    SheetMeasure,
    SheetPart,
)
from suite.contract.code_sets import members, packed
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.assessment.commands import SaveScheme
from suite.kernel.assessment.sheet_rows import row_of
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import Campaign, CampaignActor, CampaignTerm, SchemeGrade, SchemeItem, SchemeVersion, User

DECLARED = "随程序提供"
QUOTA = "quota."
MOST_ITEMS = 200


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The numbers by which a season reckons, as they were when it was opened: a parameter that changes later
    is for the seasons to come.

    gap: by what share of an item's points two scorers may differ. bonus_most and deduction_most: in points.
    quotas: grade → the share of all of a group who may have it at most.
    """

    gap: Decimal = Decimal("0.1")
    bonus_most: Decimal = Decimal(0)
    deduction_most: Decimal = Decimal(0)
    quotas: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A scheme as one version of it says: its items, and its grades with their points; of a season, its
    terms."""

    version: int
    scheme: AssessmentScheme
    criteria: tuple[Criterion, ...]
    grades: tuple[AssessmentGrade, ...]
    note: str = DECLARED
    terms: Terms = Terms()

    @cached_property
    def by_key(self) -> Mapping[str, Criterion]:
        """Item key → item."""
        return {item.key: item for item in self.criteria}


def scheme_of(catalog: Catalog, key: str) -> AssessmentScheme:
    """The scheme of this key. Raises Refused where no plugin that is on declares it."""
    found = catalog.schemes.get(key)
    if found is None:
        text = f"没有考核方案 {key[:60]}，或声明它的插件未启用。可用 suite kinds 查看全部。"
        raise refuse("scheme.unknown", text, field="scheme")
    return found


def sheet_of(session: Session, scheme: AssessmentScheme, row: SchemeVersion) -> Sheet:
    """The sheet of a stored version. A grade that is no longer declared is left out."""
    items = session.scalars(
        select(SchemeItem).where(SchemeItem.version_id == row.id).order_by(SchemeItem.place)
    )
    points = dict(
        session.execute(
            select(SchemeGrade.grade, SchemeGrade.at_least).where(SchemeGrade.version_id == row.id)
        ).all()
    )
    return Sheet(
        version=row.version,
        scheme=scheme,
        criteria=tuple(_criterion(item) for item in items),
        grades=tuple(replace(grade, at_least=points.get(grade.key)) for grade in scheme.grades),
        note=row.note,
    )


def sheet_of_season(session: Session, catalog: Catalog, campaign: Campaign) -> Sheet:
    """The sheet that a season is run by, its steps taken by those whom the season named."""
    scheme = scheme_of(catalog, campaign.scheme)
    actors = dict(
        session.execute(
            select(CampaignActor.step, CampaignActor.action).where(CampaignActor.campaign_id == campaign.id)
        ).all()
    )
    version = session.get_one(SchemeVersion, campaign.version_id)
    sheet = sheet_of(session, scheme.by_others(actors), version)
    return replace(sheet, terms=terms_of_season(session, campaign))


def terms_of_season(session: Session, campaign: Campaign) -> Terms:
    """The terms that were written down when the season was opened."""
    kept = dict(
        session.execute(
            select(CampaignTerm.key, CampaignTerm.value).where(CampaignTerm.campaign_id == campaign.id)
        ).all()
    )
    usual = Terms()
    return Terms(
        gap=kept.get("gap", usual.gap),
        bonus_most=kept.get("bonus_most", usual.bonus_most),
        deduction_most=kept.get("deduction_most", usual.deduction_most),
        quotas={key.removeprefix(QUOTA): kept[key] for key in kept if key.startswith(QUOTA)},
    )


def keep_terms(work: Transaction, scheme: AssessmentScheme, campaign: Campaign) -> None:
    """Write down the terms that are in force as a season is opened."""
    kept = {"bonus_most": scheme.bonus_most, "deduction_most": scheme.deduction_most}
    if scheme.gap is not None:
        kept["gap"] = Decimal(str(work.parameters[scheme.gap]))
    kept |= {
        f"{QUOTA}{grade.key}": Decimal(str(work.parameters[grade.quota]))
        for grade in scheme.grades
        if grade.quota is not None
    }
    for key, value in kept.items():
        work.session.add(CampaignTerm(campaign_id=campaign.id, key=key, profession=scheme.owner, value=value))


def _criterion(row: SchemeItem) -> Criterion:
    return Criterion(
        key=row.key,
        title=row.title,
        heading=row.heading,
        most=row.most,
        measure=SheetMeasure(row.measure),
        sources=tuple(ScoreSource(value) for value in members(row.sources)),
        full=row.full,
        part=SheetPart(row.part),
        independent=row.independent,
        rule=row.rule,
        article=row.article,
    )


def kept_version(work: Transaction, scheme: AssessmentScheme) -> int:
    """The id of the version that the next season is run by; the declared sheet is written down with its
    first use."""
    found = work.session.scalar(
        select(SchemeVersion.id)
        .where(SchemeVersion.scheme == scheme.key)
        .order_by(SchemeVersion.version.desc())
        .limit(1)
    )
    return found or _write(work, scheme, 1, scheme.criteria, scheme.grades, DECLARED)


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One version of a scheme's sheet: why, who and when, and which seasons are run by it."""

    version: int
    note: str
    by: str
    at: dt.datetime | None
    seasons: tuple[str, ...]


def latest_sheet(session: Session, catalog: Catalog, key: str, version: int | None = None) -> Sheet:
    """The sheet that the next season is run by, or that of a version. Raises Refused for one that is not."""
    scheme = scheme_of(catalog, key)
    statement = select(SchemeVersion).where(SchemeVersion.scheme == scheme.key)
    if version is not None:
        statement = statement.where(SchemeVersion.version == version)
    row = session.scalar(statement.order_by(SchemeVersion.version.desc()).limit(1))
    if row is not None:
        return sheet_of(session, scheme, row)
    if version not in (None, 1):
        text = f"“{scheme.title}”没有第 {version} 版。"
        raise refuse("scheme.version", text, field="version")
    return Sheet(version=1, scheme=scheme, criteria=scheme.criteria, grades=scheme.grades)


def versions_of(session: Session, catalog: Catalog, key: str) -> list[VersionLine]:
    """Every version of a scheme's sheet, the latest first; the declared one before its first use, too."""
    scheme = scheme_of(catalog, key)
    seasons: dict[int, list[str]] = {}
    for version_id, title in session.execute(
        select(Campaign.version_id, Campaign.title).where(Campaign.scheme == key).order_by(Campaign.last)
    ):
        seasons.setdefault(version_id, []).append(title)
    found = [
        VersionLine(
            version=row.version,
            note=row.note,
            by=name or row.by_login,
            at=row.at,
            seasons=tuple(seasons.get(row.id, ())),
        )
        for row, name in session.execute(
            select(SchemeVersion, User.name)
            .outerjoin(User, User.login == SchemeVersion.by_login)
            .where(SchemeVersion.scheme == scheme.key)
            .order_by(SchemeVersion.version.desc())
        )
    ]
    return found or [VersionLine(version=1, note=DECLARED, by="", at=None, seasons=())]


def save_scheme(command: SaveScheme, work: Transaction) -> Done:
    """Write a new version of the sheet; seasons that run keep theirs. Raises Refused, all faults at once."""
    scheme = scheme_of(work.catalog, command.scheme)
    require_everywhere(work, scheme, "assessment:run")
    last = work.session.scalar(
        select(func.max(SchemeVersion.version)).where(SchemeVersion.scheme == scheme.key)
    )
    if command.base_version != (last or 1):
        text = f"“{scheme.title}”已有第 {last} 版，请在它的基础上修改。您的修改仍在。"
        raise refuse("scheme.stale", text, ProblemKind.STALE, field="base_version")
    grades = tuple(
        replace(grade, at_least=command.grades.get(grade.key, grade.at_least)) for grade in scheme.grades
    )
    standing = latest_sheet(work.session, work.catalog, scheme.key)
    same = list(map(row_of, command.criteria)) == list(map(row_of, standing.criteria))
    if same and grades == standing.grades:
        text = f"“{scheme.title}”没有变化，仍为第 {standing.version} 版"
        return Done(text=text, result={"version": standing.version})
    problems = sheet_problems(command.criteria, grades)
    if not command.note.strip():
        problems.append(Problem(code="reason.required", text="请写明修订的依据。", field="note"))
    if problems:
        raise Refused(problems)
    if last is None:
        _write(work, scheme, 1, scheme.criteria, scheme.grades, DECLARED)
    version = (last or 1) + 1
    _write(work, scheme, version, command.criteria, grades, command.note.strip())
    return Done(
        text=f"“{scheme.title}”第 {version} 版已保存，以后开展的考核按新版，已开展的不变",
        changes=(Change(kind=scheme.key, ids=()),),
        result={"version": version},
    )


def sheet_problems(criteria: Sequence[Criterion], grades: Sequence[AssessmentGrade]) -> list[Problem]:
    """What is wrong with a sheet: keys twice, points that do not add up, grades in no order."""
    found = []
    if len(criteria) > MOST_ITEMS:
        text = f"评分项最多 {MOST_ITEMS} 项，现有 {len(criteria)} 项。"
        found.append(Problem(code="sheet.long", text=text, field="criteria"))
    for key, times in Counter(item.key for item in criteria).items():
        if times > 1:
            text = f"评分项 {key} 有 {times} 个，请改名。"
            found.append(Problem(code="sheet.twice", text=text, field="criteria"))
    for row, item in enumerate(criteria):
        if item.most <= 0 or item.full <= 0 or not item.title.strip() or item.independent not in (1, 2):
            text = f"“{item.title}”：分值、满分标准应大于 0，名称不能为空，评分人数为 1 或 2。"
            found.append(Problem(code="sheet.item", text=text, field="criteria", row=row))
        if not item.sources:
            text = f"“{item.title}”：请至少选一种评分来源。"
            found.append(Problem(code="sheet.source", text=text, field="criteria", row=row))
    total = sum((item.most for item in criteria if item.part is SheetPart.ITEM), Decimal(0))
    if criteria and total != 100:
        sums: dict[str, Decimal] = {}
        for item in criteria:
            if item.part is SheetPart.ITEM:
                sums[item.heading] = sums.get(item.heading, Decimal(0)) + item.most
        parts = "、".join(f"{heading} {points.normalize():f}" for heading, points in sums.items())
        word = f"少 {100 - total}" if total < 100 else f"多 {total - 100}"
        text = f"评分项（不含加减分）合计应为 100 分，现为 {total} 分，{word} 分（{parts}）。请调整分值。"
        found.append(Problem(code="sheet.sum", text=text, field="criteria"))
    points = [grade.at_least for grade in grades if grade.at_least is not None]
    if any(low >= high for high, low in pairwise(points)):
        found.append(Problem(code="sheet.grades", text="等次的分数线应由高到低。", field="grades"))
    return found


def _write(
    work: Transaction,
    scheme: AssessmentScheme,
    version: int,
    criteria: Sequence[Criterion],
    grades: Sequence[AssessmentGrade],
    note: str,
) -> int:
    row = SchemeVersion(
        scheme=scheme.key,
        profession=scheme.owner,
        version=version,
        note=note,
        by_login=work.actor.login,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for place, item in enumerate(criteria, 1):
        work.session.add(
            SchemeItem(
                version_id=row.id,
                key=item.key,
                profession=scheme.owner,
                place=place,
                heading=item.heading,
                title=item.title,
                most=item.most,
                measure=item.measure.value,
                full=item.full,
                part=item.part.value,
                independent=item.independent,
                sources=packed(source.value for source in item.sources) or "",
                rule=item.rule,
                article=item.article,
            )
        )
    for grade in grades:
        if grade.at_least is not None:
            work.session.add(
                SchemeGrade(
                    version_id=row.id, grade=grade.key, profession=scheme.owner, at_least=grade.at_least
                )
            )
    work.session.flush()
    return row.id


def require_everywhere(work: Transaction, scheme: AssessmentScheme, action: str) -> None:
    """Raises Refused where the actor does not hold an action of the scheme's profession everywhere."""
    if not any(
        scope.holds(scheme.owner, None, None) for scope in work.actor.scopes(f"{scheme.owner}:{action}")
    ):
        declared = work.catalog.permissions.get(f"{scheme.owner}:{action}")
        words = declared.title if declared else action
        text = f"您没有在全市范围“{words}”的权限，请联系科室管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)
