"""Looking at a masked value in full: allowed with a right and a reason, and always logged."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from suite.contract.commands import Done
from suite.contract.declarations import Field, RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.audit.seal import note
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RevealIdentity, RevealMany
from suite.kernel.registry.current import current_records, known_kind
from suite.tables import Subject

#: More than this is no look but a copy of the roster.
MOST = 5_000
#: So many are named to whoever agrees to it.
NAMED = 20


def reveal_identity(command: RevealIdentity, work: Transaction) -> Done:
    """Give the value in full in `result["value"]` and write who looked, at what and why."""
    kind, field = _asked(command, work)
    [value] = _revealed(kind, field, [command.subject_id], command.reason, work).values()
    seconds = int(work.parameters["core.reveal_seconds"])
    name = work.session.scalar(select(Subject.name).where(Subject.id == command.subject_id))
    return Done(
        text=f"已查看 {name} 的{field.title}，{seconds} 秒后隐藏", result={"value": value, "seconds": seconds}
    )


def reveal_many(command: RevealMany, work: Transaction) -> Done:
    """Give the values in full in `result["values"]`, by subject id, and write each look. All or none."""
    kind, field = _asked(command, work)
    ids = list(dict.fromkeys(command.subject_ids))
    if not ids or len(ids) > MOST:
        raise refuse(
            "reveal.many", f"一次可查看 1 至 {MOST:,} 份档案，现为 {len(ids):,} 份。", field="subject_ids"
        )
    values = _revealed(kind, field, ids, command.reason, work)
    named = ids[:NAMED]
    names = dict(work.session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(named))).all())
    whose = "、".join(names[number] for number in named) + ("等" if len(ids) > NAMED else "")
    return Done(
        text=f"查看 {len(values):,} {kind.unit}（{whose}）的{field.title}",
        result={"values": values, "seconds": int(work.parameters["core.reveal_seconds"])},
    )


def _asked(command: RevealIdentity | RevealMany, work: Transaction) -> tuple[RecordKind, Field]:
    kind = known_kind(work, command.kind)
    field = kind.by_key.get(command.field)
    if field is None or not field.sensitive:
        raise refuse("field.unknown", f"没有可查看的字段 {command.field}。", field="field")
    if not command.reason.strip():
        raise refuse("reason.required", "请写明查看事由。", field="reason")
    return kind, field


def _revealed(
    kind: RecordKind, field: Field, ids: Sequence[int], reason: str, work: Transaction
) -> dict[int, str | None]:
    """The values, each look noted. Refuses all when one lies out of scope."""
    records = current_records(work.session, kind, ids)
    scopes = work.require(f"{kind.owner}:identity:reveal")
    found: dict[int, str | None] = {}
    for number in ids:
        record = records.get(number)
        if record is None or not any(
            scope.holds(kind.owner, record.district_code, record.association) for scope in scopes
        ):
            raise refuse(
                "out_of_scope", "这份档案不在您的管理范围内，请联系科室管理员。", ProblemKind.NOT_PERMITTED
            )
        note(
            work.connection,
            transaction_id=work.number,
            table=Subject.__tablename__,
            key=str(number),
            action="R",
            scope=(kind.owner, record.district_code, record.association),
            after=json.dumps({"field": field.key, "reason": reason.strip()}, ensure_ascii=False),
        )
        found[number] = record.values.get(field.key)
    return found
