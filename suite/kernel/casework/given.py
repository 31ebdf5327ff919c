"""What a step brings along: checked against the declarations, then written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, select, update

from suite.contract.casework import CaseKind, PartyOf, PartyRole, Transition
from suite.contract.code_sets import packed
from suite.contract.commands import UNGIVEN
from suite.contract.declarations import CheckContext, FieldType
from suite.contract.effects import Newcomer
from suite.contract.problems import Problem
from suite.kernel.casework.current import scope_of
from suite.kernel.casework.rules import MOST_PARTIES, MOST_TEXT
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.locking import hold_named
from suite.kernel.registry.scoping import may_read
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseParty, District, Subject, User

#: What says that there is nothing.
EMPTY: tuple[Any, ...] = (None, "", ())


def given_values(
    transition: Transition, command: Any, kept: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """What the step sets, by field key: a value, or None where the field is emptied.

    A field that the command does not give (`UNGIVEN`) stays as it is. One that it gives empty (None, an empty
    or blank text, no codes) is emptied; where `kept`, the case's values, has nothing of it already, nothing
    is set. Where a field must be given, emptying it is refused as leaving it out is (`missing_problems`).
    """
    found = {key: getattr(command, key, UNGIVEN) for key in transition.fields}
    told = {key: _plain(value) for key, value in found.items() if value is not UNGIVEN}
    return {key: value for key, value in told.items() if value is not None or kept.get(key) not in EMPTY}


def _plain(value: Any) -> Any:
    """A value without the blanks around it; None for an empty one."""
    value = value.strip() if isinstance(value, str) else value
    return None if value in EMPTY else value


def value_problems(
    kind: CaseKind, values: Mapping[str, Any], catalog: Catalog, context: CheckContext
) -> list[Problem]:
    """What the fields' own checks have against the values."""
    found: list[Problem] = []
    for key, value in values.items():
        if value is None:
            continue
        field = kind.by_key[key]
        if field.codes is not None:
            known = catalog.codes[field.codes].by_value
            wrong = [item for item in (value if field.several else (value,)) if item not in known]
            if wrong:
                words = "、".join(f"{code.value}（{code.title}）" for code in known.values())
                text = f"“{field.title}”没有“{wrong[0]}”这一项，可选：{words}。"
                found.append(Problem(code="code.unknown", text=text, field=key))
        length = getattr(field.table.columns[field.name].type, "length", None) or MOST_TEXT
        if isinstance(value, str) and len(value) > length:
            text = f"“{field.title}”最多 {length} 字，现有 {len(value)} 字。"
            found.append(Problem(code="text.long", text=text, field=key))
            continue
        for check in field.checks:
            found.extend(problem.at(field=key) for problem in check(value, context))
    return found


def write_values(
    work: Transaction, case: Case, kind: CaseKind, values: Mapping[str, Any], *, new: bool
) -> None:
    """Write the details row, or the part of it that a step sets."""
    stored = {
        kind.by_key[key].name: packed(value or ()) if kind.by_key[key].type is FieldType.CODES else value
        for key, value in values.items()
    }
    if new:
        work.session.execute(insert(kind.details).values(case_id=case.id, **stored))
    elif stored:
        work.session.execute(update(kind.details).where(kind.details.c.case_id == case.id).values(**stored))


def party_problems(
    kind: CaseKind, transition: Transition, command: Any, work: Transaction
) -> tuple[list[Problem], dict[str, list[dict[str, Any]]]]:
    """What is wrong with the parties that a step names, and who they are, by role."""
    problems: list[Problem] = []
    named: dict[str, list[dict[str, Any]]] = {}
    for key in transition.parties:
        role = kind.roles[key]
        wanted = list(dict.fromkeys(getattr(command, key, ()) or ()))
        if not wanted and transition.opens and key != kind.respondent:
            continue
        if not wanted and transition.opens and kind.newcomer is not None:
            named[key] = [{"name": _newcomer_name(kind.newcomer, command)}]
            problems += _newcomer_problems(kind, kind.newcomer, role, command, work)
            continue
        if len(wanted) < role.least:
            text = f"“{transition.title}”须写明至少 {role.least} 名{role.title}，现有 {len(wanted)} 名。"
            problems.append(Problem(code="party.few", text=text, field=key, article=transition.article))
        elif len(wanted) > MOST_PARTIES:
            text = f"{role.title}最多 {MOST_PARTIES} 名，现有 {len(wanted)} 名。"
            problems.append(Problem(code="party.many", text=text, field=key))
        else:
            found, wrong = _named(role, wanted, work)
            problems.extend(wrong)
            named[key] = found
    return problems, named


def _newcomer_name(newcomer: Newcomer, command: Any) -> str:
    return str(getattr(command, newcomer.name, None) or "").strip()[:200]


def _newcomer_problems(
    kind: CaseKind, newcomer: Newcomer, role: PartyRole, command: Any, work: Transaction
) -> list[Problem]:
    """Who is on no roster yet is told by a name, and the case lies in a district that there is."""
    found = []
    if not _newcomer_name(newcomer, command):
        title = kind.by_key[newcomer.name].title
        text = f"请从名册选取{role.title}；名册中还没有的，请填写“{title}”。"
        found.append(Problem(code="party.few", text=text, field=role.key))
    district = getattr(command, newcomer.district, None)
    known = work.session.scalar(select(District.code).where(District.code == district)) if district else None
    if known is None:
        title = kind.by_key[newcomer.district].title
        text = f"{role.title}不在名册中的，请填写“{title}”，办件归该地办理。"
        found.append(Problem(code="district.unknown", text=text, field=newcomer.district))
    return found


def _named(
    role: PartyRole, wanted: Sequence[Any], work: Transaction
) -> tuple[list[dict[str, Any]], list[Problem]]:
    match role.of:
        case PartyOf.NAME:
            return [{"name": str(item).strip()[:200]} for item in wanted], []
        case PartyOf.USER:
            users = {
                row.login: row for row in work.session.scalars(select(User).where(User.login.in_(wanted)))
            }
            wrong = [item for item in wanted if item not in users or not users[item].active]
            text = "没有在用的用户“{}”，请填登录名。"
            return (
                [{"login": item, "name": users[item].name} for item in wanted if item in users],
                [Problem(code="party.user", text=text.format(item), field=role.key) for item in wrong],
            )
        case PartyOf.SUBJECT:
            hold_named(work, [item for item in wanted if isinstance(item, int)])
            rows = {
                row.id: row
                for row in work.session.scalars(
                    select(Subject).where(Subject.id.in_(wanted), Subject.kind.in_(role.kinds))
                )
                if may_read(work.actor, row.profession, row.district_code, row.association)
            }
            titles = "、".join(
                work.catalog.kinds[key].title for key in role.kinds if key in work.catalog.kinds
            )
            text = "名册中没有编号为 {} 的" + titles + "，请从名册选取" + role.title + "。"
            return (
                [{"subject_id": item, "name": rows[item].name} for item in wanted if item in rows],
                [
                    Problem(code="party.subject", text=text.format(item), field=role.key)
                    for item in wanted
                    if item not in rows
                ],
            )


def write_parties(
    work: Transaction,
    case: Case,
    named: Mapping[str, Iterable[Mapping[str, Any]]],
    present: Iterable[CaseParty],
    on: dt.date,
) -> None:
    """Enter the named ones; whoever had the role and is not named any more leaves it on that day."""
    for role, wanted in named.items():
        wanted = list(wanted)
        here = [row for row in present if row.role == role and row.left_on is None]

        def key(item: Mapping[str, Any]) -> tuple[Any, ...]:
            return item.get("subject_id"), item.get("login"), item["name"]

        kept = {(row.subject_id, row.login, row.name) for row in here}
        asked = {key(item) for item in wanted}
        for row in here:
            if (row.subject_id, row.login, row.name) not in asked:
                row.left_on = on
        for item in wanted:
            if key(item) not in kept:
                work.session.add(CaseParty(**scope_of(case), role=role, since=on, **item))
    work.session.flush()
