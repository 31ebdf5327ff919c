"""What the tests of the command line share: an answer, and screens that only remember."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from suite.bootstrap import Suite
from suite.cli.options import Picture
from suite.contract.commands import Actor


@dataclass(frozen=True)
class Answer:
    """What one command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class NoScreens:
    """Stands for the window where none is wanted; remembers what it was asked for."""

    def __init__(self) -> None:
        self.painted: list[Picture] = []

    def has_screen(self) -> bool:
        return False

    def window(self, suite: Suite, actor: Actor) -> int:
        raise AssertionError("no window was asked for")

    def page_names(self, suite: Suite) -> Sequence[tuple[str, str]]:
        return [("today", "工作台")]

    def paint(self, suite: Suite, actor: Actor, pictures: Sequence[Picture]) -> None:
        assert all(picture.out.parent.is_dir() for picture in pictures), "a picture makes no folders"
        self.painted += pictures


Call = Callable[..., Answer]
