"""The pages that are about the roster of one kind, besides the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suite.contract.commands import Actor
    from suite.contract.declarations import RecordKind
    from suite.loader.catalog import Catalog

#: Page key → what it is called behind the kind's title. Its argument is the kind's key.
OF_A_ROSTER = {"editions": "名册编制", "exchange": "名册报送与回执", "reconcile": "名册三方对账"}


NO_ROSTER = "您没有查看名册的权限，请联系科室管理员"


def lacking(actor: Actor, kind: RecordKind | None, action: str, words: str) -> str:
    """Why the actor may not do something with a roster (`export`, 导出); empty when he may."""
    if kind is None:
        return NO_ROSTER
    return "" if actor.may(f"{kind.owner}:roster:{action}") else f"您没有{words}名册的权限，请联系科室管理员"


def roster_kinds(catalog: Catalog) -> list[RecordKind]:
    """The kinds that have such pages: the core's own are directories of places."""
    return [kind for kind in catalog.kinds.values() if kind.owner != "core"]
