"""That nothing which everybody reads who reads a case says who complains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select, text

from suite.contract.problems import Problem, Refused
from suite.database.engine import is_sqlite
from suite.kernel.casework.line_rules import cells_of
from suite.kernel.executor.work import Transaction
from suite.tables import Complainant

#: Of one character alone nearly every text would tell.
LEAST_SECRET = 2
TOLD = "这里写有投诉人的姓名或号码，看得到办件的人都会看到。请改写，如写“投诉人”。"


def telling_problems(texts: Mapping[str, str], secrets: Iterable[str | None]) -> list[Problem]:
    """A problem for each text, by its field, in which one of the names and numbers stands."""
    known = {part for secret in secrets if len(part := (secret or "").strip()) >= LEAST_SECRET}
    return [_told(field) for field, words in texts.items() if any(secret in words for secret in known)]


def told_problems(work: Transaction, case_id: int, texts: Mapping[str, str]) -> list[Problem]:
    """The same of what is written about a case that is there.

    On PostgreSQL a function answers, which text and nothing more: who writes may not know who complains.
    """
    texts = {field: words for field, words in texts.items() if len(words.strip()) >= LEAST_SECRET}
    if not texts:
        return []
    if is_sqlite(work.connection):
        rows = work.session.execute(
            select(Complainant.name, Complainant.phone, Complainant.id_number).where(
                Complainant.case_id == case_id
            )
        )
        return telling_problems(texts, [part for row in rows for part in row])
    places = work.session.scalars(
        text("SELECT core_tells_complainant(:of, :told)"), {"of": case_id, "told": list(texts.values())}
    ).all()
    fields = list(texts)
    return [_told(fields[place - 1]) for place in sorted(places)]


def require_untold(work: Transaction, case_id: int, **texts: str) -> None:
    """Raises Refused `complainant.told` where one of these texts says who complains."""
    if problems := told_problems(work, case_id, texts):
        raise Refused(problems)


def written(values: Mapping[Any, object]) -> Iterator[tuple[str, str]]:
    """What of a step's values is text, by its field."""
    return ((key, value) for key, value in values.items() if isinstance(value, str))


def line_texts(lines: Iterable[Any]) -> dict[str, str]:
    """The words of lines, by their place among those given."""
    return {
        f"lines[{place}]": "\n".join(words for _, words in written(cells_of(line)))
        for place, line in enumerate(lines)
    }


def _told(field: str) -> Problem:
    return Problem(code="complainant.told", text=TOLD, field=field)
