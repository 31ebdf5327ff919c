"""Records whose plugin is away: what the core itself keeps of them stays readable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import Refused, refuse
from suite.kernel.registry.keys import MARK, key_of
from suite.kernel.registry.record_file import (
    LicenceLine,
    PostLine,
    licence_lines,
    post_lines,
)
from suite.kernel.registry.scoping import out_of_scope, reads_there
from suite.loader.catalog import Catalog
from suite.tables import District, Subject

#: What the core's own columns are called where no field says it.
CORE_TITLES: Mapping[str, str] = {
    "name": "名称",
    "main_no": "编号",
    "district_code": "区县",
    "status": "状态",
    "valid_from": "在册自",
    "valid_to": "在册至",
}


@dataclass(frozen=True, kw_only=True)
class CoreRow:
    """A record as the core keeps it: no field of its kind, the state by its value, posts and licences."""

    subject_id: int
    key: str
    version: int
    name: str
    main_no: str | None
    district: str | None
    status: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    posts: tuple[PostLine, ...]
    licences: tuple[LicenceLine, ...]
    members: int


def core_row(session: Session, actor: Actor, catalog: Catalog, kind: str, key: str) -> CoreRow:
    """The record of a kind that no plugin declares now, by #id, number or name.

    Raises Refused for a kind that the core has no record of, for none or several of that key, and for one
    out of the actor's scope.
    """
    if session.scalar(select(Subject.id).where(Subject.kind == kind).limit(1)) is None:
        catalog.kind(kind)
    text = key.strip()
    if text.startswith(MARK) and text[1:].isdigit():
        meant = Subject.id == int(text[1:])
    else:
        meant = (Subject.main_no == text.upper()) | (Subject.name == text)
    found = session.scalars(select(Subject).where(Subject.kind == kind, meant).limit(2)).all()
    if not found:
        raise refuse("record.unknown", f"没有找到“{text}”，或它不在您的管理范围内。", field="key")
    subject = found[0]
    if not reads_there(actor, subject.profession, subject.district_code, subject.association):
        raise Refused([out_of_scope()])
    if len(found) > 1:
        raise refuse("key.several", f"“{text}”对应多份档案，请用编号指明。", field="key")
    district = session.get(District, subject.district_code) if subject.district_code else None
    members = select(func.count()).where(
        Subject.body_id == subject.id, Subject.profession == subject.profession
    )
    return CoreRow(
        subject_id=subject.id,
        key=key_of(subject.id, subject.main_no),
        version=subject.version,
        name=subject.name,
        main_no=subject.main_no,
        district=district.short_name if district else None,
        status=subject.status,
        valid_from=subject.valid_from,
        valid_to=subject.valid_to,
        posts=post_lines(session, subject.id),
        licences=tuple(licence_lines(session, subject.id)),
        members=session.scalar(members) or 0,
    )
