"""Whether the rosters hold together: details and subjects, search keys, masked numbers, the trace.

Only what follows from other data is mended; the rest is told and left alone, since nobody but a person can
say which of two contradicting rows is right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem
from suite.database.bulk import delete_rows, update_rows
from suite.database.integrity import broken_references, damaged
from suite.kernel.audit.verify import verify
from suite.kernel.executor.work import Progress, Transaction
from suite.kernel.registry.born import unsaid_births
from suite.kernel.registry.current import chunks
from suite.kernel.registry.searched import stored
from suite.kernel.registry.shown import PERSONS, wrong_masks
from suite.kernel.search.check import differing, ownerless
from suite.kernel.search.keys import Searchable, write_keys
from suite.loader.catalog import Catalog
from suite.tables import MERGED, SearchKey, Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
KEYS = Subject.metadata.tables[SearchKey.__tablename__]
SHOWN = 5
STEP = 2_000


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that was looked at, how many items, and what is wrong."""

    part: str
    title: str
    looked_at: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class MendDatabase(Command):
    """Write the search keys and the masked numbers anew where they are other than they should be, and the
    birth dates that the numbers carry where there are none."""

    permission: ClassVar[str] = "core:database:mend"
    title: ClassVar[str] = "修复数据库"


def check(session: Session, catalog: Catalog, progress: Progress) -> list[Part]:
    """Look at everything; reads only. Kinds of parked plugins are known by their core rows alone."""
    connection = session.connection()
    progress("核对数据文件", 0, 0)
    torn = tuple(_problem("integrity.damaged", words) for words in damaged(connection))
    parts = [Part(part="integrity", title="数据文件", looked_at=1, problems=torn)]
    progress("核对引用", 0, 0)
    broken = tuple(_problem("integrity.reference", words) for words in broken_references(connection))
    parts.append(Part(part="references", title="引用", looked_at=1, problems=broken))
    progress("核对操作痕迹", 0, 0)
    trace = verify(connection)
    parts.append(Part(part="audit", title="操作痕迹", looked_at=trace.entries, problems=trace.problems))
    subjects = session.scalar(select(func.count()).select_from(SUBJECTS)) or 0
    orphans = tuple(item for kind in catalog.kinds.values() for item in _orphans(session, kind))
    parts.append(Part(part="orphans", title="档案与明细", looked_at=subjects, problems=orphans))
    persons = session.scalar(select(func.count()).select_from(PERSONS)) or 0
    unlike = sum(1 for _ in wrong_masks(connection))
    masks = (_problem("person.masks", f"有 {unlike:,} 人的掩码号码与登记不符", mend=True),) if unlike else ()
    parts.append(Part(part="masks", title="掩码号码", looked_at=persons, problems=masks))
    wrong = sum(len(items) for items in _wrong_keys(session, catalog, progress))
    lost = len(ownerless(session))
    keys = []
    if wrong:
        keys.append(_problem("search.keys", f"有 {wrong:,} 份档案的检索索引不符", mend=True))
    if lost:
        keys.append(_problem("search.ownerless", f"有 {lost:,} 组检索索引没有档案", mend=True))
    parts.append(Part(part="search", title="检索索引", looked_at=subjects, problems=tuple(keys)))
    return parts


def check_births(session: Session, today: dt.date) -> Part:
    """Whether every number's birth date is kept; apart from `check`, since a copy without them is sound."""
    persons = session.scalar(select(func.count()).select_from(PERSONS)) or 0
    bare = sum(1 for _ in unsaid_births(session.connection(), today))
    words = f"有 {bare:,} 人的身份证号载有出生日期而没有登记，年龄提醒数不到他们"
    found = (_problem("person.births", words, mend=True),) if bare else ()
    return Part(part="births", title="出生日期", looked_at=persons, problems=found)


def mend_database(command: MendDatabase, work: Transaction) -> Done:
    """Write them; says in `result` how many of each."""
    mended = 0
    for items in _wrong_keys(work.session, work.catalog, work.progress):
        write_keys(work.connection, items, fresh=False)
        mended += len(items)
    lost = ownerless(work.session)
    delete_rows(work.connection, KEYS, "subject_id", lost)
    masks = list(wrong_masks(work.connection))
    update_rows(work.connection, PERSONS, "id", masks)
    births = list(unsaid_births(work.connection, work.today))
    update_rows(work.connection, PERSONS, "id", births)
    return Done(
        text=f"已重建 {mended:,} 份档案的检索索引，清除 {len(lost):,} 组无主索引，"
        f"更正 {len(masks):,} 人的掩码号码，补上 {len(births):,} 人的出生日期",
        changes=(Change(kind="core.search", ids=()),),
        result={"keys": mended, "ownerless": len(lost), "masks": len(masks), "births": len(births)},
    )


def _problem(code: str, words: str, *, mend: bool = False) -> Problem:
    cure = "请运行 suite db check --mend。" if mend else "请保留现场，用最近的备份核对，并联系系统管理员。"
    return Problem(code=code, text=f"{words}。{cure}", data={"mendable": mend})


def _orphans(session: Session, kind: RecordKind) -> Iterator[Problem]:
    """Subjects without details, and details whose subject is missing or of another kind."""
    details = kind.details
    joined = SUBJECTS.outerjoin(details, details.c.subject_id == SUBJECTS.c.id)
    bare = session.scalars(
        select(SUBJECTS.c.id)
        .select_from(joined)
        .where(SUBJECTS.c.kind == kind.key, details.c.subject_id.is_(None))
    ).all()
    if bare:
        yield _problem("orphan.subject", f"“{kind.title}”有 {len(bare):,} 份档案没有明细：{_some(bare)}")
    joined = details.outerjoin(SUBJECTS, details.c.subject_id == SUBJECTS.c.id)
    stray = session.scalars(
        select(details.c.subject_id)
        .select_from(joined)
        .where(SUBJECTS.c.id.is_(None) | SUBJECTS.c.kind.not_in((kind.key, MERGED)))
    ).all()
    if stray:
        yield _problem("orphan.details", f"“{kind.title}”有 {len(stray):,} 条明细没有档案：{_some(stray)}")


def _some(ids: Sequence[int]) -> str:
    words = "、".join(f"#{number}" for number in sorted(ids)[:SHOWN])
    return words + (" 等" if len(ids) > SHOWN else "")


def _wrong_keys(session: Session, catalog: Catalog, progress: Progress) -> Iterator[list[Searchable]]:
    """Batches of subjects whose keys are wrong."""
    for kind in catalog.kinds.values():
        ids = session.scalars(select(SUBJECTS.c.id).where(SUBJECTS.c.kind == kind.key)).all()
        for start in range(0, len(ids), STEP):
            progress(f"核对检索索引（{kind.title}）", start, len(ids))
            wrong: list[Searchable] = []
            for part in chunks(ids[start : start + STEP]):
                wrong += differing(session, stored(session.connection(), part, kind))
            if wrong:
                yield wrong
