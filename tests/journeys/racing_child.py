"""Processes that edit the same records at random; says which edits were taken, as JSON.

    racing_child.py DATABASE HOME PROCESSES EDITS RECORD…

One process forks the others, so that the program is read only once.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import text

from suite.bootstrap import Suite, build_suite
from suite.contract.problems import ProblemKind, Refused
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.settings import Settings

FIELDS = ("office_address", "email", "specialties")


def seen(suite: Suite, record: int) -> tuple[int, dict[str, Any]]:
    """A record as a form opens it: its version, and the values that the edit begins with."""
    query = text(
        f"SELECT s.version, {', '.join(f'd.{field}' for field in FIELDS)} FROM core_subject s "
        "JOIN lawyers_lawyer d ON d.subject_id = s.id WHERE s.id = :id"
    )
    with suite.reading() as session:
        version, *values = session.execute(query, {"id": record}).one()
    return version, dict(zip(FIELDS, values, strict=True))


def race(database: str, home: Path, number: int, edits: int, records: list[int], out: int) -> None:
    draw = random.Random(number)
    suite = build_suite(Settings(database=database, home=home))
    suite.check_database()
    actor = suite.actor()
    taken, refused = [], {"stale": 0, "unavailable": 0}
    for turn in range(edits):
        record = draw.choice(records)
        version, base = seen(suite, record)
        fields = draw.sample(FIELDS, draw.randint(1, 2))
        values = {field: f"{number}-{turn}-{field}@x.cn" for field in fields}
        edit = RowEdit(values=values, subject_id=record, expected_version=version, base=base)
        try:
            suite.run(SaveRecords(kind="lawyers.lawyer", rows=(edit,)), actor)
        except Refused as refusal:
            stale = refusal.problems[0].kind is ProblemKind.STALE
            refused["stale" if stale else "unavailable"] += 1
            if not stale and refusal.problems[0].kind is not ProblemKind.UNAVAILABLE:
                raise
        else:
            taken.append([record, {field: [base[field], values[field]] for field in fields}])
    os.write(out, f"{json.dumps({'taken': taken, **refused})}\n".encode())


def main(database: str, home: str, processes: str, edits: str, *records: str) -> None:
    children, pipes = [], []
    for number in range(int(processes)):
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reads)
            try:
                race(database, Path(home), number, int(edits), [int(one) for one in records], writes)
                os._exit(0)
            finally:
                os._exit(1)
        os.close(writes)
        children.append(child)
        pipes.append(reads)
    told = []
    for pipe in pipes:
        with os.fdopen(pipe) as lines:
            told += [json.loads(line) for line in lines]
    ends = [os.waitpid(child, 0)[1] for child in children]
    sys.stdout.write(json.dumps({"ends": ends, "told": told}))


if __name__ == "__main__":
    main(*sys.argv[1:])
