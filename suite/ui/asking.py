"""Reads and commands of a page whose answers are ignored once the page is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from suite.contract.commands import Command, Done
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.database.engine import ReadSession
from suite.kernel.executor.executor import Deliver
from suite.ui.desk import Desk, Ticket, sentence_of


class Asking:
    """`desk` for one page. A command that the page sent is carried out and announced all the same."""

    def __init__(self, desk: Desk, page: QObject) -> None:
        self.desk = desk
        self._gone = False
        page.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._gone = True

    def _guarded(self, function: Callable[[Any], object] | None) -> Callable[[Any], object]:
        def call(answer: Any) -> None:
            if not self._gone and function is not None:
                function(answer)

        return call

    def read(
        self,
        query: Callable[[ReadSession], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object] | None = None,
    ) -> Ticket:
        """See `Desk.read`; without `on_failed` the status bar tells."""
        failed = self._guarded(on_failed) if on_failed is not None else None
        return self.desk.read(query, self._guarded(on_done), failed)

    def run(
        self,
        command: Command,
        on_done: Callable[[Done], object],
        on_failed: Callable[[Exception], object],
        *,
        reason: str = "",
        dry_run: bool = False,
        deliver: Deliver | None = None,
    ) -> Ticket:
        """See `Desk.run`."""
        return self.desk.run(
            command,
            self._guarded(on_done),
            self._guarded(on_failed),
            reason=reason,
            dry_run=dry_run,
            deliver=deliver,
        )

    def work(
        self,
        function: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object],
    ) -> Ticket:
        """See `Desk.work`."""
        return self.desk.work(lambda ticket: function(), self._guarded(on_done), self._guarded(on_failed))


class Refusal:
    """A failure sorted for a form: what belongs beside fields, what is said in a bar, who was faster."""

    def __init__(self, error: Exception) -> None:
        problems: tuple[Problem, ...] = error.problems if isinstance(error, Refused) else ()
        self.stale = next((p for p in problems if p.kind is ProblemKind.STALE and "by" in p.data), None)
        self.fields: dict[str, str] = {}
        self.others: list[str] = []
        for problem in problems:
            if problem is self.stale:
                continue
            if problem.field is not None:
                former = self.fields.get(problem.field)
                self.fields[problem.field] = f"{former}；{problem.text}" if former else problem.text
            else:
                self.others.append(problem.text)
        told = isinstance(error, Refused)
        if not told:
            self.others.append(sentence_of(error))
        #: Whether the same may succeed when it is tried again.
        self.retry = not told or any(
            p.kind in (ProblemKind.UNAVAILABLE, ProblemKind.NOT_PERMITTED) for p in problems
        )
