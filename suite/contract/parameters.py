"""Numbers and switches of the law or of the house, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from suite.contract.code_sets import titles_of
from suite.contract.codes import Code


class Confidence(StrEnum):
    """How sure a number of the law is."""

    VERIFIED = "verified"
    RECALLED = "recalled"


#: The two positions of a switch.
YES_NO = (Code(value="true", title="是"), Code(value="false", title="否"))


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A number or switch of the law or of the house: never hard-wired, shown and edited on a page.

    Example: `Parameter(key="lawyers.complaint.accept_wd", title="投诉受理审查期限", value=10,
    unit="个工作日", source="四川、江苏律师投诉处理办法", confidence=Confidence.RECALLED)`

    `pattern`: the value is a regular expression, which is checked when it is declared and when it is set.
    choices: a text that is one of these codes; people see and write the titles. several: any number of them,
    packed like a set of codes.
    """

    key: str
    title: str
    value: int | str | bool
    unit: str = ""
    source: str
    confidence: Confidence
    help: str = ""
    pattern: bool = False
    choices: tuple[Code, ...] = ()
    several: bool = False

    @property
    def codes(self) -> tuple[Code, ...]:
        """What may be chosen; a switch has its two positions, a number or free text has none."""
        return YES_NO if isinstance(self.value, bool) else self.choices

    @property
    def titles(self) -> dict[str, str]:
        """Stored text → words, of what may be chosen."""
        return {code.value: code.title for code in self.codes}

    def words(self, value: int | str | bool) -> str:
        """A value in words; what is no choice any more stands as it is."""
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return titles_of(text, self.titles) if self.several else self.titles.get(text, text)
