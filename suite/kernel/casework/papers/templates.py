"""Which template a paper is set by: the declared one, or the bureau's own in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.casework import CaseKind, NumberSeries
from suite.contract.commands import Actor, Change, Done
from suite.contract.papers import DocumentTemplate, PaperForm, declared_template
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.papers.addressed import CLOSINGS, COMMON_BODY
from suite.kernel.casework.papers.commands import ReplaceTemplate
from suite.kernel.casework.papers.wording import COMMON, names_of_kind
from suite.kernel.documents.media import DOCX, file_name_of
from suite.kernel.documents.own_template import own_problems
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import TemplateVersion, User

EDIT = "core:template:edit"
#: What is kept in the file and goes to nobody, by how its title ends.
RECORDS = (
    "表", "笔录", "记录", "报告", "提纲", "回证", "审查意见", "核准决定", "意见书", "申请书", "登记簿",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TemplateLine:
    """A template as it is listed: the kinds whose steps use it, and the version in use, 0 the shipped one."""

    template: DocumentTemplate
    kinds: tuple[CaseKind, ...]
    version: int
    file_name: str
    loaded_by: str
    loaded_at: dt.datetime | None

    @property
    def key(self) -> str:
        """The template's key."""
        return self.template.key

    @property
    def owner(self) -> str:
        """Whose papers it sets: a plugin, or the core for all."""
        return self.template.owner

    @property
    def names(self) -> dict[str, str]:
        """The placeholders it may use, and what each means."""
        return names_of_template(self.template, self.kinds)


def template_of(catalog: Catalog, owner: str, name: str) -> DocumentTemplate:
    """The template of a paper that a step of this owner names by key or title."""
    return declared_template(catalog.templates, owner, name) or common_template(owner, name)


def common_template(owner: str, title: str) -> DocumentTemplate:
    """The common layout for a title of which nobody declared more; it goes to nobody by itself."""
    record = title.endswith(RECORDS)
    letter = title.endswith("函")
    form = PaperForm.RECORD if record else PaperForm.LETTER if letter else PaperForm.NOTICE
    return DocumentTemplate(
        key=f"{owner}.{title}",
        title=title,
        form=form,
        mark="" if record else "函",
        body=(*COMMON_BODY, *CLOSINGS[form]),
    )


def series_of(catalog: Catalog, kind: CaseKind, template: DocumentTemplate) -> NumberSeries | None:
    """The number series of a kind's papers of this mark; None for papers without number."""
    if not template.mark:
        return None
    base = catalog.series[kind.series]
    return NumberSeries(
        key=f"{base.key}.{template.mark}",
        title=f"{template.title}文号",
        organ=word_of(base.organ, template.mark),
    )


def word_of(organ: str, mark: str) -> str:
    """The word of a paper's number, from that of the case's and its own mark.

    Example: 石司律罚立 and 罚决 make 石司律罚决.
    That a case was filed (立) says nothing of its papers, and what both say is said once.
    """
    head = organ.removesuffix("立")
    shared = next((n for n in range(len(mark), 0, -1) if head.endswith(mark[:n])), 0)
    return head + mark[shared:]


def used_by(catalog: Catalog) -> Iterator[tuple[DocumentTemplate, CaseKind]]:
    """Every paper that some step of some kind brings forth."""
    for kind in catalog.case_kinds.values():
        for transition in catalog.lifecycle_of(kind).transitions:
            for name in transition.documents:
                yield template_of(catalog, kind.owner, name), kind


def known_names(kinds: Sequence[CaseKind]) -> dict[str, str]:
    """The placeholders that papers of these kinds may use, and what each means."""
    found = dict(COMMON)
    for kind in kinds:
        found |= names_of_kind(kind)
    return found


def names_of_template(template: DocumentTemplate, kinds: Sequence[CaseKind]) -> dict[str, str]:
    """The placeholders that a template may use: its own beside those of the cases that it is of."""
    own = dict(template.words)
    return own if own and template.says is None else known_names(kinds) | own


def all_templates(session: Session, catalog: Catalog) -> list[TemplateLine]:
    """Every template, by title, with the version in use."""
    kinds: dict[str, list[CaseKind]] = {}
    templates = dict(catalog.templates)
    for template, kind in used_by(catalog):
        templates.setdefault(template.key, template)
        if kind not in kinds.setdefault(template.key, []):
            kinds[template.key].append(kind)
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    lines = []
    for key, template in sorted(templates.items(), key=lambda item: (item[1].owner, item[1].title)):
        row = in_use(session, key)
        lines.append(
            TemplateLine(
                template=template,
                kinds=tuple(kinds.get(key, ())),
                version=row.version if row and row.content is not None else 0,
                file_name=row.file_name if row and row.content is not None else "",
                loaded_by=names.get(row.loaded_by, row.loaded_by) if row else "",
                loaded_at=row.loaded_at if row else None,
            )
        )
    return lines


def in_use(session: Session, key: str) -> TemplateVersion | None:
    """The last version that was loaded; without content it says that the shipped one is in use again."""
    return session.scalars(
        select(TemplateVersion)
        .where(TemplateVersion.template == key)
        .order_by(TemplateVersion.version.desc())
        .limit(1)
    ).first()


def replace_template(command: ReplaceTemplate, work: Transaction) -> Done:
    """Load the bureau's own file, or go back to the shipped one where none is given."""
    line = next(
        (item for item in all_templates(work.session, work.catalog) if item.template.key == command.template),
        None,
    )
    if line is None:
        text = f"没有文书模板“{command.template[:60]}”。可用 suite templates 查看全部。"
        raise refuse("template.absent", text, field="template")
    _require_right(line.template.owner, work)
    problems: list[Problem] = []
    if command.content:
        problems = own_problems(command.content, set(line.names))
    elif line.version == 0:
        text = f"“{line.template.title}”用的就是随附的模板。请选取要载入的 .docx 文件。"
        problems = [Problem(code="template.none", text=text, field="content")]
    if problems:
        raise Refused(problems)
    former = in_use(work.session, line.template.key)
    row = TemplateVersion(
        template=line.template.key,
        version=(former.version if former else 0) + 1,
        profession=line.template.owner,
        sha256=sha256(command.content).hexdigest(),
        file_name=file_name_of(command.file_name, DOCX),
        note=command.note.strip()[:300],
        content=command.content or None,
        loaded_by=work.actor.login,
        loaded_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    done = f"已载入第 {row.version} 版" if command.content else "已改用随附的模板"
    return Done(
        text=f"“{line.template.title}”{done}",
        changes=(Change(kind="core.template", ids=(row.id,)),),
        result={"template": row.template, "version": row.version},
    )


def template_refusal(actor: Actor, owner: str) -> str:
    """Why the actor may not replace a template of this owner; empty where he may.

    Templates of a profession are its head's, those of all professions the administrator's.
    """
    if owner == "core":
        return "" if actor.may(EDIT) else "各条线共用的模板由有“更换公共文书模板”权限的人更换"
    if any(s.districts is None and s.associations is None for s in actor.scopes(f"{owner}:case:review")):
        return ""
    return "文书模板全条线共用，须由在全条线有“审核办件”权限的人更换"


def _require_right(owner: str, work: Transaction) -> None:
    work.require(EDIT if owner == "core" else f"{owner}:case:review")
    if why := template_refusal(work.actor, owner):
        raise refuse(
            "out_of_scope", f"{why}。请联系科室负责人。", ProblemKind.NOT_PERMITTED, field="template"
        )
