"""Papers of cases as they are declared: what each says, to whom it goes, and in which series it counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PaperForm(StrEnum):
    """How a paper is set, after GB/T 9704."""

    NOTICE = "notice"  # with the organ's name above: decisions and notices
    LETTER = "letter"  # 函: to another organ
    RECORD = "record"  # kept in the file: forms and records, without number


@dataclass(frozen=True, kw_only=True)
class DocumentTemplate:
    """A paper that steps bring forth: `Transition.documents` names it by key, or by title within its owner.

    to: the role of whom it goes to, "complainant" where it is the complainant, empty where it stays in the
    file; where it goes to an organ, `to_field` is the key of the field that names it. body: paragraphs with
    placeholders (`{{ 案号 }}`, `{{ 被投诉人 }}`); one that begins with "# " is a heading. series: the key of
    its number series, empty for that of its kind of case. file: "package:folder/name.docx" where it is set by
    hand and not from `body`. articles: what it rests on, printed where the body says `{{ 依据 }}`.

    Example: `DocumentTemplate(key="appraisal.complaint.accepted", title="投诉受理通知书", to="complainant",
    body=("您反映{{ 被投诉人 }}的投诉，我局于{{ 办理日期 }}决定受理。",))`
    """

    key: str
    title: str
    body: tuple[str, ...] = ()
    to: str = ""
    to_field: str = ""
    form: PaperForm = PaperForm.NOTICE
    series: str = ""
    file: str = ""

    @property
    def owner(self) -> str:
        """The plugin that declares it, or the core."""
        return self.key.split(".", 1)[0]
