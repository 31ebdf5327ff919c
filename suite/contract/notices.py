"""Notices (提醒): what a command of one person gives others to know or to do, declared beside the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from suite.contract.commands import Done, Work
from suite.contract.states import StateKind


@dataclass(frozen=True, kw_only=True)
class NewNotice:
    """One notice to be written, to a person or to whoever holds a permission.

    login: the person. permission: the full key ("lawyers:roster:read"), to be held where the matter lies:
    in the district, in the association, or without bounds where neither is given; with `anywhere` in any
    place whatever. Who caused a notice to the holders of a permission does not get it.

    text: one Chinese sentence without anything that a reader may not see: no names of the persons kept, no
    numbers. page and argument open the place in the window, as `Page.open_wanted` does. about: what the
    matter is ("core.request:5"), by which a later command settles it for everybody.
    """

    text: str
    login: str | None = None
    permission: str | None = None
    district: str | None = None
    association: str | None = None
    anywhere: bool = False
    page: str = ""
    argument: tuple[str | int, ...] = ()
    about: str = ""


def nothing(command: Any, done: Done, work: Work) -> Iterable[str]:
    """Settles nothing."""
    return ()


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """What raises a notice: asked after each command of these names, in its transaction.

    Example: `NoticeKind(key="lawyers.review_opened", title="年度考核", state=StateKind.NEW,
    after=("OpenReview",), raised=review_opened)`

    after: command names; empty means every command. raised(command, done, work) gives the notices, settled
    the `about` of those that are over now.
    """

    key: str
    title: str
    state: StateKind
    after: tuple[str, ...] = ()
    raised: Callable[[Any, Done, Work], Iterable[NewNotice]]
    settled: Callable[[Any, Done, Work], Iterable[str]] = nothing
