"""Papers of the demonstration's cases: issued, served in different ways; one case is filed."""

from __future__ import annotations

import datetime as dt
from base64 import b64decode
from collections.abc import Iterable
from typing import TYPE_CHECKING

from suite.cli.demo_steps import WAYS, send_out
from suite.kernel.casework.papers.commands import (
    AttachFile,
    FileCase,
    IssueDocument,
    ReissueDocument,
    ServeDocument,
)
from suite.kernel.casework.papers.facts import owed_papers
from suite.kernel.casework.papers.queries import CasePapers, PaperLine, case_papers, cases_with_papers

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

FILED, CASES_OF_A_KIND, PAPERS_OF_A_CASE, MOST_CASES = 1, 1, 3, 6
#: A grey dot: stands for a scan.
SCAN = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAEUlEQVR4nGNoYIABKhsMAFqcEAF0sjSIAAAAAElFTkSuQmCC"
)


def papers(suite: Suite, clerks: Iterable[Actor]) -> str:
    """A case of every kind by the section's own clerk; some papers are left to be issued by hand."""
    done: dict[str, int] = {}
    seen: set[int] = set()
    issued = filed = 0
    for clerk in clerks:
        with suite.reading() as session:
            cases = cases_with_papers(session, clerk, suite.catalog)
        for place, (case_id, kind) in enumerate(cases):
            if case_id in seen or done.get(kind, 0) >= CASES_OF_A_KIND or len(seen) >= MOST_CASES:
                continue
            seen.add(case_id)
            done[kind] = done.get(kind, 0) + 1
            with suite.reading() as session:
                found = case_papers(session, clerk, suite.catalog, case_id)
            left = 1 if done[kind] == CASES_OF_A_KIND else 0
            wanted = [paper for paper in found.papers if not paper.issued]
            for no, paper in enumerate(wanted[: min(len(wanted) - left, PAPERS_OF_A_CASE)]):
                issued += 1
                _issue(suite, clerk, found, paper, place + no)
            if done[kind] == 1:
                suite.run(
                    AttachFile(case_id=case_id, file_name="来件.png", content=SCAN, note="来件扫描件"), clerk
                )
            if found.may_file and filed < FILED:
                filed += 1
                with suite.reading() as session:
                    left_over = owed_papers(session, clerk, suite.catalog, case_id)
                send_out(suite, clerk, case_id, left_over, suite.today)
                suite.run(FileCase(case_id=case_id, note="材料齐全"), clerk)
    return f"签发 {issued} 份，归档 {filed} 件"


def _issue(suite: Suite, clerk: Actor, found: CasePapers, paper: PaperLine, turn: int) -> None:
    on = min(paper.on, suite.today)
    command = IssueDocument(case_id=found.case_id, document=paper.document, event_id=paper.event_id, on=on)
    number: int = suite.run(command, clerk).result["issued"]
    if turn % 9 == 8:
        anew = ReissueDocument(issued=number, reason="主送姓名有误", on=on)
        number = suite.run(anew, clerk).result["issued"]
    if not paper.numbered or turn % 5 == 4:
        return
    served = min(on + dt.timedelta(days=2), suite.today)
    if turn % 7 == 6:
        suite.run(
            ServeDocument(issued=number, way="post", on=served, delivered=False, note="原址查无此人，退回"),
            clerk,
        )
        note = "邮寄退回，其他方式无法送达"
        suite.run(ServeDocument(issued=number, way="announced", on=served, note=note), clerk)
        return
    way, receiver, note = WAYS[turn % len(WAYS)]
    suite.run(ServeDocument(issued=number, way=way, on=served, receiver=receiver, note=note), clerk)
