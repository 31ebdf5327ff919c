"""Finding each row's record again, rows that mean the same record, and what contradicts the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.database.among import MOST, among
from suite.kernel.exchange.linking import names_of
from suite.kernel.exchange.namesakes import NUMBERS, differ, has_no_number
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.canonical import NUMBER_FIELDS
from suite.kernel.registry.current import chunks
from suite.kernel.registry.masking import masked
from suite.kernel.registry.merging_tombstone import merged_records
from suite.kernel.registry.said import Said
from suite.tables import Identity, Person, Subject

NOTHING_SAID: Mapping[int, Mapping[str, Any]] = MappingProxyType({})
#: The codes of a row that says a merged record's name or number: of one that stands for the kept record, and
#: of one beside the kept record's own, of which nothing is taken.
MERGED, MERGED_AWAY = "match.merged", "match.merged_away"


def match_rows(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Find each row's record by the kind's match fields, in order; by name only where it is unique."""
    for keys in kind.match_keys:
        asked = [
            (row, values)
            for row, values in zip(rows, _said_by(rows, keys), strict=True)
            if row.subject_id is None and None not in values
        ]
        found = _subjects_by(kind, keys, (values for _, values in asked), work)
        for row, values in asked if found else ():
            ids = found.get(values, ())
            if len(ids) == 1 and (keys != ("name",) or row.values.get("main_no") is None):
                row.subject_id = ids[0]


def lead_merged(
    kind: RecordKind,
    rows: Sequence[PreviewRow],
    work: Transaction,
    said: Mapping[int, Mapping[str, Any]] = NOTHING_SAID,
) -> list[PreviewRow]:
    """Let rows that say the name or the number of a merged record mean the one that stands for it, and tell.

    Such a row does not give the kept record its old name and number back. Where another row is the kept
    record's own, nothing of it is taken: answers with these rows. `said`: row number → all that a row says,
    of those of which a part is no change.
    """
    merged = list(merged_records(work.session, kind.key))
    by_number: dict[Any, int] = {one.number: one.kept_id for one in merged if one.number is not None}
    by_name: dict[Any, int] = {} if kind.has_person else {one.name: one.kept_id for one in merged}
    old: list[PreviewRow] = []
    for row in rows if merged else ():
        whole = said.get(row.row, row.values)
        number, name = whole.get("main_no"), whole.get("name")
        kept = by_number.get(number) or by_name.get(name)
        if kept is not None and row.subject_id is None and (number is None or number in by_number):
            row.subject_id = kept
        if kept is not None and row.subject_id == kept:
            old.append(row)
    led = {id(row) for row in old}
    own = {row.subject_id for row in rows if id(row) not in led} if old else set()
    names = names_of(work.session, {row.subject_id for row in old if row.subject_id is not None})
    away = []
    for row in old:
        whole = said.get(row.row, row.values)
        words = whole["name"] if whole.get("name") in by_name else whole.get("main_no")
        told = f"“{words}”已并入“{names[row.subject_id or 0]}”"
        if row.subject_id in own:
            text = f"{told}，后者另有一行，本行不采用。请报送单位核对后也只留一行。"
            row.problems = [Problem(code=MERGED_AWAY, text=text, severity=Severity.NOTICE)]
            away.append(row)
        else:
            text = f"{told}，按后者读取，名称和号码不改回。"
            row.problems.append(Problem(code=MERGED, text=text, severity=Severity.NOTICE))
            gone = {"name": by_name, "main_no": by_number}
            row.values = Said(
                (key, value) for key, value in row.values.items() if value not in gone.get(key, ())
            )
    return away


def _said(row: PreviewRow, keys: Sequence[str]) -> tuple[Any, ...]:
    """What a row says in the fields that it is found by."""
    return tuple(map(row.values.get, keys))


def _said_by(rows: Sequence[PreviewRow], keys: Sequence[str]) -> list[tuple[Any, ...]]:
    """What each row says in these fields."""
    return list(zip(*([row.values.get(key) for row in rows] for key in keys), strict=True))


def _subjects_by(
    kind: RecordKind, keys: Sequence[str], wanted: Iterable[tuple[Any, ...]], work: Transaction
) -> dict[tuple[Any, ...], list[int]]:
    """Values of these fields → the records that have them all."""
    found: dict[tuple[Any, ...], list[int]] = {}
    fields = [kind.by_key[key] for key in keys]
    columns = [field.table.columns[field.name] for field in fields]
    query = select(Subject.id, *columns).where(Subject.kind == kind.key)
    tables = {field.table.name for field in fields}
    if Identity.__tablename__ in tables:
        query = query.join(Identity, Identity.person_id == Subject.person_id)
    if Person.__tablename__ in tables:
        query = query.join(Person, Person.id == Subject.person_id)
    if kind.details.name in tables:
        query = query.join(kind.details, kind.details.c.subject_id == Subject.id)
    for part in chunks(list(dict.fromkeys(values[0] for values in wanted)), MOST):
        for subject_id, *values in work.session.execute(query.where(among(columns[0], part))):
            found.setdefault(tuple(values), []).append(subject_id)
    return found


def hold_repeated(kind: RecordKind, rows: Sequence[PreviewRow], telling: Sequence[str] = ()) -> None:
    """One record or number on two rows of the file: the later one is held and says where the first is.

    Where the two say different names or bodies, nobody can tell which is right, and both are held. A row that
    says no number is held for one that says it, wherever they stand; `telling`: by what it was found, so that
    a row that says it otherwise is held with it. What is held for another row already repeats none.
    """
    seen: dict[tuple[tuple[str, ...], Any], PreviewRow] = {}
    nothing = (None,) * len(NUMBERS)
    numberless = [place for place, numbers in enumerate(_said_by(rows, NUMBERS)) if numbers == nothing]
    several = _places_of_several(kind, rows).difference(numberless)
    for row in (rows[place] for place in (*sorted(several), *numberless)):
        if any(problem.code == "duplicate_row" for problem in row.problems):
            continue
        asked: list[tuple[tuple[str, ...], Any]] = [
            (keys, said)
            for keys in kind.match_keys
            if keys != ("name",) and None not in (said := _said(row, keys)) and _is_number(said)
        ]
        if row.subject_id is not None:
            asked.append(((), row.subject_id))
        for keys, said in asked:
            first = seen.setdefault((keys, said), row)
            if first is not row:
                differing = [
                    kind.by_key[told].title
                    for told in ("name", "body_id")
                    if told in kind.by_key and row.values.get(told) != first.values.get(told)
                ]
                if has_no_number(row):
                    differing += [
                        kind.by_key[told].title
                        for told in telling
                        if told != "body_id" and differ(row.values, first.values, (told,))
                    ]
                row.problems.append(_repeated(kind, keys, first, differing))
                if differing:
                    first.problems.append(_repeated(kind, keys, row, differing))
                break


def _places_of_several(kind: RecordKind, rows: Sequence[PreviewRow]) -> set[int]:
    """Where the rows stand whose record or numbers another row has as well: few do."""
    said: list[Sequence[Any]] = [_said_by(rows, keys) for keys in kind.match_keys if keys != ("name",)]
    found: set[int] = set()
    for column in (*said, [(row.subject_id,) for row in rows]):
        several = {one for one, times in Counter(column).items() if times > 1 and None not in one}
        if several:
            found.update(place for place, one in enumerate(column) if one in several)
    return found


def _is_number(said: tuple[Any, ...]) -> bool:
    """Whether a number can stand here at all: names in a column of numbers are told for what they are."""
    return any(map(str.isdigit, "".join(map(str, said))))


def _repeated(kind: RecordKind, keys: Sequence[str], other: PreviewRow, differing: Sequence[str]) -> Problem:
    title = "、".join(kind.by_key[key].title for key in keys) or "档案"
    place = f"工作表“{other.sheet}”第 {other.row} 行"
    if differing:
        text = f"与{place}是同一{title}，但{'、'.join(differing)}不同，请核对哪一行有误，改正后再导入。"
    else:
        text = f"与{place}是同一{title}，请核对后只留一行。"
    return Problem(code="duplicate_row", field=keys[0] if keys else None, text=text)


def tell_contradictions(kind: RecordKind, rows: Iterable[PreviewRow], work: Transaction) -> None:
    """Rows that found their record by a number and contradict it in what else says who it is.

    Another name of a person holds the row: number or name is wrong, and nobody here can tell which. A
    body's new name, another number and another firm are taken, and told. What is held is not promised.
    """
    changed = [row for row in rows if row.subject_id is not None and row.changes]
    bodies = {body for row in changed for body in row.changes.get("body_id", ()) if isinstance(body, int)}
    names = names_of(work.session, sorted(bodies))
    for row in changed:
        held = {problem.field for problem in row.problems if problem.severity is Severity.ERROR}
        for key, (old, new) in row.changes.items():
            if old is not None and new is not None and key not in held:
                row.problems += _contradiction(kind, key, old, new, names, row)


def _contradiction(
    kind: RecordKind, key: str, old: Any, new: Any, names: Mapping[int, str], row: PreviewRow
) -> Iterable[Problem]:
    title = kind.by_key[key].title
    if key == "name" and kind.has_person:
        yield Problem(
            code="match.other_name",
            field=key,
            text=f"该号码在名册中登记为“{old}”，表中为“{new}”，请核对姓名和号码；如已更名，请先在其档案中更正姓名。",
        )
    elif key == "name":
        yield Problem(
            code="match.renamed",
            field=key,
            text=f"名册中该号码的名称是“{old}”，将改为“{new}”，请核对是否已办理更名。",
            severity=Severity.WARNING,
        )
    elif key in NUMBER_FIELDS:
        shown = masked(key, old) if kind.by_key[key].sensitive else old
        yield Problem(
            code="match.other_number",
            field=key,
            text=f"名册中的{title}是 {shown}，与表中不同，将按表中的改，请对照证件核对。",
            severity=Severity.WARNING,
        )
    elif key == "body_id" and kind.has_person:
        yield Problem(
            code="match.other_body",
            field=key,
            text=f"名册中此人的{title}是“{names.get(old, old)}”，表中为“{names.get(new, new)}”，"
            f"将{_from(kind, row)}按变更登记，请核对是否已办理变更手续。",
            severity=Severity.WARNING,
        )


def _from(kind: RecordKind, row: PreviewRow) -> str:
    """From which day a row's body would hold, and that the day of the row says nothing of it, where so."""
    stay = row.checked.edit.stay if row.checked is not None else None
    if stay is None:
        return ""
    since = kind.by_key["body_id"].since
    said = row.values.get(since) if since is not None else None
    if since is None or said is None or since in row.changes:
        return f"自 {stay.begin} 起"
    return f"自 {stay.begin} 起（{kind.by_key[since].title} {said} 未随之改动）"
