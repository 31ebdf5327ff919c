"""What the graph of every declared lifecycle implies."""

from __future__ import annotations

from suite.bootstrap import Suite
from suite.kernel.casework.graph import Graph, Run


def test_every_lifecycle_tells_how_its_clocks_may_stand(suite_on_sqlite: Suite) -> None:
    catalog = suite_on_sqlite.catalog
    for kind in catalog.case_kinds.values():
        graph = Graph(lifecycle=catalog.lifecycle_of(kind))
        for state, limits in graph.runs.items():
            reached = any(state in graph.reach[step.to] for step in graph.lifecycle.openings if step.to)
            assert all(runs for runs in limits.values()) is reached, (kind.key, state)
    # A step that stays where it is counts there too: the preserved evidence may run or not.
    penalty = catalog.lifecycle_of(catalog.case_kinds["lawyers.penalty"])
    assert Graph(lifecycle=penalty).runs["investigating"]["core.penalty.evidence"] == {Run.NONE, Run.RUNNING}
