"""Who may see or change which record: asked before anything of a record is told."""

from __future__ import annotations

from suite.contract.commands import Actor, Scope
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.accounts.rules import SHARED


def may_edit(actor: Actor, profession: str, district: str | None, association: str | None) -> bool:
    """Whether the actor may change a record with these scope columns."""
    return _holds(actor, "roster:edit", profession, district, association)


def may_read(actor: Actor, profession: str, district: str | None, association: str | None) -> bool:
    """Whether the actor may read a record with these scope columns."""
    return _holds(actor, "roster:read", profession, district, association)


def parked_scopes(actor: Actor) -> tuple[Scope, ...]:
    """Where the actor may see what the core keeps of a plugin that is away: wherever any roster is read.

    A parked roster has no rights of its own. Nor has an administrator of everything, once every roster is
    parked; any right of theirs counts. What everybody holds everywhere does not.
    """
    everywhere = Scope()
    return tuple(
        dict.fromkeys(
            Scope(districts=item.scope.districts, associations=item.scope.associations)
            for item in actor.granted
            if item.permission not in SHARED
            and (item.permission.endswith(":roster:read") or item.scope == everywhere)
        )
    )


def reads_there(actor: Actor, profession: str, district: str | None, association: str | None) -> bool:
    """Whether the actor may see what the core keeps of a record whose plugin is away."""
    return any(scope.holds(profession, district, association) for scope in parked_scopes(actor))


def _holds(actor: Actor, right: str, profession: str, district: str | None, association: str | None) -> bool:
    return any(
        scope.holds(profession, district, association) for scope in actor.scopes(f"{profession}:{right}")
    )


def out_of_scope(row: int | None = None) -> Problem:
    """The refusal of a record that lies elsewhere; it tells nothing of the record."""
    return Problem(
        code="out_of_scope",
        kind=ProblemKind.NOT_PERMITTED,
        text="这条档案不在您的管理范围内，请联系科室管理员。",
        row=row,
    )
