"""The natural person behind a practitioner: linked by a valid number and an equal name, never by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, func, select, text

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.database.among import MOST, among
from suite.database.engine import is_sqlite
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.scoping import may_read
from suite.tables import Identity, Merge, Person, Subject


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """A person that the suite already knows under a number.

    `readable`: the actor may read at least one of the person's records, and so know the name; else `name` is
    there only if the actor knew it. `roles`: kind and status of the records that the actor may read, and of
    the others those that the law sets against the kind asked for. `former`: the number is that of a person
    who was merged into this one, which holds another.
    """

    person_id: int
    name: str | None
    roles: frozenset[tuple[str, str]]
    readable: bool
    former: bool

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of those records."""
        return frozenset(kind for kind, _ in self.roles)


def link_persons(kind: RecordKind, edits: list[Edit], work: Transaction) -> list[Problem]:
    """Find each edit's person by number; set `person_id`; tell what does not fit.

    The same number with another name is held and asked. Without a number nothing is linked.
    """
    problems = _share(kind, [edit for edit in edits if edit.is_new and edit.person_of is not None], work)
    numbered = [edit for edit in edits if edit.changes.get("id_number") and not edit.linked_person]
    known = known_persons(kind, {edit.changes["id_number"]: edit.values["name"] for edit in numbered}, work)
    seen: dict[str, Edit] = {}
    for edit in numbered:
        number = edit.changes["id_number"]
        former = seen.setdefault(number, edit)
        if former is not edit:
            problems.append(
                _problem("identity.twice", "本次提交中有两行是同一证件号码，请核对后只留一行。", edit)
            )
            continue
        person = known.get(number)
        if person is None or person.person_id == edit.person_id:
            continue
        if not person.readable and (
            person.name != edit.values["name"] or not edit.is_new or kind.key in person.kinds
        ):
            problems.append(
                _problem(
                    "identity.elsewhere",
                    "该证件号码已登记在另一份档案，请核对姓名和号码；如无误，请联系科室管理员。",
                    edit,
                )
            )
        elif person.former:
            problems.append(
                _problem(
                    "identity.former",
                    f"该证件号码是已并入“{person.name}”的原档案的号码，与现登记的号码不同，请核实后按现号码登记。",
                    edit,
                )
            )
        elif person.name != edit.values["name"]:
            problems.append(
                _problem(
                    "identity.other_name",
                    f"该证件号码已登记在“{person.name}”名下，与“{edit.values['name']}”不一致，请核实姓名或号码。",
                    edit,
                )
            )
        elif not edit.is_new:
            problems.append(
                _problem(
                    "identity.other_record",
                    "该证件号码属于另一份个人档案，请先核实是否为同一人再办理合并。",
                    edit,
                )
            )
        elif kind.key in person.kinds:
            problems.append(
                _problem("identity.same_kind", f"此人已在“{kind.title}”名册中，请打开原档案修改。", edit)
            )
        else:
            edit.person_id, edit.linked_person = person.person_id, True
    return problems


def _share(kind: RecordKind, edits: Sequence[Edit], work: Transaction) -> list[Problem]:
    """Give new records the person of the record that each names; tell of what does not fit."""
    problems = []
    for edit in edits:
        other = work.session.execute(
            select(
                Subject.name,
                Subject.person_id,
                Subject.profession,
                Subject.district_code,
                Subject.association,
            ).where(Subject.id == edit.person_of)
        ).one_or_none()
        if (
            other is None
            or other.person_id is None
            or not may_read(work.actor, other.profession, other.district_code, other.association)
        ):
            text = "没有所指的个人档案，或不在您的管理范围内，请从名册选取。"
            problems.append(_problem("identity.unknown", text, edit))
        elif other.name != edit.values["name"]:
            text = f"原档案的姓名为“{other.name}”，与“{edit.values['name']}”不一致，请核实。"
            problems.append(_problem("identity.other_name", text, edit))
        elif work.session.scalar(
            select(Subject.id).where(Subject.person_id == other.person_id, Subject.kind == kind.key).limit(1)
        ):
            text = f"此人已在“{kind.title}”名册中，请打开原档案修改。"
            problems.append(_problem("identity.same_kind", text, edit))
        else:
            edit.person_id, edit.linked_person = other.person_id, True
    return problems


def clashes(kind: RecordKind, edits: list[Edit], work: Transaction) -> list[Problem]:
    """Tell of a person's other practice that the law does not allow beside this one; nothing is blocked.

    Asked when a record joins a known person or its status changes. Only roles that are held now count; who
    has no number has no other record.
    """
    against = {
        other.key: (kind if other.key in kind.clashes_with else other).clash_article
        for other in work.catalog.kinds.values()
        if other.key in kind.clashes_with or kind.key in other.clashes_with
    }
    asked = {
        edit.values["id_number"]: edit
        for edit in edits
        if edit.person_id is not None
        and edit.values.get("id_number")
        and (edit.is_new or "status" in edit.changes)
        and edit.values["status"] in kind.counted
    }
    if not against or not asked:
        return []
    known = known_persons(kind, {number: edit.values["name"] for number, edit in asked.items()}, work)
    return [
        Problem(
            code="role.clash",
            severity=Severity.WARNING,
            text=f"此人现为{other.title}，按规定不得同时担任{kind.title}，请核实后办理其中一项的注销或免职。",
            field="id_number",
            row=asked[number].place,
            article=against[other.key],
        )
        for number, person in known.items()
        for key, status in sorted(person.roles)
        if key in against and status in (other := work.catalog.kinds[key]).counted
    ]


def known_persons(kind: RecordKind, wanted: Mapping[str, str], work: Transaction) -> dict[str, KnownPerson]:
    """Number → the person behind it; `wanted` gives the name with each number.

    PostgreSQL hides the records of other places, so that there one function looks, which tells no more than
    this and notes who asked.
    """
    rows: dict[str, list[Row[Any]]] = {}
    for part in chunks(list(wanted), MOST):
        found = (
            _matched(kind, part, work)
            if is_sqlite(work.connection)
            else work.session.execute(
                text("SELECT * FROM core_match_persons(:kind, :numbers, :names)"),
                {"kind": kind.key, "numbers": list(part), "names": [wanted[number] for number in part]},
            ).all()
        )
        for row in found:
            rows.setdefault(row.number, []).append(row)
    return {number: _person(kind, found, wanted[number], work) for number, found in rows.items()}


def _matched(kind: RecordKind, numbers: Sequence[str], work: Transaction) -> Sequence[Any]:
    # The number of a person that was merged means the one that stands for both.
    means = func.coalesce(Merge.kept_person_id, Identity.person_id)
    merged = and_(
        Merge.gone_person_id == Identity.person_id, Merge.what != "split", Merge.undone_at.is_(None)
    )
    return work.session.execute(
        select(
            Identity.id_number.label("number"),
            Person.id.label("person_id"),
            Person.name,
            Subject.kind,
            Subject.status,
            Subject.profession,
            Subject.district_code,
            Subject.association,
            Merge.id.is_not(None).label("former"),
        )
        .select_from(Identity)
        .outerjoin(Merge, merged)
        .join(Person, Person.id == means)
        .outerjoin(Subject, Subject.person_id == Person.id)
        .where(among(Identity.id_number, numbers))
    ).all()


def _person(kind: RecordKind, rows: Sequence[Row[Any]], name: str, work: Transaction) -> KnownPerson:
    """One person from the rows of its records."""
    told, readable = set(), False
    for row in rows:
        if row.kind is None:
            continue
        # PostgreSQL leaves the place of what is hidden empty.
        seen = may_read(work.actor, row.profession, row.district_code, row.association)
        readable = readable or seen
        other = work.catalog.kinds.get(row.kind)
        against = other is not None and (other.key in kind.clashes_with or kind.key in other.clashes_with)
        if seen or against or row.kind == kind.key:
            told.add((row.kind, row.status))
    return KnownPerson(
        person_id=rows[0].person_id,
        name=rows[0].name if readable or rows[0].name == name else None,
        roles=frozenset(told),
        readable=readable,
        former=rows[0].former,
    )


def _problem(code: str, text: str, edit: Edit) -> Problem:
    return Problem(code=code, text=text, field="id_number", row=edit.place)
