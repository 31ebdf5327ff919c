"""The commands that merge what was kept twice, part what was wrongly joined, and take either back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from suite.contract.commands import KindCommand, TwoPersons
from suite.kernel.accounts.two_persons import MERGING

#: The permission that merging, splitting and taking back ask for.
MERGE = "{owner}:roster:merge"


@dataclass(frozen=True, kw_only=True)
class MergeSubjects(KindCommand):
    """Merge a record into another of its kind: everything that refers to it refers to the kept one then.

    `choices`: field key → "kept" or "gone", whose value wins; by default the kept one's, and the other's
    where that is empty. A field with a history is taken with its history. The number stands for its type.
    """

    permission: ClassVar[str] = MERGE
    title: ClassVar[str] = "合并重复档案"
    two_persons: ClassVar[TwoPersons | None] = MERGING

    kept: int
    gone: int
    reason: str
    choices: Mapping[str, str] = field(default_factory=dict)
    kept_version: int | None = None
    gone_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class MergePersons(KindCommand):
    """Say that the persons behind two records are one human; the records stay two.

    `kind` is that of `kept`; both are subject ids. `choices` as in MergeSubjects, for what is said of the
    person.
    """

    permission: ClassVar[str] = MERGE
    title: ClassVar[str] = "合并同一个人"
    two_persons: ClassVar[TwoPersons | None] = MERGING

    kept: int
    gone: int
    reason: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SplitPerson(KindCommand):
    """Part a person that wrongly stands behind several records: `moving` get a person of their own.

    `subject_id` is a record of the person that stays, of `kind`. `takes` are the keys of what goes to the new
    person and leaves the old one ("id_number", "phone"); what else is said of the person is copied.
    """

    permission: ClassVar[str] = MERGE
    title: ClassVar[str] = "拆分误合的个人"
    two_persons: ClassVar[TwoPersons | None] = MERGING

    subject_id: int
    moving: tuple[int, ...]
    reason: str
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UndoMerge(KindCommand):
    """Take back a merge or a split: everything that it moved goes back to where it was.

    What was added to the kept record since stays with it, except to the history of what goes back.
    """

    permission: ClassVar[str] = MERGE
    title: ClassVar[str] = "撤销合并"
    two_persons: ClassVar[TwoPersons | None] = MERGING

    merge_id: int
    reason: str = ""
