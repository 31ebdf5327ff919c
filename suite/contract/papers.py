"""Papers of cases as they are declared: what each says, to whom it goes, and in which series it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from suite.contract.case_facts import CaseFacts


class PaperForm(StrEnum):
    """How a paper is set, after GB/T 9704."""

    NOTICE = "notice"  # with the organ's name above: decisions and notices
    LETTER = "letter"  # 函: to another organ
    RECORD = "record"  # kept in the file: forms and records, without number


class ServiceWay(StrEnum):
    """How a paper is served (送达方式)."""

    DIRECT = "direct"
    LEFT = "left"
    ELECTRONIC = "electronic"
    ENTRUSTED = "entrusted"
    POST = "post"
    ANNOUNCED = "announced"

    @property
    def words(self) -> str:
        """The word for it."""
        return SERVICE_WORDS[self][0]

    @property
    def article(self) -> str:
        """The article that allows it; administrative organs serve by the same rules (处罚法第六十一条)."""
        return SERVICE_WORDS[self][1]


CIVIL_PROCEDURE = "民事诉讼法（2023年修正）"
SERVICE_WORDS = {
    ServiceWay.DIRECT: ("直接送达", f"{CIVIL_PROCEDURE}第八十八条"),
    ServiceWay.LEFT: ("留置送达", f"{CIVIL_PROCEDURE}第八十九条"),
    ServiceWay.ELECTRONIC: ("电子送达", f"{CIVIL_PROCEDURE}第九十条"),
    ServiceWay.ENTRUSTED: ("委托送达", f"{CIVIL_PROCEDURE}第九十一条"),
    ServiceWay.POST: ("邮寄送达", f"{CIVIL_PROCEDURE}第九十一条"),
    ServiceWay.ANNOUNCED: ("公告送达", f"{CIVIL_PROCEDURE}第九十五条"),
}


@dataclass(frozen=True, kw_only=True)
class DocumentTemplate:
    """A paper that steps bring forth: `Transition.documents` names it by key, or by title within its owner.

    A title that the owner has none of is looked for among the core's, else set in the common layout.
    to: the role of whom it goes to; "complainant", "respondent", or "asker" for the complainant where there
    is one and else whom the case is about (an applicant; in a complaint without complainant the organ that it
    came from, if any); "public" for what is published; empty where it stays in the file or is a letter whose
    addressee no field names. to_field: the key of the field that names the organ it goes to. body: paragraphs
    with placeholders (`{{ 案号 }}`, `{{ 当事人 }}`; `suite templates` lists them); "# " begins a heading,
    "> " a line without indent. mark: what the series adds to the word of the kind's (石司鉴投 →
    石司鉴投受〔2026〕1号); empty for one without number. file: "package:folder/name.docx" where it is set by
    hand and not from `body`. by_association: the association of the case issues it, not the bureau.
    number_field: the key of the field that says its number, which is then that of the decision and of no
    series; mark is empty, and the step that brings the paper forth must ask for the field. says: what its own
    placeholders say, from the case on the day of the step; words: these placeholders, and what each means. Of
    a paper that is of no case, `words` are all that it has.

    Example: `DocumentTemplate(key="appraisal.complaint_accepted", title="投诉受理通知书", to="complainant",
    mark="受", body=("您反映{{ 当事人 }}的投诉，我局于{{ 办理日期 }}决定受理。",))`
    """

    key: str
    title: str
    body: tuple[str, ...] = ()
    to: str = ""
    to_field: str = ""
    form: PaperForm = PaperForm.NOTICE
    mark: str = "函"
    file: str = ""
    by_association: bool = False
    number_field: str = ""
    says: Callable[[Session, CaseFacts], Mapping[str, Any]] | None = None
    words: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def owner(self) -> str:
        """The plugin that declares it, or the core."""
        return self.key.split(".", 1)[0]

    @property
    def numbered(self) -> bool:
        """Whether it has a number: of a series, or that of the decision."""
        return bool(self.mark or self.number_field)


def declared_template(
    templates: Mapping[str, DocumentTemplate], owner: str, name: str
) -> DocumentTemplate | None:
    """What a step of an owner names by key or title; None where it is a paper in the common layout.

    templates: key → template.
    """
    if name in templates:
        return templates[name]
    titled = {item.owner: item for item in templates.values() if item.title == name}
    return titled.get(owner) or titled.get("core")


@dataclass(frozen=True, kw_only=True)
class PaperFact:
    """A paper that a step of a case brought forth, as its last version stands.

    to_nobody: it goes to a party that the case does not have (there is no complainant), so that nobody waits
    for it. addressed: it is for a party, so that it can be served; a letter to an organ is sent. issued: the
    id of that version. issued_on, served_on: None where that has not happened; it may count as served on a
    day to come. A version that says the same as the one before it counts as served with that one; anew: the
    one before it was served, and this one says something else.
    """

    key: str
    title: str
    command: str
    to_nobody: bool = False
    addressed: bool = False
    issued: int | None = None
    issued_on: dt.date | None = None
    served_on: dt.date | None = None
    anew: bool = False

    def named(self, name: str) -> bool:
        """Whether `Transition.documents` may mean it by a name."""
        return name in (self.key, self.title)
