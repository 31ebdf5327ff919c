"""Rows that say no number: the record that each means by its name and what else tells who it is, or none.

A number finds a record again; where none is said, the same file would make the same records anew each time.
So a row without one is compared with the standing records of its name, and with the rows of its name, by what
the kind declares: birth date, body, telephone, employer (`likeness.ways`, by which duplicates are found too).
What agrees in one of them is the same; what differs in one is another; where nothing can be compared a name
means a record only if no other has it, and where several fit nobody guesses.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.database.among import among
from suite.kernel.exchange.linking import names_of
from suite.kernel.exchange.previewed import NEW, PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.born import birth_in
from suite.kernel.registry.current import chunks
from suite.kernel.registry.keys import key_of
from suite.kernel.registry.likeness import Key, Way, likely_with_name, name_key
from suite.kernel.registry.scoping import may_edit, may_read
from suite.tables import Identity, Person, Subject

NUMBERS = ("main_no", "id_number")
#: Two who differ in it are two whatever else agrees.
BIRTH = "birth_date"
#: It tells namesakes apart, and never that two are one.
DISTRICT = "district_code"
#: No more of one name are looked through for one row, and so many are named where none is taken.
MOST_COMPARED, NEAREST = 50, 3
#: A scan of a roster answers for so many names at once.
MOST_NAMES = 50_000


def has_no_number(row: PreviewRow) -> bool:
    """Whether a row says no number at all: one that cannot be read is a number all the same."""
    for key in NUMBERS:
        if row.values.get(key) is not None:
            return False
    return not any(problem.field in NUMBERS for problem in row.problems)


@dataclass(slots=True, kw_only=True)
class _Standing:
    """A record of the roster: what it says in the fields that tell who it is, and how it may be called."""

    subject_id: int
    values: Mapping[str, Any]
    readable: bool
    editable: bool


@dataclass(slots=True, kw_only=True)
class _Line:
    """A row among those of its name: what it will say once it is written, `said` of who it is.

    `known`: something beside the name says which record it means.
    """

    row: PreviewRow
    place: int
    values: Mapping[str, Any]
    said: tuple[str, ...]
    numbered: bool
    known: bool


@dataclass(kw_only=True)
class Namesakes:
    """The standing records that rows which found none by a number may mean.

    `anchor`: the field that all of them have in common, the name or the link that a record is named after;
    `spelt`: a name as its spellings have it in common.
    `same`: fields of which one that agrees makes two one. `apart`: fields that differ between two.
    """

    kind: RecordKind
    rows: Sequence[PreviewRow]
    today: dt.date
    anchor: str
    spelt: Key | None
    ways: Sequence[Way]
    same: tuple[str, ...]
    apart: tuple[str, ...]
    by_anchor: Mapping[Any, Sequence[_Standing]] = field(default_factory=dict)
    bodies: Mapping[int, str] = field(default_factory=dict)
    _by_name_alone: set[int] = field(default_factory=set)

    @classmethod
    def look(cls, kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> Namesakes:
        """Read the records of the names that the rows say which have no record yet."""
        anchor = kind.named_after or "name"
        ways = likely_with_name(kind) if kind.named_after is None else []
        if kind.named_after is None:
            same = tuple(str(way.keys[1].field) for way in ways)
        else:
            same = tuple(key for keys in kind.match_keys if anchor in keys for key in keys if key != anchor)
        here = (DISTRICT,) if kind.named_after is None and DISTRICT in kind.by_key else ()
        found = cls(
            kind=kind,
            rows=rows,
            today=work.today,
            anchor=anchor,
            spelt=name_key(kind) if anchor == "name" else None,
            ways=ways,
            same=same,
            apart=tuple(dict.fromkeys((*same, *here))),
        )
        found._read(work)
        return found

    def _read(self, work: Transaction) -> None:
        said = {self._anchor_of(row.values) for row in self.rows if row.subject_id is None}
        wanted: list[Any] = list(said - {None})
        fields = [
            self.kind.by_key[key]
            for key in dict.fromkeys((self.anchor, "name", *NUMBERS, "body_id", *self.apart))
            if key in self.kind.by_key
        ]
        columns = [found.table.columns[found.name] for found in fields]
        tables = {found.table.name for found in fields}
        query = select(Subject.id, Subject.district_code, Subject.association, *columns).where(
            Subject.kind == self.kind.key
        )
        if Person.__tablename__ in tables:
            query = query.outerjoin(Person, Person.id == Subject.person_id)
        if Identity.__tablename__ in tables:
            query = query.outerjoin(Identity, Identity.person_id == Subject.person_id)
        if self.kind.details.name in tables:
            query = query.outerjoin(self.kind.details, self.kind.details.c.subject_id == Subject.id)
        asked = self.spelt.sql if self.spelt is not None else columns[0]
        by_anchor: defaultdict[Any, list[_Standing]] = defaultdict(list)
        owner = self.kind.owner
        for part in chunks(wanted, MOST_NAMES):
            for number, district, association, *held in work.session.execute(
                query.where(among(asked, part)).order_by(Subject.id)
            ):
                values = {found.key: value for found, value in zip(fields, held, strict=True)}
                by_anchor[self._anchor_of(values)].append(
                    _Standing(
                        subject_id=number,
                        values=values,
                        readable=may_read(work.actor, owner, district, association),
                        editable=may_edit(work.actor, owner, district, association),
                    )
                )
        self.by_anchor = by_anchor
        said_of = (one.values.get("body_id") for found in by_anchor.values() for one in found)
        self.bodies = names_of(work.session, sorted({body for body in said_of if body is not None}))

    def _anchor_of(self, values: Mapping[str, Any]) -> Any:
        """A name as its spellings have it in common, or the record that one is named after."""
        return self.spelt.of(values) if self.spelt is not None else values.get(self.anchor)

    # In the roster ------------------------------------------------------------------------------------------

    def find(self) -> None:
        """Give the rows without a number their records; hold those that several fit, tell of namesakes."""
        for row in self.rows:
            said = row.values.get(self.anchor)
            if row.subject_id is not None or said is None or not has_no_number(row):
                continue
            # As it is written: another spelling would be another name for the record.
            named = self.by_anchor.get(self._anchor_of(row.values), ())
            self._find(row, [one for one in named if one.values[self.anchor] == said])

    def _find(self, row: PreviewRow, named: Sequence[_Standing]) -> None:
        possible = [one for one in named if not differ(row.values, one.values, (BIRTH,))]
        agreeing = {
            key: found
            for key in self.same
            if (found := [one for one in possible if _agree(row.values, one.values, key)])
        }
        if agreeing:
            common = set.intersection(*({one.subject_id for one in found} for found in agreeing.values()))
            fitting = {one.subject_id: one for found in agreeing.values() for one in found}
            if len(common) == 1:
                row.subject_id = common.pop()
                row.problems.append(self._matched(fitting[row.subject_id], [self.anchor, *agreeing]))
            else:
                row.problems.append(self._several(list(fitting.values())))
            return
        # Of elsewhere nobody knows whether it is meant.
        near = [one for one in named if one.editable]
        fitting_here = [one for one in near if not differ(row.values, one.values, self.apart)]
        if len(fitting_here) == 1:
            row.subject_id = fitting_here[0].subject_id
            self._by_name_alone.add(id(row))
            row.problems.append(self._matched(fitting_here[0], [self.anchor]))
        elif fitting_here:
            row.problems.append(self._several(fitting_here))
        elif near:
            row.problems.append(self._namesake(row, near))

    # In the file --------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Hold the rows without a number that may be about the record of another row of the file."""
        groups: defaultdict[Any, list[PreviewRow]] = defaultdict(list)
        asked = {row.values.get(self.anchor) for row in self.rows if has_no_number(row)} - {None}
        for row in self.rows if asked else ():
            if (said := row.values.get(self.anchor)) in asked:
                groups[said].append(row)
        for rows in groups.values():
            if len(rows) > 1:
                self._hold([self._line(row, place) for place, row in enumerate(rows)])

    def _line(self, row: PreviewRow, place: int) -> _Line:
        values: Mapping[str, Any] = row.values
        # As it is written: with the birth date that the number carries.
        if BIRTH in self.same and values.get(BIRTH) is None and (born := birth_in(values, self.today)):
            values = {**values, BIRTH: born}
        said = tuple(key for key in self.same if values.get(key) is not None)
        return _Line(
            row=row,
            place=place,
            values=values,
            said=said,
            numbered=not has_no_number(row),
            # By something beside the name, or it will be once it is written.
            known=row.subject_id is not None and (id(row) not in self._by_name_alone or bool(said)),
        )

    def _hold(self, lines: Sequence[_Line]) -> None:
        """Compare the rows of one name; each is held once."""
        saying: defaultdict[tuple[str, Any], list[_Line]] = defaultdict(list)
        alike: defaultdict[tuple[tuple[str, ...], Any], list[_Line]] = defaultdict(list)
        for line in lines:
            for key in line.said:
                saying[key, line.values[key]].append(line)
            alike[line.said, line.values.get(DISTRICT) if DISTRICT in self.apart else None].append(line)
        for line in lines:
            if line.numbered:
                continue
            for other in self._agreeing(line, saying):
                bodies = differ(line.values, other.values, ("body_id",))
                # Of two without a number the first stays, unless nobody can tell which of them is right.
                if bodies or other.numbered or other.place < line.place:
                    line.row.problems.append(self._repeated(other.row, bodies=bodies))
                    break
            else:
                unlike = None if line.known else self._unlike(line, alike)
                if unlike is not None:
                    line.row.problems.append(self._untold(unlike.row))

    def _agreeing(self, line: _Line, saying: Mapping[tuple[str, Any], Sequence[_Line]]) -> Iterator[_Line]:
        """The rows of the same name that say something of who it is as this one does."""
        for key in line.said:
            for other in islice(saying[key, line.values[key]], MOST_COMPARED):
                if other is not line and not _are_two(line, other):
                    yield other

    def _unlike(
        self, line: _Line, alike: Mapping[tuple[tuple[str, ...], Any], Sequence[_Line]]
    ) -> _Line | None:
        """A row of the same name that says nothing by which it could be told from this one."""
        here = line.values.get(DISTRICT)
        for (said, there), others in alike.items():
            if not set(said).isdisjoint(line.said) or (None not in (here, there) and here != there):
                continue
            for other in islice(others, MOST_COMPARED):
                if other is not line and not _are_two(line, other):
                    return other
        return None

    # What comes new -----------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Tell of each new record which standing one it is likely to be, as the finder of duplicates does."""
        if not self.ways or not self.by_anchor:
            return
        for row in self.rows:
            if row.result != NEW or any(problem.severity is Severity.ERROR for problem in row.problems):
                continue
            # The birth date that its number carries is among what is written.
            values = row.checked.edit.values if row.checked is not None else row.values
            for one in self.by_anchor.get(self._anchor_of(values), ()):
                if differ(values, one.values, ("id_number",)):
                    continue
                way = next((way for way in self.ways if _has_in_common(way, values, one.values)), None)
                if way is not None:
                    row.problems = [told for told in row.problems if told.code != "match.namesake"]
                    row.problems.append(self._likely(way, values, one))
                    break

    # In words -----------------------------------------------------------------------------------------------

    def _titles(self, keys: Collection[str]) -> str:
        titles = [self.kind.by_key[key].title for key in keys]
        return "和".join(filter(None, ("、".join(titles[:-1]), titles[-1])))

    def _lacking(self) -> str:
        """What a row may say so that it is known which one it means."""
        keys = (*(key for key in NUMBERS if key in self.kind.by_key), *self.same)
        titles = [self.kind.by_key[key].title for key in dict.fromkeys(keys)]
        return f"{'、'.join(titles[:-1])}或{titles[-1]}"

    def _called(self, one: _Standing) -> str:
        """A standing record in words, as far as the actor may know it."""
        if not one.readable:
            return "另一份档案"
        body = self.bodies.get(one.values.get("body_id") or 0)
        key = key_of(one.subject_id, one.values.get("main_no"))
        return f"“{one.values['name']}”（{key}{f'，{body}' if body else ''}）"

    def _matched(self, one: _Standing, keys: Sequence[str]) -> Problem:
        by, alone = self._titles(keys), keys == [self.anchor]
        if alone:
            text = f"表中没有号码，只按{by}对应到名册中唯一的{self._called(one)}，请核对是否{self._one}。"
        else:
            text = f"表中没有号码，按{by}对应到名册中的{self._called(one)}，请核对是否{self._one}。"
        code = "match.by_name_alone" if alone else "match.by_name"
        return Problem(code=code, field=self.anchor, text=text, severity=Severity.NOTICE)

    @property
    def _one(self) -> str:
        return "同一人" if self.kind.has_person else "同一份档案"

    def _several(self, fitting: Sequence[_Standing]) -> Problem:
        named = "、".join(dict.fromkeys(map(self._called, fitting[:NEAREST])))
        return Problem(
            code="match.several",
            field=self.anchor,
            text=f"表中没有号码，名册中有 {len(fitting)} 份档案与此行相符：{named}，分不清是哪一份，"
            f"请补填{self._lacking()}后再导入。",
        )

    def _namesake(self, row: PreviewRow, near: Sequence[_Standing]) -> Problem:
        one = near[0]
        differing = [key for key in self.apart if differ(row.values, one.values, (key,))]
        return Problem(
            code="match.namesake",
            field=self.anchor,
            text=f"名册中已有同名的{self._called(one)}，{self._titles(differing)}不同，将另建一份，"
            f"请核对是否{self._one}；是的请填上其号码。",
            severity=Severity.WARNING,
        )

    def _repeated(self, other: PreviewRow, *, bodies: bool) -> Problem:
        place, name = _place(other), self.kind.by_key[self.anchor].title
        if bodies:
            differing = self.kind.by_key["body_id"].title
            text = f"与{place}{name}等相同，但{differing}不同，请核对哪一行有误，改正后再导入。"
        else:
            text = f"没有号码，与{place}{name}等相同，请核对后只留一行，或补填{self._lacking()}。"
        return Problem(code="duplicate_row", field=self.anchor, text=text)

    def _untold(self, other: PreviewRow) -> Problem:
        return Problem(
            code="duplicate_row",
            field=self.anchor,
            text=f"没有号码，与{_place(other)}{self.kind.by_key[self.anchor].title}相同，没有别的内容能够分清，"
            f"请补填{self._lacking()}；重复的请只留一行。",
        )

    def _likely(self, way: Way, values: Mapping[str, Any], one: _Standing) -> Problem:
        number = self.kind.by_key.get("main_no")
        mine, theirs = values.get("main_no"), one.values.get("main_no")
        both = number is not None and None not in (mine, theirs) and one.readable
        if both and number is not None:
            text = (
                f"{number.title}不同（名册 {theirs}，表中 {mine}），可能是名册中的{self._called(one)}："
                f"{way.reason.words}。请核对号码，号码有误的改正后再导入。"
            )
        else:
            text = (
                f"很可能是名册中的{self._called(one)}：{way.reason.words}。请核对，是同一份的请填上其号码。"
            )
        return Problem(
            code="match.likely",
            field="main_no" if both else "name",
            text=text,
            severity=Severity.WARNING,
        )


def _are_two(line: _Line, other: _Line) -> bool:
    """Whether two rows of one name are about two: by their birth dates, or as the roster has them.

    Not where one says nothing that the other does not say: then both would be found in both records.
    """
    if differ(line.values, other.values, (BIRTH,)):
        return True
    # A number that the roster has not is one of somebody else than the record that is known.
    known = line.known and (other.numbered or other.known)
    if not known or line.row.subject_id == other.row.subject_id:
        return False
    return not _says_all(line, other) and (other.numbered or not _says_all(other, line))


def _says_all(line: _Line, other: _Line) -> bool:
    """Whether the other row says all that this one says of who it is, and this one says something."""
    return bool(line.said) and all(line.values[key] == other.values.get(key) for key in line.said)


def _agree(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> bool:
    return one.get(key) is not None and one.get(key) == other.get(key)


def differ(one: Mapping[str, Any], other: Mapping[str, Any], keys: Collection[str]) -> bool:
    """Whether both say one of these, and differently."""
    return any(None not in (one.get(key), other.get(key)) and one[key] != other[key] for key in keys)


def _has_in_common(way: Way, values: Mapping[str, Any], standing: Mapping[str, Any]) -> bool:
    keys: Iterator[Any] = (key.of(values) for key in way.keys)
    return all(
        mine is not None and mine == key.of(standing) for mine, key in zip(keys, way.keys, strict=True)
    )


def _place(row: PreviewRow) -> str:
    return f"工作表“{row.sheet}”第 {row.row} 行"
