"""What colleagues may do with a case: asked before one is given a place in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from suite.contract.problems import Problem, ProblemKind
from suite.kernel.accounts.others import Place, other_may
from suite.kernel.executor.work import Transaction


def blind_parties(
    work: Transaction, named: Mapping[str, Iterable[Mapping[str, Any]]], place: Place
) -> list[Problem]:
    """A refusal for each colleague who is given a place in a case there that he may not even see."""
    return [
        Problem(
            code="party.blind",
            text=f"{item['name']} 没有查看这件办件的权限，请改选他人，或先由管理员授权。",
            kind=ProblemKind.NOT_PERMITTED,
            field=role,
        )
        for role, people in named.items()
        for item in people
        if item.get("login") and not other_may(work, item["login"], "case:read", place)
    ]
