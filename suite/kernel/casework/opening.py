"""Opening a case: number, place, parties, allegations; and whether it repeats an earlier one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from suite.contract.case_facts import CaseFacts, PartyFact
from suite.contract.casework import (
    CaseKind,
    Transition,
)
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.kernel.accounts.others import Place
from suite.kernel.casework.clocking import apply_acts
from suite.kernel.casework.commands import AllegationGiven, ComplainantGiven, LineGiven, OpenStep
from suite.kernel.casework.complainants import (
    SameComplainant,
    complainant_problems,
    same_complainants,
    write_complainants,
)
from suite.kernel.casework.current import add_event, may
from suite.kernel.casework.day_rules import early_problems, order_problems
from suite.kernel.casework.effecting import with_effects
from suite.kernel.casework.given import (
    given_values,
    party_problems,
    value_problems,
    write_parties,
    write_values,
)
from suite.kernel.casework.inspections.recusing import recused_parties
from suite.kernel.casework.line_rules import step_line_problems
from suite.kernel.casework.lines import facts_with, write_lines
from suite.kernel.casework.numbering import next_number
from suite.kernel.casework.others import blind_parties
from suite.kernel.casework.papers.own_numbers import number_problems
from suite.kernel.casework.rules import (
    MOST_ALLEGATIONS,
    MOST_PARTIES,
    MOST_TEXT,
    date_problems,
    digest_of,
    guard_problems,
    missing_problems,
    note_problems,
    refuse_or_warn,
)
from suite.kernel.casework.surroundings import around
from suite.kernel.casework.telling import line_texts, telling_problems, written
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.prepare import association_of
from suite.loader.catalog import Catalog
from suite.tables import Allegation, Case, CaseParty, Subject, User

MOST_TITLE, SHOWN_TITLE = 300, 60


def open_case(command: OpenStep, work: Transaction) -> Done:
    """Open the case. Raises Refused, all at once; `case.repeat` where it looks like an earlier one.

    Other cases of the same complainant are told as warnings, in all sections.
    """
    kind = work.catalog.case_kind(command.kind)
    lifecycle = work.catalog.lifecycle_of(kind)
    transition = lifecycle.by_command.get(type(command).__name__)
    if transition is None:
        text = f"“{kind.title}”不能以“{command.title}”立案。"
        raise refuse("case.step", text, ProblemKind.FORBIDDEN, field="kind")
    on = command.on or work.today
    values = given_values(transition, command)
    complainants: tuple[ComplainantGiven, ...] = getattr(command, "complainants", ()) or ()
    allegations: tuple[AllegationGiven, ...] = getattr(command, "allegations", ()) or ()
    lines: tuple[LineGiven, ...] = getattr(command, "lines", ()) or ()
    party_faults, named = party_problems(kind, transition, command, work)
    days = {"opened": on, transition.command: on}
    problems = [
        *date_problems(on, work.today, None),
        *early_problems(kind, values),
        *order_problems(kind, lifecycle, values, days, {*values, *days}),
        *missing_problems(kind, transition, values),
        *value_problems(kind, values, work.catalog, work.checks),
        *number_problems(kind, transition, values, work),
        *party_faults,
        *_complainant_problems(transition, complainants, work.today),
        *_telling_problems(command, dict(written(values)) | line_texts(lines), complainants, allegations),
        *_allegation_problems(kind, transition, allegations, work.catalog),
        *step_line_problems(kind, transition, lines, work.catalog.codes, {}),
        *note_problems(command.note),
        *_matter_problems(command.matter),
    ]
    warnings = refuse_or_warn(problems)
    respondents = [item["subject_id"] for item in named[kind.respondent] if "subject_id" in item]
    district, association = _place(kind, values, respondents, work)
    case = Case(
        kind=kind.key,
        profession=kind.rights,
        district_code=district,
        association=association,
        title=command.matter.strip()
        or _first_of(allegations)
        or f"{_called(kind, values, work)}：{'、'.join(i['name'] for i in named[kind.respondent])}"[
            :MOST_TITLE
        ],
        state=transition.to,
        opened=on,
        handler=work.actor.login,
        section_id=work.session.scalar(select(User.section_id).where(User.login == work.actor.login)),
        repeat_of=command.repeat_of or _origin(kind, values, work),
        created_at=work.now,
        updated_at=work.now,
    )
    if not may(work.actor, transition.permission, case):
        text = "被投诉或申请的对象不在您的管理范围内，请联系科室管理员。"
        raise refuse("out_of_scope", text, ProblemKind.NOT_PERMITTED, field=kind.respondent)
    refuse_or_warn(blind_parties(work, named, Place.of(case)))
    refuse_or_warn(recused_parties(work, kind, named, respondents))
    warnings += refuse_or_warn(_barred(kind, transition, case, values, lines, named, work))
    others = same_complainants(
        work.session, work.actor, (digest_of(item.name, item.id_number, item.phone) for item in complainants)
    )
    _ask_about_repeats(command, kind, values, respondents, others, work)
    case.number = next_number(work, kind.series, on.year, kind.rights)
    work.session.add(case)
    work.session.flush()
    write_values(work, case, kind, values, new=True)
    write_parties(work, case, named, (), on)
    write_complainants(work, case, complainants, on)
    _write_allegations(work, case, allegations)
    told = write_lines(work, case, lines, (), on)
    apply_acts(work, case, (), transition.clocks, on, ends=False, values=values)
    add_event(
        work,
        case,
        title=transition.title,
        on=on,
        command=transition.command,
        note=command.note,
        given=values | told | {role: [item["name"] for item in people] for role, people in named.items()},
    )
    done = Done(
        text=f"已{transition.title}，编号 {case.number}",
        changes=(Change(kind=kind.key, ids=(case.id,)),),
        warnings=(*warnings, *(_told(work.catalog, other) for other in others)),
        result={"case_id": case.id, "number": case.number, "state": case.state, "version": case.version},
    )
    return with_effects(done, transition, case, on, work)


def _origin(kind: CaseKind, values: Mapping[str, Any], work: Transaction) -> int | None:
    """The case whose number was given as where this one comes from, if it is one that the actor may read."""
    number = values.get(kind.origin)
    found = work.session.scalar(select(Case).where(Case.number == number)) if number else None
    return found.id if found is not None and may(work.actor, "case:read", found) else None


def _place(
    kind: CaseKind, values: Mapping[str, Any], respondents: Sequence[int], work: Transaction
) -> tuple[str | None, str | None]:
    """District and association of the case: its first respondent's, or those of a newcomer."""
    if respondents:
        subject = work.session.get_one(Subject, respondents[0])
        return subject.district_code, subject.association
    district = values[kind.newcomer.district] if kind.newcomer is not None else None
    return district, association_of(kind.owner, work)


def _barred(
    kind: CaseKind,
    transition: Transition,
    case: Case,
    values: Mapping[str, Any],
    lines: Sequence[LineGiven],
    named: Mapping[str, Sequence[Mapping[str, Any]]],
    work: Transaction,
) -> list[Problem]:
    """What the guards of the opening step have against it; as warnings, what a later step's will have."""
    ids = [item["subject_id"] for people in named.values() for item in people if "subject_id" in item]
    facts = CaseFacts(
        kind=kind.key,
        state="",
        district=case.district_code,
        opened=case.opened,
        values=values,
        parties=tuple(PartyFact(role=role, **item) for role, people in named.items() for item in people),
        allegations=(),
        clocks=(),
        done=(),
        on=case.opened,
        parameters=work.parameters,
        lines=facts_with(kind, {}, lines),
        around=around(work.session, work.catalog, None, list(dict.fromkeys(ids))),
    )
    later = [
        replace(
            problem,
            severity=Severity.WARNING,
            text=f"现在还不能受理：{problem.text}申请仍予登记，请告知申请人。",
        )
        for problem in guard_problems(transition.foretold, transition, facts, work.catalog.guards)
    ]
    return [*guard_problems(transition.guards, transition, facts, work.catalog.guards), *later]


def _called(kind: CaseKind, values: Mapping[str, Any], work: Transaction) -> str:
    """What a case of the kind is called, beside who it is about."""
    field = kind.by_key.get(kind.called or "")
    if field is None or field.codes is None or not values.get(field.key):
        return kind.title
    return work.catalog.code_title(field.codes, values[field.key])


def _first_of(allegations: Sequence[AllegationGiven]) -> str:
    """The first allegation in a line, as the matter of a case that was given none."""
    text = " ".join(allegations[0].text.split()) if allegations else ""
    return text if len(text) <= SHOWN_TITLE else f"{text[:SHOWN_TITLE]}…"


def _matter_problems(matter: str) -> list[Problem]:
    if len(matter) <= MOST_TITLE:
        return []
    text = f"事项名称最多 {MOST_TITLE} 字，现有 {len(matter)} 字。"
    return [Problem(code="text.long", text=text, field="matter")]


def _complainant_problems(
    transition: Transition, given: Sequence[ComplainantGiven], today: dt.date
) -> list[Problem]:
    if not transition.complainant:
        return []
    if not 1 <= len(given) <= MOST_PARTIES:
        text = f"“{transition.title}”须写明 1 至 {MOST_PARTIES} 名投诉人；匿名的登记为线索。"
        return [Problem(code="complainant.none", text=text, field="complainants", article=transition.article)]
    return complainant_problems(given, today)


def _telling_problems(
    command: OpenStep,
    texts: Mapping[str, str],
    complainants: Sequence[ComplainantGiven],
    allegations: Sequence[AllegationGiven],
) -> list[Problem]:
    """What everybody may read who reads the case must not say who complains."""
    secrets = [part for item in complainants for part in (item.name, item.phone, item.id_number)]
    told = {**texts, "matter": command.matter, "note": command.note}
    told |= {f"allegations[{place}]": item.text for place, item in enumerate(allegations)}
    return telling_problems(told, secrets)


def _allegation_problems(
    kind: CaseKind, transition: Transition, given: Sequence[AllegationGiven], catalog: Catalog
) -> list[Problem]:
    if not transition.allegations:
        return []
    if not 1 <= len(given) <= MOST_ALLEGATIONS:
        text = f"请写明 1 至 {MOST_ALLEGATIONS} 项投诉事项，现有 {len(given)} 项。"
        return [Problem(code="allegation.none", text=text, field="allegations")]
    known = catalog.codes[kind.heads or ""].by_value
    found = []
    for row, item in enumerate(given):
        if item.head not in known:
            words = "、".join(f"{code.value}（{code.title}）" for code in known.values())
            text = f"没有“{item.head[:20]}”这一类投诉事项，可选：{words}。"
            found.append(Problem(code="allegation.head", text=text, field="allegations", row=row))
        if not item.text.strip() or len(item.text) > MOST_TEXT:
            text = f"请写明投诉事项的内容，最多 {MOST_TEXT:,} 字。"
            found.append(Problem(code="allegation.text", text=text, field="allegations", row=row))
    return found


def _write_allegations(work: Transaction, case: Case, given: Iterable[AllegationGiven]) -> None:
    for no, item in enumerate(given, 1):
        work.session.add(
            Allegation(
                case_id=case.id,
                profession=case.profession,
                district_code=case.district_code,
                association=case.association,
                no=no,
                head=item.head,
                text=item.text.strip(),
            )
        )


def _ask_about_repeats(
    command: OpenStep,
    kind: CaseKind,
    values: dict[str, Any],
    respondents: Sequence[int],
    others: Sequence[SameComplainant],
    work: Transaction,
) -> None:
    """Whoever repeats an earlier case says so; what looks like one is asked about, never merged silently."""
    if command.repeat_of is not None:
        earlier = work.session.get(Case, command.repeat_of)
        if (
            earlier is None
            or (earlier.kind != kind.key and not kind.origin)
            or not may(work.actor, "case:read", earlier)
        ):
            raise refuse("case.repeat_of", "没有所指的原办件，请核对编号。", field="repeat_of")
        return
    own = [other.case_id for other in others if other.kind == kind.key]
    if not own:
        return
    statement = (
        select(Case.id, Case.number, Case.opened)
        .join(CaseParty, CaseParty.case_id == Case.id)
        .join(kind.details, kind.details.c.case_id == Case.id)
        .where(Case.id.in_(own), CaseParty.role == kind.respondent, CaseParty.subject_id.in_(respondents))
    )
    for key in kind.same:
        column = kind.details.c[kind.by_key[key].name]
        statement = statement.where(column == values[key] if key in values else column.is_(None))
    found = work.session.execute(statement.order_by(Case.id.desc()).limit(1)).first()
    if found is not None:
        text = (
            f"同一投诉人就同一对象已有 {found.number}（{_day(found.opened)}登记）。"
            f"属重复投诉的填“原办件”{found.id}；原办件认定已被撤销而重新投诉的也填原办件。"
        )
        raise refuse(
            "case.repeat", text, ProblemKind.NEEDS_CONFIRMATION, field="repeat_of", data={"case_id": found.id}
        )


def _told(catalog: Catalog, other: SameComplainant) -> Problem:
    section = catalog.titles.get(other.profession, other.profession)
    kind = catalog.case_kinds.get(other.kind)
    text = (
        f"同一投诉人在{section}另有{kind.title if kind else '办件'} {other.number}"
        f"（{_day(other.opened)}登记），请核对是否为同一事项。"
    )
    return Problem(
        code="case.same_complainant",
        text=text,
        severity=Severity.NOTICE,
        data={"case_id": other.case_id, "number": other.number},
    )


def _day(day: dt.date) -> str:
    return day.isoformat()
