"""Looking at a masked value in full: allowed with a right and a reason, and always logged."""

from __future__ import annotations

import json

from sqlalchemy import select

from suite.contract.commands import Done
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.audit.seal import note
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RevealIdentity
from suite.kernel.registry.current import current_records, known_kind
from suite.tables import Subject


def reveal_identity(command: RevealIdentity, work: Transaction) -> Done:
    """Give the value in full in `result["value"]` and write who looked, at what and why."""
    kind = known_kind(work, command.kind)
    field = kind.by_key.get(command.field)
    if field is None or not field.sensitive:
        raise refuse("field.unknown", f"没有可查看的字段 {command.field}。", field="field")
    if not command.reason.strip():
        raise refuse("reason.required", "请写明查看事由。", field="reason")
    record = current_records(work.session, kind, [command.subject_id]).get(command.subject_id)
    scopes = work.require(command.permission_key())
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
        key=str(command.subject_id),
        action="R",
        scope=(kind.owner, record.district_code, record.association),
        after=json.dumps({"field": field.key, "reason": command.reason.strip()}, ensure_ascii=False),
    )
    value = record.values.get(field.key)
    seconds = int(work.parameters["core.reveal_seconds"])
    name = work.session.scalar(select(Subject.name).where(Subject.id == command.subject_id))
    return Done(
        text=f"已查看 {name} 的{field.title}，{seconds} 秒后隐藏", result={"value": value, "seconds": seconds}
    )
