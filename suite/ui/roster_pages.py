"""The pages that are about the roster of one kind, besides the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from suite.contract.declarations import RecordKind
    from suite.loader.catalog import Catalog

#: Page key → what it is called behind the kind's title. Its argument is the kind's key.
OF_A_ROSTER = {"editions": "名册编制", "exchange": "名册报送与回执", "reconcile": "名册三方对账"}


def roster_kinds(catalog: Catalog) -> list[RecordKind]:
    """The kinds that have such pages: the core's own are directories of places."""
    return [kind for kind in catalog.kinds.values() if kind.owner != "core"]
