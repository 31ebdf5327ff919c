"""What a plugin declares of coverage (覆盖): which bodies or places are served by whom, and how well.

A coverage is made of the sides of indicators, so that the page that lists the gaps and the number that the
bureau reports are the same rows: `of` is what stands below the line, `by` what covers it.
"""

from __future__ import annotations

from dataclasses import dataclass

from suite.contract.indicators import Members


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Whether each of `of` is covered on a day by one of `by`, which points to it by its field `link`.

    sound: those of `by` that are more than paper; served: those of `of` that were served as the rule asks;
    what is covered and lacks either is covered on paper only, which `unsound` and `unserved` say in words.
    otherwise: those of `of` that are covered without anybody of their own, in the words `by_other`. Where
    none of `by` stands any more after so many days as the parameter `soon` says, the coverage is about to
    end; `until` is the field of `by` with its last day. group: the field of `of` by which it is listed under
    its district (a link or a code). who, firm: the fields of `by` that point to who serves and to the body
    behind him; without `who` it is the record itself. named: the field with the name of who is on no roster.

    firms, staff: who could serve where nobody does: bodies, and the people who point to them by `body_id`;
    `address` is the field of a body with the area code of its seat. most: parameter, how many one person
    may serve. With `firms` a gap is filled by a new record of `by` from `begins` on.

    least, per: parameters, where one does not do: so many cover each, and one for every so many of its `size`
    (a field of `of`; where it is not known the need is no data, and the least is looked at alone). Whoever
    has fewer is covered on paper only, and how many are missing is told. paper: what that is called; people:
    what those who serve are called.

    Example: see `plugins/lawyers/counsel/coverage.py`.
    """

    key: str
    title: str
    of: Members
    by: Members
    group: str
    link: str = "body_id"
    sound: Members | None = None
    served: Members | None = None
    otherwise: Members | None = None
    unsound: str = ""
    unserved: str = ""
    by_other: str = ""
    until: str | None = None
    soon: str | None = None
    who: str | None = None
    named: str | None = None
    firm: str | None = None
    begins: str | None = None
    firms: Members | None = None
    staff: Members | None = None
    address: str | None = None
    most: str | None = None
    least: str | None = None
    per: str | None = None
    size: str | None = None
    paper: str = "只有协议"
    people: str = "顾问"
    help: str = ""

    @property
    def has_paper(self) -> bool:
        """Whether one of `of` can be covered on paper only."""
        return any(told is not None for told in (self.sound, self.served, self.least))

    @property
    def owner(self) -> str:
        """The plugin that declares it; whoever may read its rosters may read the coverage."""
        return self.key.split(".", 1)[0]
