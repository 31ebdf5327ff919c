"""Issuing papers: each takes its number once, is kept as it was, and anew only as a next version."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import UndefinedError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import Transition
from suite.contract.commands import Actor, Change, Done
from suite.contract.papers import DocumentTemplate
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.current import (
    UNKNOWN,
    Standing,
    add_event,
    hold_case,
    may,
    require_in_scope,
    scope_of,
    standing_of,
)
from suite.kernel.casework.papers.commands import IssueDocument, ReissueDocument
from suite.kernel.casework.papers.contents import keep_content
from suite.kernel.casework.papers.own_numbers import MOST_NUMBER, issued_with, next_free
from suite.kernel.casework.papers.templates import in_use, names_of_template, series_of, template_of
from suite.kernel.casework.papers.versions import served_before
from suite.kernel.casework.papers.wording import COMPLAINANT, Occasion, complainants_of, set_by, words_of
from suite.kernel.casework.rules import date_problems
from suite.kernel.casework.telling import require_untold
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.media import DOCX
from suite.kernel.documents.own_template import fill_own, names_in_own, own_problems
from suite.kernel.documents.paper import Paper, lines_of, printed_day
from suite.kernel.documents.placeholders import filled, names_of
from suite.kernel.documents.reading import blocks_of
from suite.kernel.documents.shipped import shipped_template
from suite.kernel.executor.engine_errors import state_of
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseContent, CaseEvent, IssuedDocument

#: What a draft leaves open until it is issued.
OPEN_NUMBER, OPEN_DAY = "{{ 文号 }}", "{{ 成文日期 }}"
RESPONDENT, ASKER = "respondent", "asker"
#: What a paper's entry says of whom it goes to, where that is who complains.
TO_COMPLAINANT = "投诉人"
#: The field of a kind that names the organ from which a case came.
REFERRED_BY = "transferred_from"
MOST_REASON, MOST_RECIPIENT = 300, 200
#: What the engines say of a number that is there already.
ALREADY_THERE = ("23505", "SQLITE_CONSTRAINT_UNIQUE")
#: So many numbers of a series may be on papers out of the actor's sight; more are another fault.
MOST_TRIED = 1_000


@dataclass(frozen=True, kw_only=True)
class Called:
    """A paper that a step of a case calls for."""

    template: DocumentTemplate
    transition: Transition
    event: CaseEvent


def called_for(found: Standing, catalog: Catalog) -> Iterator[Called]:
    """The papers that the steps taken so far bring forth, in order."""
    for event in found.events:
        transition = found.lifecycle.by_command.get(event.command)
        if transition is None:
            continue
        for name in transition.documents:
            when = transition.papers_when.get(name)
            if when is None or catalog.guards[when].holds(_as_given(found, event)):
                template = template_of(catalog, found.kind.owner, name)
                yield Called(template=template, transition=transition, event=event)


def as_then(found: Standing, event: CaseEvent) -> Standing:
    """The case with what a step gave as it gave it, whatever a later one put in its place: a paper says what
    was decided with it."""
    return replace(found, values={**found.values, **set_by(found.kind, event)})


def _as_given(found: Standing, event: CaseEvent) -> CaseFacts:
    """The case with the values that a step gave, and no others: what was given later says nothing of it."""
    return replace(found.facts(event.on_date, {}), values=json.loads(event.given))


def issue_document(command: IssueDocument, work: Transaction) -> Done:
    """Issue a paper. Raises Refused for one that no step called for, or that is issued already."""
    case = hold_case(work, command.case_id)
    require_in_scope(work, "case:handle", case)
    found = standing_of(work.session, work.catalog, case)
    called = _called(found, work.catalog, command.document, command.event_id)
    former = work.session.scalars(
        select(IssuedDocument).where(
            IssuedDocument.case_id == case.id,
            IssuedDocument.template == called.template.key,
            IssuedDocument.event_id == called.event.id,
        )
    ).first()
    if former is not None:
        text = f"“{former.title}”{former.number or ''}已经签发。内容有误的请“重新签发”，写明理由。"
        raise refuse("paper.issued", text, ProblemKind.FORBIDDEN, field="document")
    on = command.on or work.today
    if problems := date_problems(on, work.today, called.event.on_date):
        raise Refused(problems)
    series = series_of(work.catalog, found.kind, called.template)
    row: IssuedDocument | None = None
    tried = 0
    while row is None:
        number = (
            next_free(series, on.year, case.profession, work) if series else _free_number(called, found, work)
        )
        try:
            with work.session.begin_nested():
                row = _keep(found, called, on, number, command.recipient, command.content, work)
                work.session.add(row)
        except IntegrityError as error:
            row = None
            if state_of(error) not in ALREADY_THERE:
                raise
            # A paper out of the actor's sight has it: a series goes on, a decision has no other number.
            if series is None:
                raise _taken(number, "另一份文书") from error
            if (tried := tried + 1) > MOST_TRIED:
                raise
    return _done(row, case, on, "签发", work)


def _own_number(found: Standing, called: Called) -> str:
    """The number of a decision, which its paper has too; empty where the paper has its own, or none."""
    key = called.template.number_field
    return str(as_then(found, called.event).values.get(key) or "") if key else ""


def _free_number(called: Called, found: Standing, work: Transaction) -> str:
    """The number of the decision. Raises Refused where it is longer than one, or another paper has it: of a
    decision that was entered before its step asked for a free one."""
    number = _own_number(found, called)
    if len(number) > MOST_NUMBER:
        raise refuse("paper.number", f"文号最多 {MOST_NUMBER} 字，现有 {len(number)} 字。", field="document")
    if number and (title := issued_with(number, work)):
        raise _taken(number, f"另一份“{title}”")
    return number


def _taken(number: str, where: str) -> Refused:
    text = f"文号“{number}”已用于{where}，不能再用。请与该件的承办人核对各自的文号。"
    return refuse("paper.number", text, ProblemKind.FORBIDDEN, field="document")


def reissue_document(command: ReissueDocument, work: Transaction) -> Done:
    """Issue the next version of a paper under the same number; the former one stays as it was."""
    former = work.session.get(IssuedDocument, command.issued)
    if former is None:
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="issued")
    case = hold_case(work, former.case_id)
    require_in_scope(work, "case:handle", case)
    if not command.reason.strip() or len(command.reason) > MOST_REASON:
        raise refuse("reason.required", f"请写明重新签发的理由，最多 {MOST_REASON} 字。", field="reason")
    later = select(IssuedDocument.id).where(IssuedDocument.replaces == former.id)
    if work.session.scalar(later) is not None:
        text = "这一版已经被后一版取代，请重新签发最后一版。"
        raise refuse("paper.replaced", text, ProblemKind.FORBIDDEN, field="issued")
    found = standing_of(work.session, work.catalog, case)
    called = _called(found, work.catalog, former.template, former.event_id)
    on = command.on or work.today
    if problems := date_problems(on, work.today, former.issued_on):
        raise Refused(problems)
    # What stands for who complains is no name to print.
    recipient = command.recipient or ("" if former.recipient == TO_COMPLAINANT else former.recipient)
    row = _keep(found, called, on, former.number or "", recipient, command.content, work)
    row.version, row.replaces, row.reason = former.version + 1, former.id, command.reason.strip()
    served_on = served_before(work.session, former)
    row.says_else = _says_else(former, row, case, work)
    work.session.add(row)
    done = _done(row, case, on, "重新签发", work)
    if served_on is None:
        return done
    same = f"内容没有变动，{served_on} 的送达仍然有效"
    other = f"内容与 {served_on} 已送达的一版不同，须重新送达"
    return replace(done, text=f"{done.text}。{other if row.says_else else same}")


def _says_else(former: IssuedDocument, row: IssuedDocument, case: Case, work: Transaction) -> bool:
    """Whether the words are others, but for the day on which each was issued."""

    def words(issued: IssuedDocument) -> str:
        kept = work.session.get(CaseContent, (case.id, issued.sha256, issued.reader))
        return "" if kept is None else _text_of(kept.content).replace(printed_day(issued.issued_on), "")

    # What cannot be read is not known to be the same.
    before = words(former)
    return not before or (before, former.recipient) != (words(row), row.recipient)


def _called(found: Standing, catalog: Catalog, name: str, event_id: int | None) -> Called:
    for called in reversed(list(called_for(found, catalog))):
        named = name in (called.template.key, called.template.title)
        if named and event_id in (None, called.event.id):
            return called
    words = "、".join(dict.fromkeys(item.template.title for item in called_for(found, catalog)))
    cure = f"可以签发：{words}。" if words else "本件还没有带出文书的步骤。"
    text = f"已办的步骤没有带出“{name[:40]}”。{cure}"
    raise refuse("paper.uncalled", text, ProblemKind.FORBIDDEN, field="document")


def _done(row: IssuedDocument, case: Case, on: dt.date, word: str, work: Transaction) -> Done:
    said = " ".join(part for part in (row.number, row.reason) if part)
    add_event(work, case, title=f"{word}{row.title}"[:100], on=on, note=said)
    work.session.flush()
    return Done(
        text=f"已{word}“{row.title}”{row.number or ''}",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"issued": row.id, "number": row.number, "version": row.version, "sha256": row.sha256},
    )


def _keep(
    found: Standing,
    called: Called,
    on: dt.date,
    number: str,
    recipient: str,
    draft: bytes,
    work: Transaction,
) -> IssuedDocument:
    case = found.case
    made = make_paper(
        work.session, work.actor, work.catalog, found, called,
        day=on, number=number, recipient=recipient, draft=draft, parameters=work.parameters,
    )  # fmt: skip
    to_complainant = _to_complainant(found, called.template)
    require_untold(
        work,
        case.id,
        recipient="" if to_complainant else recipient,
        content="" if made.secret else _text_of(draft),
    )
    named = keep_content(work, case, made.content, DOCX, secret=made.secret)
    return IssuedDocument(
        **scope_of(case),
        **named,
        event_id=called.event.id,
        template=called.template.key,
        template_version=made.template_version,
        title=called.template.title,
        number=number or None,
        version=1,
        # Who complains stands in the paper alone, which fewer may open.
        recipient=TO_COMPLAINANT if to_complainant else made.recipient,
        issued_on=on,
        issued_by=work.actor.login,
        issued_at=work.now,
    )


def _text_of(draft: bytes) -> str:
    return "\n".join("\n".join((block.text, *block.cells)) for block in blocks_of(draft)) if draft else ""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper that was made: its bytes, the version of the template, whether it names a complainant."""

    content: bytes
    template_version: int
    recipient: str
    secret: bool


def make_paper(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    found: Standing,
    called: Called,
    *,
    day: dt.date | None,
    number: str,
    recipient: str,
    parameters: Mapping[str, Any],
    draft: bytes = b"",
) -> Made:
    """Set a paper from the case; without `day` as a draft, whose number and date are filled later.

    Raises Refused where it names who complains and the actor may not see it.
    """
    template, case, found = called.template, found.case, as_then(found, called.event)
    own = in_use(session, template.key)
    usual = (own.content if own is not None else None) or shipped_template(template) or b""
    content = draft or usual
    known = set(names_of_template(template, (found.kind,)))
    if draft and (problems := own_problems(draft, known)):
        raise Refused(problems)
    # Of a draft as well: it has the name filled in already.
    used = {*(names_in_own(usual) if usual else names_of("\n".join(template.body)))}
    used |= names_in_own(draft) if draft else set()
    secret = _to_complainant(found, template) or (_has_complainant(found) and COMPLAINANT in used)
    if secret and not may(actor, "complainant:reveal", case):
        text = f"“{template.title}”要写明投诉人，您没有“查看投诉人身份”的权限，请由有此权限的同事签发。"
        raise refuse("paper.complainant", text, ProblemKind.NOT_PERMITTED, field="document")
    complainant = complainants_of(session, case.id) if secret else ""
    occasion = Occasion(
        template=template,
        transition=called.transition,
        event=called.event,
        organ=organ_of(found, parameters, template),
        day=printed_day(day) if day else OPEN_DAY,
        number=OPEN_NUMBER if day is None and template.mark else number or _own_number(found, called),
        recipient=(recipient.strip() or recipient_of(found, template, complainant))[:MOST_RECIPIENT],
        complainant=complainant,
    )
    values = {**dict.fromkeys(known, ""), **words_of(session, found, catalog, occasion, parameters)}
    if template.says is not None:
        values |= template.says(session, found.facts(called.event.on_date, parameters))
    if content:
        made = _guarded(lambda: fill_own(content, values))
    else:
        made = set_paper(_paper(template, occasion, values))
    return Made(
        content=made,
        template_version=own.version if own is not None and own.content is not None else 0,
        recipient=occasion.recipient,
        secret=secret,
    )


def _paper(template: DocumentTemplate, occasion: Occasion, values: Mapping[str, Any]) -> Paper:
    text = _guarded(lambda: filled("\n".join(template.body), values))
    return Paper(
        form=template.form,
        organ=occasion.organ,
        title=template.title,
        number=occasion.number,
        recipient=occasion.recipient,
        paragraphs=lines_of(text),
        day=occasion.day,
    )


def _guarded(make: Any) -> Any:
    try:
        return make()
    except UndefinedError as error:
        text = f"模板中有本件没有的占位符（{error.message}），请改正模板或换用随附的模板。"
        raise refuse("template.unknown", text, ProblemKind.INVALID, field="document") from error


def _has_complainant(found: Standing) -> bool:
    return any(row.role == ROLE for row in found.parties)


def _to_complainant(found: Standing, template: DocumentTemplate) -> bool:
    return _has_complainant(found) and template.to in (ROLE, ASKER)


def organ_of(found: Standing, parameters: Mapping[str, Any], template: DocumentTemplate | None = None) -> str:
    """Whose it is: the association's where it runs the case or issues such papers; else the bureau's."""
    own = found.kind.by_association or (template is not None and template.by_association)
    if own and found.case.association:
        return found.case.association
    return str(parameters["core.paper.organ"])


def recipient_of(found: Standing, template: DocumentTemplate, complainant: str) -> str:
    """Whom a paper goes to by its template; empty for nobody. complainant: how he is to be called."""
    if template.to_field and template.to_field in found.kind.by_key:
        return str(found.values.get(template.to_field) or "")
    if _to_complainant(found, template):
        return complainant
    if template.to in (ROLE, ASKER) and any(item.complainant for item in found.lifecycle.openings):
        # Somebody might have complained and nobody did: who is complained about has asked for nothing.
        return str(found.values.get(REFERRED_BY) or "")
    # The one whom a case is about, whatever the kind calls the role.
    role = found.kind.respondent if template.to in (RESPONDENT, ASKER) else template.to
    return "、".join(row.name for row in found.parties if row.role == role and row.left_on is None)
