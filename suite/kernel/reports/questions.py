"""A question asked of a roster (上午要数下午交): who, as of when, told apart by what; kept by name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Handler
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import refuse
from suite.kernel.accounts.seen import APART
from suite.kernel.exchange.export import words_of
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.queries import (
    DateRange,
    ListQuery,
    count,
    counts_by,
    readable_kind,
)
from suite.loader.catalog import Catalog
from suite.tables import SavedQuestion, Subject

MOST_GROUPS = 500
LONGEST_TITLE = 60
NOTHING = "未填"
Filters = Mapping[str, Sequence[Any] | DateRange]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: of which roster, who of it, as of which day (None: today's), told apart by what."""

    kind: str
    filters: Filters
    words: str = ""
    group_by: str = ""
    as_of: dt.date | None = None

    @property
    def query(self) -> ListQuery:
        """The list that it counts."""
        return ListQuery(kind=self.kind, filters=self.filters, text=self.words, as_of=self.as_of)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How many, told apart; `basis` is the 口径说明, heading and words. people: the kinds of people whose
    names its groups are."""

    kind: RecordKind
    question: Question
    field: Field | None
    groups: tuple[tuple[str, int], ...]
    total: int
    basis: tuple[tuple[str, str], ...]
    people: tuple[RecordKind, ...] = ()

    @property
    def title(self) -> str:
        """What was asked, for headings and names of files."""
        by = f"（按{self.field.title}）" if self.field else ""
        return f"{self.kind.title}人数{by}" if self.kind.has_person else f"{self.kind.title}数量{by}"


@dataclass(frozen=True, kw_only=True)
class SaveQuestion(Command):
    """Remember a question under a name; one's own question of the same name is replaced."""

    permission: ClassVar[str] = "core:view:save"
    title: ClassVar[str] = "保存问数"

    name: str
    kind: str
    filters: str
    words: str = ""
    group_by: str = ""
    as_of: dt.date | None = None
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class DeleteQuestion(Command):
    """Forget one's own question."""

    permission: ClassVar[str] = "core:view:save"
    title: ClassVar[str] = "删除问数"

    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """A remembered question."""

    id: int
    title: str
    question: Question
    shared: bool
    own: bool


def save_question(command: SaveQuestion, work: Transaction) -> Done:
    """Write it. Refuses a field that the roster has not, and filters that cannot be read."""
    name = command.name.strip()
    if not name or len(name) > LONGEST_TITLE:
        raise refuse("required", f"请给问数起个名称，最多 {LONGEST_TITLE} 字。", field="name")
    kind = readable_kind(work.actor, work.catalog, command.kind)
    field_of(kind, command.group_by)
    unpacked_filters(kind, command.filters)
    row = work.session.scalar(
        select(SavedQuestion).where(SavedQuestion.owner == work.actor.login, SavedQuestion.title == name)
    )
    if row is None:
        row = SavedQuestion(owner=work.actor.login, title=name)
        work.session.add(row)
    row.kind, row.filters, row.words = kind.key, command.filters, command.words.strip()
    row.group_by, row.as_of, row.shared = command.group_by, command.as_of, command.shared
    work.session.flush()
    return Done(
        text=f"已保存问数“{name}”",
        changes=(Change(kind="core.question", ids=(row.id,)),),
        result={"question": row.id},
    )


def delete_question(command: DeleteQuestion, work: Transaction) -> Done:
    """Remove it."""
    row = work.session.get(SavedQuestion, command.question_id)
    if row is None or row.owner != work.actor.login:
        raise refuse("question.unknown", "没有这个问数，或它不是您保存的。", field="question_id")
    work.session.delete(row)
    work.session.flush()
    return Done(text=f"已删除问数“{row.title}”", changes=(Change(kind="core.question", ids=(row.id,)),))


HANDLERS: Mapping[type[Command], Handler] = {SaveQuestion: save_question, DeleteQuestion: delete_question}


def questions(session: Session, actor: Actor, catalog: Catalog) -> list[QuestionLine]:
    """One's own questions and those that others share, of rosters that one may read."""
    rows = session.scalars(
        select(SavedQuestion)
        .where(or_(SavedQuestion.owner == actor.login, SavedQuestion.shared))
        .order_by(SavedQuestion.title)
    )
    found = []
    for row in rows:
        kind = catalog.kinds.get(row.kind)
        if kind is None or not actor.may(f"{kind.owner}:roster:read"):
            continue
        question = Question(
            kind=row.kind,
            filters=unpacked_filters(kind, row.filters),
            words=row.words,
            group_by=row.group_by,
            as_of=row.as_of,
        )
        found.append(
            QuestionLine(
                id=row.id,
                title=row.title,
                question=question,
                shared=row.shared,
                own=row.owner == actor.login,
            )
        )
    return found


def question_named(session: Session, actor: Actor, catalog: Catalog, words: str) -> QuestionLine:
    """The question of a name; one's own goes before another's. Raises Refused."""
    found = [item for item in questions(session, actor, catalog) if item.title == words.strip()]
    if not found:
        text = f"没有保存过问数“{words[:60]}”。suite report questions 列出全部。"
        raise refuse("question.unknown", text, field="question")
    return max(found, key=lambda item: item.own)


def field_of(kind: RecordKind, key: str) -> Field | None:
    """The field by which it is told apart; None for no field. Raises Refused for one that tells too much."""
    if not key:
        return None
    offered = groupable(kind)
    field = next((item for item in offered if item.key == key), None)
    if field is None:
        known = "、".join(item.title for item in offered)
        meant = kind.by_key[key].title if key in kind.by_key else key[:40]
        raise refuse("field.unknown", f"“{kind.title}”不能按“{meant}”分组。可用：{known}。", field="group_by")
    return field


def groupable(kind: RecordKind) -> list[Field]:
    """The fields by which a roster is sensibly told apart."""
    return [field for field in kind.fields if field.type in APART and not field.sensitive]


def answer(session: Session, actor: Actor, catalog: Catalog, question: Question, today: dt.date) -> Answer:
    """Count it. What is out of the actor's scope is not counted. Raises Refused."""
    kind = readable_kind(actor, catalog, question.kind)
    field = field_of(kind, question.group_by)
    districts = short_district_names(session)
    groups: list[tuple[str, int]] = []
    if field is not None:
        found = counts_by(session, actor, catalog, question.query, field.key)
        names = _link_names(session, [value for value, _ in found]) if field.type is FieldType.LINK else {}
        for value, number in found:
            shown = names.get(value, value) if names else words_of(catalog, field, value, districts)
            groups.append((NOTHING if shown in (None, "") else str(shown), number))
        groups.sort(key=lambda pair: (pair[0] == NOTHING, -pair[1], pair[0]))
    return Answer(
        kind=kind,
        question=question,
        field=field,
        groups=tuple(groups[:MOST_GROUPS]),
        total=count(session, actor, catalog, question.query, cap=None),
        basis=_basis(kind, field, question, filter_words(kind, question.filters, catalog, districts), today),
        people=people_named(catalog, field),
    )


def people_named(catalog: Catalog, field: Field | None) -> tuple[RecordKind, ...]:
    """The kinds of people to which a grouping leads: its groups are their names."""
    links = field.links if field is not None and field.type is FieldType.LINK else ()
    return tuple(kind for kind in map(catalog.kinds.get, links) if kind is not None and kind.has_person)


def people_refusal(actor: Actor, field: Field | None, people: Sequence[RecordKind]) -> str:
    """Why groups that are names of people may not go out as a file; empty where they may."""
    for kind in people:
        if field is not None and not actor.may(f"{kind.owner}:roster:export"):
            return (
                f"按“{field.title}”分组列出{kind.title}的姓名，您没有导出“{kind.title}”名册的权限，"
                "请改按其他项分组，或联系科室管理员"
            )
    return ""


def _link_names(session: Session, ids: Sequence[Any]) -> dict[Any, str]:
    wanted = [value for value in ids if value is not None]
    found: dict[Any, str] = {}
    for start in range(0, len(wanted), MOST_GROUPS):
        part = wanted[start : start + MOST_GROUPS]
        found.update(session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part))).all())
    return found


def _basis(
    kind: RecordKind, field: Field | None, question: Question, conditions: str, today: dt.date
) -> tuple[tuple[str, str], ...]:
    day = question.as_of or today
    counted = (
        f"截至该日在册的{kind.title}，按当日的情况计"
        if question.as_of
        else f"名册中的全部{kind.title}，按现在的情况计"
    )
    several = field is not None and field.type is FieldType.CODES
    said = [
        ("统计对象", kind.title),
        ("截止日期", day.isoformat()),
        ("计入范围", counted),
        ("筛选条件", conditions or "无"),
        ("检索词", question.words or "无"),
        ("分组", field.title if field else "不分组"),
    ]
    if several:
        said.append(("说明", "一人可有几项，各项之和可能大于合计。"))
    return tuple(said)


def filter_words(kind: RecordKind, filters: Filters, catalog: Catalog, districts: Mapping[str, str]) -> str:
    """The filters as people read them."""
    said = []
    for key, wanted in filters.items():
        field = kind.by_key[key]
        if isinstance(wanted, DateRange):
            words = f"{wanted.first or ''}至{wanted.last or ''}"
        else:
            words = "、".join(
                NOTHING if value is None else str(words_of(catalog, field, value, dict(districts)))
                for value in wanted
            )
        said.append(f"{field.title}：{words}")
    return "；".join(said)


# Filters as they are kept.


def packed_filters(filters: Filters) -> str:
    """Filters as text."""
    said: dict[str, Any] = {}
    for key, wanted in filters.items():
        if isinstance(wanted, DateRange):
            said[key] = {
                "first": None if wanted.first is None else wanted.first.isoformat(),
                "last": None if wanted.last is None else wanted.last.isoformat(),
            }
        else:
            said[key] = [
                value.isoformat()
                if isinstance(value, dt.date)
                else str(value)
                if isinstance(value, Decimal)
                else value
                for value in wanted
            ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def unpacked_filters(kind: RecordKind, text: str) -> dict[str, Sequence[Any] | DateRange]:
    """Filters from text. Raises Refused for what is none, for fields that the roster lost since, and for
    secrets: a question that is kept and shared would spread the number that it asks for."""
    try:
        said = json.loads(text or "{}")
        found = {key: _unpacked(kind.by_key[key], wanted) for key, wanted in said.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refuse("question.filters", f"筛选条件看不懂：{error}。请重新设定。", field="filters") from error
    secret = next((kind.by_key[key].title for key in found if kind.by_key[key].sensitive), None)
    if secret is not None:
        raise refuse("field.secret", f"“{secret}”不能用作筛选条件。", field="filters")
    return found


def _unpacked(field: Field, wanted: Any) -> Sequence[Any] | DateRange:
    if isinstance(wanted, dict):
        first, last = (
            None if wanted[name] is None else dt.date.fromisoformat(wanted[name])
            for name in ("first", "last")
        )
        return DateRange(first=first, last=last)
    values = list(wanted)
    match field.type:
        case FieldType.DATE:
            return [None if value is None else dt.date.fromisoformat(value) for value in values]
        case FieldType.DECIMAL:
            return [None if value is None else Decimal(value) for value in values]
    return values
