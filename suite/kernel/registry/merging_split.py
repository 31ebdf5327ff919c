"""Parting a person that wrongly stands behind several records."""

from __future__ import annotations

from sqlalchemy import insert, select

from suite.contract.commands import Done
from suite.contract.problems import refuse
from suite.database.bulk import allocate_ids
from suite.kernel.accounts.deciders import told_deciders
from suite.kernel.accounts.others import Place
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import known_kind
from suite.kernel.registry.masking import SHOWN
from suite.kernel.registry.merging import given_reason, hold, permitted, roles_behind
from suite.kernel.registry.merging_commands import SplitPerson
from suite.kernel.registry.merging_fields import person_pairs
from suite.kernel.registry.merging_plan import MergePlan
from suite.kernel.registry.merging_references import IDENTITIES, PERSONS, SUBJECTS, Move
from suite.kernel.registry.merging_writing import begin, remark, write_plan
from suite.kernel.registry.roles import follow_roles

#: What may go to the new person: a number and a telephone are one human's alone.
TAKEN = {"id_number": ("id_type", "id_number"), "phone": ("phone",)}


def split_person(command: SplitPerson, work: Transaction) -> Done:
    """Give some of a person's records a person of their own."""
    reason = given_reason(command.reason)
    known_kind(work, command.kind)
    moving = sorted(set(command.moving))
    rows = hold((command.subject_id, *moving), work)
    permitted(rows.values(), work)
    stays = rows.get(command.subject_id)
    if stays is None or stays.kind != command.kind:
        raise refuse(
            "record.unknown", f"没有 #{command.subject_id} 这份档案，请重新查找。", field="subject_id"
        )
    roles = {row.id: row for row in roles_behind((stays.person_id,), work)} if stays.person_id else {}
    permitted(roles.values(), work)
    if not moving or stays.id in moving or not set(moving) <= set(roles):
        raise refuse(
            "split.records",
            "请列出属于同一个人、应分给新个人的档案；至少一份，且不含留下的这一份。",
            field="moving",
        )
    unknown = [key for key in command.takes if key not in TAKEN]
    if unknown:
        raise refuse("split.takes", f"“{unknown[0]}”不能分出，可选：{'、'.join(TAKEN)}。", field="takes")
    agreeing = told_deciders(command, {Place.of(row) for row in roles.values()}, work)
    old = stays.person_id
    person = work.session.execute(select(PERSONS).where(PERSONS.c.id == old)).mappings().one()
    new = allocate_ids(work.connection, PERSONS, 1)[0]
    named = rows[moving[0]].name
    unknown_yet = dict.fromkeys(SHOWN.values())
    work.connection.execute(insert(PERSONS).values({**person, **unknown_yet, "id": new, "name": named}))
    merge_id = begin(
        work,
        what="split",
        kind=stays.kind,
        scope=stays,
        kept_person_id=old,
        gone_person_id=new,
        reason=reason,
    )
    pairs = person_pairs(work.session, old, new)
    columns = [column for key in dict.fromkeys(command.takes) for column in TAKEN[key]]
    has_identity = bool(pairs[IDENTITIES].kept)
    plan = MergePlan(
        fields=(),
        pairs=pairs,
        sides={},
        swaps=tuple(pairs[IDENTITIES].swap(column) for column in columns) if has_identity else (),
        moves=tuple(
            Move(table=SUBJECTS, column="person_id", key=(number,), before=old, after=new)
            for number in moving
        ),
        told=(),
    )
    write_plan(merge_id, plan, work)
    remark(roles.values(), f"{len(moving)} 份档案分给另一个人“{named}”", reason, work)
    return Done(
        text=f"已将 {len(moving)} 份档案分给另一个人“{named}”，可撤销",
        changes=follow_roles({old: None, new: None}, (), work.today, work),
        warnings=agreeing,
        result={"merge": merge_id, "person": new},
    )
