"""The printed form of an approval (审批表): a step that waits, to be signed on paper, not on the desk."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.case_facts import Finding
from suite.contract.casework import Transition
from suite.contract.commands import Actor
from suite.contract.declarations import FieldType
from suite.contract.papers import PaperForm
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.casework.approvals import SUBMITTED
from suite.kernel.casework.case_file import value_words
from suite.kernel.casework.current import Standing, standing_of
from suite.kernel.casework.papers.issuing import organ_of
from suite.kernel.casework.papers.queries import FileContent, case_of
from suite.kernel.documents.form_table import FormRow
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.paper import Paper, printed_day
from suite.kernel.registry.districts import full_district_names
from suite.loader.catalog import Catalog
from suite.tables import CaseApproval, Subject, User


def approval_form(
    session: Session, actor: Actor, catalog: Catalog, case_id: int, parameters: Mapping[str, Any]
) -> FileContent:
    """The form of the step that waits, as .docx. Raises Refused where none does."""
    found = standing_of(session, catalog, case_of(session, actor, case_id))
    waiting = found.waiting
    transition = found.lifecycle.by_command.get(waiting.command) if waiting is not None else None
    if waiting is None or transition is None or transition.approval is None:
        text = "本件没有等待审批的事项，不必打印审批表。须审批的步骤提请后再打印。"
        raise refuse("approval.none", text, ProblemKind.FORBIDDEN, field="case_id")
    title = f"{transition.title}审批表"
    paper = Paper(
        form=PaperForm.RECORD,
        organ=organ_of(found, parameters),
        title=title,
        number="",
        recipient="",
        paragraphs=(),
        day="",
        rows=tuple(_rows(session, catalog, found, waiting, transition)),
    )
    return FileContent(file_name=f"{found.case.number}{title}.docx", content=set_paper(paper))


def _rows(
    session: Session, catalog: Catalog, found: Standing, waiting: CaseApproval, transition: Transition
) -> Iterator[FormRow]:
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    respondents = [row.name for row in found.parties if row.role == found.kind.respondent and not row.left_on]
    submitted = next(event for event in reversed(found.events) if event.title.startswith(SUBMITTED))
    yield FormRow(title="案号", text=found.case.number)
    yield FormRow(title="事项", text=found.case.title)
    yield FormRow(title=found.kind.roles[found.kind.respondent].title, text="、".join(respondents))
    yield FormRow(title="提请事项", text=transition.title)
    yield FormRow(title="内容", text="\n".join(_asked(session, catalog, found, waiting, transition, names)))
    yield FormRow(title="依据", text=transition.article or "")
    yield FormRow(
        title="提请人",
        text=f"{names.get(waiting.asked_by, waiting.asked_by)}　{printed_day(submitted.on_date)}",
    )
    chain = catalog.approvals[transition.approval or ""]
    for place, step in enumerate(chain.steps):
        opinion = _opinion(found, waiting, f"{step.title}同意", transition.title, names)
        given = place < waiting.step and opinion
        yield FormRow(title=f"{step.title}意见", text=opinion if given else "", signed=not given)


def _opinion(found: Standing, waiting: CaseApproval, said: str, title: str, names: Mapping[str, str]) -> str:
    """What was signed on the desk before the rest is signed on paper."""
    for event in reversed(found.events):
        if event.at >= waiting.asked_at and event.title.startswith(said) and event.title.endswith(title):
            by = names.get(event.by_login, event.by_login)
            return "\n".join(part for part in (event.note, f"{by}　{printed_day(event.on_date)}") if part)
    return ""


def _asked(
    session: Session,
    catalog: Catalog,
    found: Standing,
    waiting: CaseApproval,
    transition: Transition,
    names: Mapping[str, str],
) -> Iterator[str]:
    """What the step sets, title and words; of an entry of a list only how many there are."""
    places = full_district_names(session)
    for key, value in json.loads(waiting.fields).items():
        field, role = found.kind.by_key.get(key), found.kind.roles.get(key)
        if value in (None, "", [], ()):
            continue
        if field is not None:
            read = dt.date.fromisoformat(value) if field.type is FieldType.DATE else value
            words = (
                printed_day(read) if isinstance(read, dt.date) else value_words(catalog, field, read, places)
            )
            yield f"{field.title}：{words}"
        elif role is not None:
            people = (
                names.get(item, item) if isinstance(item, str) else _named(session, item) for item in value
            )
            yield f"{role.title}：{'、'.join(people)}"
        elif key == "findings":
            told = (f"第 {item['no']} 项{Finding(item['finding']).words}" for item in value)
            yield f"认定：{'、'.join(told)}"
        elif key == "note":
            yield f"说明：{value}"
        elif key == "on" and transition.to is not None:
            yield f"办理日期：{printed_day(dt.date.fromisoformat(value))}"


def _named(session: Session, subject_id: int) -> str:
    return session.scalar(select(Subject.name).where(Subject.id == subject_id)) or str(subject_id)
