"""`suite import --undo RUN`: takes a run of the importer back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suite.cli.answers import give
from suite.cli.failures import DONE, FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from suite.cli.options import Call
    from suite.kernel.exchange.runs import LeftRow


def undo_run(call: Call, number: str, *, dry_run: bool, reason: str) -> int:
    """Take the run of this number back, or tell what that would do; raises Refused."""
    from suite.kernel.exchange.runs import kind_of_run
    from suite.kernel.exchange.undoing import UndoImport

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        kind = kind_of_run(session, actor, suite.catalog, number)
    command = UndoImport(kind=kind.key, run=int(number))
    done = suite.run(command, actor, dry_run=dry_run, reason=reason, progress=call.progress())
    result = done.result
    left: Sequence[LeftRow] = result["left"]
    give(
        call,
        {
            "run": str(result["run"]),
            "kind": kind.key,
            "dry_run": dry_run,
            "undone": result["undone"],
            "counts": {
                "rows": result["undone"] + len(left),
                "removed": result["removed"],
                "restored": result["restored"],
                "left": len(left),
            },
            "left": left,
        },
        [
            f"{'试运行，未写入：' if dry_run else ''}{done.text}",
            f"移除 {result['removed']:,}，恢复原值 {result['restored']:,}，保留 {len(left):,}",
            *(
                f"{row.sheet} 第 {row.row} 行 {row.name or '（不在您的管理范围内）'}：{row.reason}"
                for row in left
            ),
        ],
    )
    return FAULTS if left else DONE
