"""The natural person behind a practitioner: linked by a valid number and an equal name, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.scoping import may_read
from suite.tables import Identity, Merge, Person, Subject


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """A person that the suite already knows under a number.

    `readable`: the actor may read at least one of the person's records, and so know the name. `former`: the
    number is that of a person who was merged into this one, which holds another.
    """

    person_id: int
    name: str
    kinds: frozenset[str]
    readable: bool
    former: bool


def link_persons(kind: RecordKind, edits: list[Edit], work: Transaction) -> list[Problem]:
    """Find each edit's person by number; set `person_id`; tell what does not fit.

    The same number with another name is held and asked. Without a number nothing is linked.
    """
    numbered = [edit for edit in edits if edit.changes.get("id_number")]
    known = _known(work, [edit.changes["id_number"] for edit in numbered])
    problems = []
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


def clashes(kind: RecordKind, edits: list[Edit], work: Transaction) -> list[Problem]:
    """Tell of a person's other practice that the law does not allow beside this one; nothing is blocked.

    Asked when a record joins a known person or its status changes. Only roles that are held now count.
    """
    against = {
        other.key: (kind if other.key in kind.clashes_with else other).clash_article
        for other in work.catalog.kinds.values()
        if other.key in kind.clashes_with or kind.key in other.clashes_with
    }
    asked = {
        edit.person_id: edit
        for edit in edits
        if edit.person_id is not None
        and (edit.is_new or "status" in edit.changes)
        and edit.values["status"] in kind.counted
    }
    if not against or not asked:
        return []
    found = []
    for part in chunks(list(asked)):
        for row in work.session.execute(
            select(Subject.person_id, Subject.kind, Subject.status)
            .where(Subject.person_id.in_(part), Subject.kind.in_(list(against)))
            .order_by(Subject.id)
        ):
            other = work.catalog.kinds[row.kind]
            if row.status in other.counted:
                found.append(
                    Problem(
                        code="role.clash",
                        severity=Severity.WARNING,
                        text=f"此人现为{other.title}，按规定不得同时担任{kind.title}，请核实后办理其中一项的注销或免职。",
                        field="id_number",
                        row=asked[row.person_id].place,
                        article=against[row.kind],
                    )
                )
    return found


def _known(work: Transaction, numbers: list[str]) -> dict[str, KnownPerson]:
    found: dict[str, KnownPerson] = {}
    kinds: dict[int, set[str]] = {}
    readable: set[int] = set()
    names: dict[int, str] = {}
    holders: dict[str, tuple[int, bool]] = {}
    # The number of a person that was merged means the one that stands for both.
    means = func.coalesce(Merge.kept_person_id, Identity.person_id)
    merged = and_(
        Merge.gone_person_id == Identity.person_id, Merge.what != "split", Merge.undone_at.is_(None)
    )
    for part in chunks(list(dict.fromkeys(numbers))):
        rows = work.session.execute(
            select(
                Person.id,
                Person.name,
                Identity.id_number,
                Merge.id.is_not(None),
                Subject.kind,
                Subject.profession,
                Subject.district_code,
                Subject.association,
            )
            .select_from(Identity)
            .outerjoin(Merge, merged)
            .join(Person, Person.id == means)
            .outerjoin(Subject, Subject.person_id == Person.id)
            .where(Identity.id_number.in_(part))
        )
        for person_id, name, number, former, subject_kind, profession, district, association in rows:
            names[person_id] = name
            holders[number or ""] = (person_id, bool(former))
            kinds.setdefault(person_id, set())
            if subject_kind is not None:
                kinds[person_id].add(subject_kind)
                if may_read(work.actor, profession, district, association):
                    readable.add(person_id)
    for number, (person_id, former) in holders.items():
        found[number] = KnownPerson(
            person_id=person_id,
            name=names[person_id],
            kinds=frozenset(kinds[person_id]),
            readable=person_id in readable,
            former=former,
        )
    return found


def _problem(code: str, text: str, edit: Edit) -> Problem:
    return Problem(code=code, text=text, field="id_number", row=edit.place)
