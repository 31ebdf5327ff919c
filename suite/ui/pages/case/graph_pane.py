"""办理流程: the lifecycle of a case as a picture, from its declaration."""

from __future__ import annotations

from collections.abc import Collection

from suite.contract.casework import Lifecycle
from suite.kernel.casework.case_file import CaseFile
from suite.ui.kit.graph import Edge, GraphView, Node
from suite.ui.kit.panes import Pane


class GraphPane(Pane):
    """`show_case` fills it."""

    def __init__(self) -> None:
        super().__init__("办理流程")
        self.graph = GraphView()
        self.body.addWidget(self.graph)

    def show_case(self, case: CaseFile, lifecycle: Lifecycle) -> None:
        """Show the graph of the case's lifecycle and where the case stands in it."""
        open_now = {line.transition.command for line in case.steps if not line.problems}
        self.graph.show_graph(*graph_of(lifecycle, case.state.key, case.visited, open_now))


def graph_of(
    lifecycle: Lifecycle, current: str, visited: Collection[str], open_now: Collection[str]
) -> tuple[tuple[str, ...], list[Node], list[Edge]]:
    """Stages, states and what leads from one to another; steps that lead nowhere else are left out."""
    place = {stage: number for number, stage in enumerate(lifecycle.stages)}
    nodes = [
        Node(
            key=state.key,
            title=state.title,
            kind=state.kind,
            column=place[state.stage],
            current=state.key == current,
            visited=state.key in visited,
        )
        for state in lifecycle.states
    ]
    titles: dict[tuple[str, str], list[str]] = {}
    taken: set[tuple[str, str]] = set()
    for transition in lifecycle.transitions:
        for source in transition.sources:
            if transition.to is None or transition.to == source:
                continue
            titles.setdefault((source, transition.to), []).append(transition.title)
            if source == current and transition.command in open_now:
                taken.add((source, transition.to))
    edges = [
        Edge(source=source, target=target, titles=tuple(names), open=(source, target) in taken)
        for (source, target), names in titles.items()
    ]
    return lifecycle.stages, nodes, edges
