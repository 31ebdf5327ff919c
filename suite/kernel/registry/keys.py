"""Which record a person means by a key: a number of the record itself, or a name that only one has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.contract.problems import Refused, refuse
from suite.kernel.registry.merging_tombstone import Led, led_from_key
from suite.kernel.registry.queries import readable_kind
from suite.kernel.search.queries import find, scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Licence, Subject

MARK = "#"
SHOWN = 6


def key_of(subject_id: int, main_no: str | None) -> str:
    """The key by which `subject_of` finds a record again: its number, else `#id`."""
    return main_no or f"{MARK}{subject_id}"


@dataclass(frozen=True, kw_only=True)
class Meant:
    """The record that a key means; `led` says that the key is that of a record merged into it."""

    subject_id: int
    led: Led | None = None


def subject_of(session: Session, actor: Actor, catalog: Catalog, key: str, *, kind: str | None = None) -> int:
    """The id of the record that `key` means; see `meant_by`."""
    return meant_by(session, actor, catalog, key, kind=kind).subject_id


def meant_by(session: Session, actor: Actor, catalog: Catalog, key: str, *, kind: str | None = None) -> Meant:
    """The record that `key` means: `#id`, a main or licence number, or a name.

    The id and the main number of a merged record mean the one that it was merged into. Only what the actor
    may read is looked at. Raises Refused for no record and for several.
    """
    text = key.strip()
    if kind is not None:
        readable_kind(actor, catalog, kind)
    readable = [
        found
        for found in catalog.kinds.values()
        if (kind is None or found.key == kind) and actor.may(f"{found.owner}:roster:read")
    ]
    asked: list[Select[int]] = []
    if text.startswith(MARK) and text[1:].isdigit():
        asked.append(select(Subject.id).where(Subject.id == int(text[1:])))
    else:
        upper = text.upper()
        numbers = select(Licence.subject_id).where(Licence.number == upper)
        asked.append(select(Subject.id).where((Subject.main_no == upper) | Subject.id.in_(numbers)))
        asked.append(select(Subject.id).where(Subject.name == text))
    for query in asked:
        found = [
            (subject_id, of_kind.title)
            for of_kind in readable
            for subject_id in session.scalars(
                query.where(
                    Subject.kind == of_kind.key,
                    scope_condition(Subject, actor.scopes(f"{of_kind.owner}:roster:read")),
                )
                .order_by(Subject.id)
                .limit(SHOWN)
            )
        ]
        if len(found) == 1:
            return Meant(subject_id=found[0][0])
        if found:
            several = "、".join(f"{title} {MARK}{subject_id}" for subject_id, title in found[:SHOWN])
            raise refuse("key.several", f"“{text}”对应多份档案：{several}。请用编号指明。", field="key")
    number = int(text[1:]) if text.startswith(MARK) and text[1:].isdigit() else None
    for of_kind in readable:
        led = led_from_key(session, of_kind.key, subject_id=number, number=text.upper())
        if led is not None and _readable(session, actor, of_kind, led.kept_id):
            return Meant(subject_id=led.kept_id, led=led)
    raise refuse("record.unknown", f"没有找到“{text}”，或它不在您的管理范围内。", field="key")


def record_meant(
    session: Session, actor: Actor, catalog: Catalog, text: str, kinds: Sequence[str], *, field: str = "key"
) -> int:
    """The record that a name or number means in any of some kinds.

    Raises Refused for none, with the nearest that the actor may read, and for several.
    """
    readable = [
        key for key in kinds if key in catalog.kinds and actor.may(f"{catalog.kind(key).owner}:roster:read")
    ]
    found: list[int] = []
    for key in readable:
        try:
            found.append(subject_of(session, actor, catalog, text, kind=key))
        except Refused as refused:
            if "key.several" in refused.codes:
                raise
    if len(found) == 1:
        return found[0]
    if found:
        several = "、".join(f"{MARK}{subject_id}" for subject_id in found)
        raise refuse("key.several", f"“{text}”对应多份档案：{several}。请用编号指明。", field=field)
    near = _nearest(session, actor, catalog, text.strip(), readable)
    words = f"相近的有：{near}。请写全名称或编号。" if near else "请核对名称或编号，或联系科室管理员。"
    raise refuse("record.unknown", f"没有找到“{text}”，或它不在您的管理范围内。{words}", field=field)


def _nearest(session: Session, actor: Actor, catalog: Catalog, text: str, kinds: Sequence[str]) -> str:
    """A few records whose names are like a text, the likest first, in words."""
    half = max(2, len(text) // 2)
    hits = {
        hit.subject_id: hit
        for part in dict.fromkeys((text, text[:half], text[-half:]))
        for hit in find(session, actor, catalog, part, kinds=kinds, limit=10 * SHOWN)
    }

    def likeness(name: str) -> float:
        return SequenceMatcher(None, text, name).ratio()

    near = sorted(hits.values(), key=lambda hit: -likeness(hit.name))[: SHOWN // 2]
    return "、".join(f"{hit.name}（{key_of(hit.subject_id, hit.main_no)}）" for hit in near)


def _readable(session: Session, actor: Actor, kind: RecordKind, subject_id: int) -> bool:
    scopes = actor.scopes(f"{kind.owner}:roster:read")
    where = (Subject.id == subject_id, Subject.kind == kind.key, scope_condition(Subject, scopes))
    return session.scalar(select(Subject.id).where(*where)) is not None
