"""What people decide about the differences of a reconciliation: whose value holds, and that nothing is open.

Each decision is remembered with what the sides said, so that next month shows only what is new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from suite.contract.code_sets import packed
from suite.contract.commands import Change, Command, Done, Handler, KindCommand
from suite.contract.declarations import RecordKind
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.exchange.reconcile_rules import (
    ASSOCIATION,
    OURS,
    PRESENCE,
    PROVINCE,
    TITLES,
    Decision,
    Difference,
)
from suite.kernel.exchange.reconciling import Finding, Reconciliation, compares_whole, remembered
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.kernel.registry.scoping import may_edit, out_of_scope
from suite.tables import FinishedReconciliation, Reconciled

#: Why who looks after some districts cannot note that a roster is reconciled.
WHOLE_ONLY = "登记对账完成须有全市范围的权限"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A decision about one difference, and the value to take over where one side's is taken.

    `since`: from when on a body holds that is taken over; without it from today on. `version` and `base`: of
    our record as it was compared, so that what another desk saved since is not overwritten.
    """

    difference: Difference
    decision: Decision
    value: Any = None
    since: dt.date | None = None
    version: int | None = None
    base: Mapping[str, Any] = field(default_factory=dict)


def verdicts(findings: Sequence[Finding], decision: Decision) -> tuple[Verdict, ...]:
    """The same decision about several differences, each with the value that it takes over.

    Raises Refused where a side is to be taken that says nothing of the difference.
    """
    takes = decision in (Decision.ASSOCIATION, Decision.PROVINCE)
    silent = [item for item in findings if takes and decision.value not in item.taking]
    if silent:
        first = silent[0].difference
        more = f"等 {len(silent):,} 处" if len(silent) > 1 else ""
        if first.field == PRESENCE or first.subject_id is None:
            raise _presence(f"“{first.name}”{more}")
        raise _silent(first.name, f"{silent[0].title}{more}", decision)
    return tuple(
        Verdict(
            difference=item.difference,
            decision=decision,
            value=item.taking.get(decision.value),
            since=item.since.get(decision.value),
            version=item.version,
            base=item.base,
        )
        for item in findings
    )


def _silent(name: str, what: str, decision: Decision) -> Refused:
    return refuse(
        "reconcile.silent",
        f"“{name}”的{what}在{TITLES[decision.value]}中没有内容可采用。请去掉后再采用。",
    )


def _presence(what: str) -> Refused:
    return refuse(
        "reconcile.presence",
        f"{what}的差异是有没有在册，没有内容可采用：本局没有的请导入，对方没有的请核对后按“差异属实”等处理。"
        "请去掉后再采用。",
    )


@dataclass(frozen=True, kw_only=True)
class DecideDifferences(KindCommand):
    """Decide differences, all for one reason; values taken over are saved in the same transaction."""

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "对账处理"

    verdicts: tuple[Verdict, ...]
    reason: str


def decide_differences(command: DecideDifferences, work: Transaction) -> Done:
    """Save what is taken over and remember every decision.

    Refuses an empty reason, a value of nobody, one that would empty a number, what lies elsewhere, and what
    another desk has changed since it was compared.
    """
    kind = work.catalog.kinds[command.kind]
    reason = command.reason.strip()
    if not reason:
        raise refuse("reason.required", "请写明处理的依据。", field="reason")
    _require_scope(kind, command.verdicts, work)
    edits: dict[int, dict[str, Any]] = {}
    bases: dict[int, dict[str, Any]] = {}
    versions: dict[int, int | None] = {}
    for verdict in command.verdicts:
        if verdict.decision in (Decision.ASSOCIATION, Decision.PROVINCE):
            subject_id, key = verdict.difference.subject_id, verdict.difference.field
            if subject_id is None or key == PRESENCE:
                raise _presence(f"“{verdict.difference.name}”")
            if verdict.value is None and kind.by_key[key].sensitive:
                raise _silent(verdict.difference.name, kind.by_key[key].title, verdict.decision)
            edits.setdefault(subject_id, {})[key] = verdict.value
            bases.setdefault(subject_id, {}).update(verdict.base)
            versions[subject_id] = verdict.version
    body = kind.by_key.get("body_id")
    if body is not None and body.since is not None:
        _date_bodies(kind, body.since, command.verdicts, edits, work)
    changes: tuple[Change, ...] = ()
    if edits:
        rows = tuple(
            RowEdit(subject_id=number, values=values, expected_version=versions[number], base=bases[number])
            for number, values in edits.items()
        )
        changes = _save(kind, rows, work)
    settled = [(_afterwards(verdict), verdict) for verdict in command.verdicts]
    known = remembered(kind, [item for item, _ in settled], work)
    for item, verdict in settled:
        row = known.get((item.identity, item.field, item.digest))
        if row is None:
            row = Reconciled(
                kind=kind.key,
                profession=kind.owner,
                identity=item.identity,
                field=item.field,
                digest=item.digest,
            )
            work.session.add(row)
        row.decision, row.reason = verdict.decision.value, reason[:500]
        row.decided_by, row.decided_at = work.actor.login, work.now
    work.session.flush()
    return Done(
        text=f"已处理 {len(command.verdicts):,} 处差异",
        changes=(*changes, Change(kind="core.reconciled", ids=())),
        result={"decided": len(command.verdicts), "saved": len(edits)},
    )


def _require_scope(kind: RecordKind, told: Sequence[Verdict], work: Transaction) -> None:
    """What is decided of a record is decided for everybody: who looks after it does so."""
    ids = {item.difference.subject_id for item in told} - {None}
    records = current_records(work.session, kind, sorted(number for number in ids if number is not None))
    if len(records) < len(ids):
        first = next(
            item.difference.name for item in told if item.difference.subject_id in ids - records.keys()
        )
        raise refuse("record.unknown", f"“{first}”已不在您能看到的名册中，请重新对账。", ProblemKind.STALE)
    for record in records.values():
        if not may_edit(work.actor, kind.owner, record.district_code, record.association):
            raise Refused([out_of_scope()])


def _save(kind: RecordKind, rows: tuple[RowEdit, ...], work: Transaction) -> tuple[Change, ...]:
    try:
        return work.run(SaveRecords(kind=kind.key, rows=rows)).changes
    except Refused as refused:
        stale = next((problem for problem in refused.problems if problem.kind is ProblemKind.STALE), None)
        if stale is None:
            raise
        keys = [key for key in stale.data["conflicts"] if key in kind.by_key]
        titles = "、".join(kind.by_key[key].title for key in keys)
        raise refuse(
            "reconcile.stale",
            f"对账以后，{stale.data['by']}改过“{stale.data['title']}”的{titles}，未处理。请重新对账，核对后再处理。",
            ProblemKind.STALE,
        ) from refused


def _date_bodies(
    kind: RecordKind,
    since: str,
    verdicts: Sequence[Verdict],
    edits: Mapping[int, dict[str, Any]],
    work: Transaction,
) -> None:
    """A body and the day since when it holds are one: one that is taken over brings its day, or is of today.

    A day that the record has already is that of its former body.
    """
    taken = {
        verdict.difference.subject_id: verdict.since
        for verdict in verdicts
        if verdict.difference.field == "body_id" and verdict.difference.subject_id in edits
    }
    records = current_records(work.session, kind, [number for number in taken if number is not None])
    for number, record in records.items():
        if "body_id" in edits[number] and since not in edits[number]:
            day = taken[number]
            edits[number][since] = day if day is not None and day != record.values[since] else work.today


def _afterwards(verdict: Verdict) -> Difference:
    """The difference as it is once a side's value was taken over: when the third side still says another one,
    that has been decided by it, too."""
    item, side = verdict.difference, verdict.decision.value
    if side not in (ASSOCIATION, PROVINCE) or side not in item.said:
        return item
    said = {**item.said, OURS: item.said[side]}
    return replace(item, said=said) if len(set(said.values())) > 1 else item


@dataclass(frozen=True, kw_only=True)
class FinishReconciliation(KindCommand):
    """Note that a roster was reconciled and nothing is open: a season may be opened on it.

    sides: those that were compared with ours; compared: how many of our records; differences: how many were
    found, all of them decided.
    """

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "登记对账完成"

    sides: tuple[str, ...]
    compared: int
    differences: int


def finished(found: Reconciliation) -> FinishReconciliation:
    """The command for a comparison. Raises Refused while differences are open or rows cannot be read, and
    for who compared a part of the roster."""
    if not found.whole:
        raise _not_whole(found.title)
    held = sum(len(rows) for rows in found.held.values())
    if found.open or held:
        text = f"还有 {len(found.open):,} 处差异没有处理，{held:,} 行未能比对，处理后再登记对账完成。"
        raise refuse("reconcile.open", text)
    return FinishReconciliation(
        kind=found.kind,
        sides=tuple(side for side in found.sides if side != OURS),
        compared=found.compared[OURS],
        differences=len(found.findings),
    )


def _not_whole(title: str) -> Refused:
    return refuse(
        "reconcile.scope",
        f"{WHOLE_ONLY}：考核开展前据此核对{title}的整个名册。请由市局科室办理。",
        ProblemKind.NOT_PERMITTED,
    )


def finish_reconciliation(command: FinishReconciliation, work: Transaction) -> Done:
    """Write it down. Raises Refused for sides that there are not, and who has not the whole roster."""
    kind = work.catalog.kinds[command.kind]
    if not compares_whole(work.actor, kind):
        raise _not_whole(kind.title)
    if not command.sides or not set(command.sides) <= {ASSOCIATION, PROVINCE}:
        raise refuse("reconcile.files", "请至少选择协会表或省厅表中的一份。", field="sides")
    if command.compared < 0 or command.differences < 0:
        raise refuse("reconcile.counts", "对账的份数不能是负数。", field="compared")
    work.session.add(
        FinishedReconciliation(
            kind=kind.key,
            profession=kind.owner,
            sides=packed(command.sides) or "",
            compared=command.compared,
            differences=command.differences,
            on_date=work.today,
            by_login=work.actor.login,
            at=work.now,
        )
    )
    work.session.flush()
    words = "、".join(TITLES[side] for side in command.sides)
    return Done(
        text=f"{kind.title}已与{words}对账完成，比对 {command.compared:,} 份",
        changes=(Change(kind="core.reconciled", ids=()),),
        result={"differences": command.differences},
    )


HANDLERS: dict[type[Command], Handler] = {
    DecideDifferences: decide_differences,
    FinishReconciliation: finish_reconciliation,
}
