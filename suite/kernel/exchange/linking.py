"""From names in cells to records: a firm by its name, a village by county, township and name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from suite.contract.declarations import Field
from suite.contract.problems import Problem, Severity
from suite.database.among import MOST, among
from suite.kernel.exchange.short_names import Parts, is_short_for, parts_of, without_place
from suite.kernel.registry.current import chunks
from suite.kernel.registry.merging_tombstone import merged_records
from suite.kernel.search.keys import folded
from suite.loader.catalog import Catalog
from suite.tables import DatedValue, District, Subject

#: So many names are suggested for an unknown one, each at least so like it.
NEAREST = 3
LIKENESS = 0.6
#: Only so many names, those that share most pairs of letters, are compared letter by letter.
COMPARED = 20
#: A pair of letters that more names have than this tells nothing where rarer ones have found enough.
COMMON = 200
#: After so many unknown names a file is not of these records: no more are looked for.
MOST_UNKNOWN = 500
#: The field in which a body's kind keeps its former names, several of them apart by a mark.
FORMER_NAMES = "former_names"
#: The kind whose names are the same in many townships.
VILLAGE = "core.village"
_LONG_CODE = re.compile(r"(\d{6})(?:000){1,2}", re.ASCII)
_OFFICE = re.compile(r"(办事处|人民政府|政府)$")
_BETWEEN_NAMES = re.compile(r"[、，,；;\n]+")
_SEVERAL = re.compile(r"[、，,；;/\s]+")
#: A name with the number of its record behind it, as `link_texts` writes what the name alone does not tell.
_NUMBERED = re.compile(r"(.+)[（(]([^（()）]*\d{3}[^（()）]*)[）)]")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A record that a name may mean. `parent`: the name of its own body, `place`: that of its county."""

    subject_id: int
    name: str
    main_no: str | None = None
    district_code: str | None
    parent: str | None
    place: str | None = None


@dataclass(kw_only=True)
class LinkIndex:
    """All records that a link may point to, by every name and number they are known under.

    A short name is taken where it is the only one of its kind, and told. `add` fills the index. `merged`: the
    names and numbers of records that were merged → those that stand for them.
    """

    by_name: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    by_core: dict[str, list[tuple[Parts, Candidate]]] = field(default_factory=lambda: defaultdict(list))
    #: Names compared letter by letter so far.
    comparisons: int = 0
    _nearest: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_pair: dict[str, list[str]] | None = None

    def add(self, candidate: Candidate, name: str) -> None:
        """Let a record be found by one of its names."""
        known = self.by_name[folded(name)]
        if candidate in known:
            return
        known.append(candidate)
        parts = parts_of(name)
        if parts is not None:
            self.by_core[parts.core].append((parts, candidate))

    def resolve(
        self, link: Field, text: str, *, district: str | None, parent: str | None
    ) -> tuple[int | None, Problem | None]:
        """The record that a cell means, or the problem with it; never a guess."""
        found = _narrowed(self.by_name.get(folded(text), []), district, parent)
        if not found and (numbered := _NUMBERED.fullmatch(text)) is not None:
            named = self._numbered(link, numbered[1].strip(), numbered[2].strip())
            if named is not None:
                return named
        if not found and len(merged := _narrowed(self.merged.get(folded(text), []), district, parent)) == 1:
            return merged[0].subject_id, Problem(
                code="link.merged",
                field=link.key,
                text=f"“{text}”已并入“{merged[0].name}”，按“{merged[0].name}”读取。",
                severity=Severity.NOTICE,
            )
        short = not found
        if short:
            found = _narrowed(self._by_short_name(text), district, parent)
        if len(found) == 1:
            if VILLAGE in link.links and (elsewhere := _elsewhere(found[0], district, parent)):
                return None, Problem(
                    code="link.elsewhere",
                    field=link.key,
                    text=f"“{text}”不在{elsewhere}，名册中的在{found[0].parent or found[0].district_code}，"
                    "请核对区县、乡镇和名称。",
                )
            if not short:
                return found[0].subject_id, None
            return found[0].subject_id, Problem(
                code="link.short_name",
                field=link.key,
                text=f"“{text}”按简称认作“{found[0].name}”，请核对。",
                severity=Severity.NOTICE,
            )
        if found:
            places = "、".join(sorted({item.parent or item.district_code or "" for item in found})[:4])
            return None, Problem(
                code="link.ambiguous",
                field=link.key,
                text=f"名册中有 {len(found)} 个“{text}”（{places}），请补充区县和乡镇列，或填写编号。",
            )
        nearest = self._near(text)
        hint = f"最接近：{'、'.join(nearest)}。" if nearest else ""
        return None, Problem(
            code="link.unknown",
            field=link.key,
            text=f"名册中没有“{text}”。{hint}请改正名称，或先登记该机构。",
            data={"nearest": nearest},
        )

    def _numbered(self, link: Field, name: str, number: str) -> tuple[int | None, Problem | None] | None:
        """The record that name and number mean, or that they contradict; None where both say nothing."""
        known = {*self.by_name.get(folded(name), ()), *self.merged.get(folded(name), ())}
        holders = [*self.by_name.get(folded(number), ()), *self.merged.get(folded(number), ())]
        found = [item for item in holders if item in known]
        if not holders:
            # A record without a number may be the one; one with another number is not.
            found = [item for item in known if item.main_no is None]
            if not known:
                return None
        if len(found) == 1:
            return found[0].subject_id, None
        told = (
            f"名册中编号 {number} 是“{holders[0].name}”" if holders else f"名册中的“{name}”不是编号 {number}"
        )
        return None, Problem(
            code="link.contradiction",
            field=link.key,
            text=f"{told}，与“{name}（{number}）”不符，请核对名称和编号。",
        )

    def parts(self, text: str) -> list[str]:
        """The names that a cell holds, where it may hold several; a name with a mark in it stays whole."""
        if folded(text) in self.by_name or folded(text) in self.merged:
            return [text]
        return [part for part in _BETWEEN_NAMES.split(text) if part]

    def _by_short_name(self, text: str) -> list[Candidate]:
        parts = parts_of(text)
        if parts is None:
            return []
        found = [item for name, item in self.by_core.get(parts.core, ()) if is_short_for(parts, name)]
        return list(dict.fromkeys(found))

    def _near(self, text: str) -> tuple[str, ...]:
        """The names most like an unknown one; none any more after `MOST_UNKNOWN` of them."""
        if text not in self._nearest:
            if len(self._nearest) >= MOST_UNKNOWN:
                return ()
            names = self._closest(folded(text))
            self._nearest[text] = tuple(dict.fromkeys(self._named(name)[0].name for name in names))
        return self._nearest[text]

    def _named(self, name: str) -> list[Candidate]:
        return self.by_name.get(name) or self.merged[name]

    def _closest(self, wanted: str) -> list[str]:
        if self._by_pair is None:
            self._by_pair = defaultdict(list)
            for name in {**self.by_name, **self.merged}:
                for pair in _pairs(name):
                    self._by_pair[pair].append(name)
        # A pair that many names have (律师, 事务) tells little: it counts by its rarity.
        shared: defaultdict[str, float] = defaultdict(float)
        for having in sorted((self._by_pair.get(pair, []) for pair in _pairs(wanted)), key=len):
            if len(having) > COMMON and len(shared) >= COMPARED:
                break
            for name in having:
                shared[name] += 1 / len(having)
        matcher = SequenceMatcher(b=wanted)
        likeness: list[tuple[float, str]] = []
        for name in nlargest(COMPARED, shared, key=lambda name: (shared[name], name)):
            self.comparisons += 1
            matcher.set_seq1(name)
            likeness.append((matcher.ratio(), name))
        return [name for ratio, name in nlargest(NEAREST, likeness) if ratio >= LIKENESS]


def _narrowed(found: list[Candidate], district: str | None, parent: str | None) -> list[Candidate]:
    """Those of several that lie in the district and belong to the parent that the row names."""
    if len(found) > 1 and district is not None:
        found = [item for item in found if item.district_code == district] or found
    if len(found) > 1 and parent:
        found = [item for item in found if item.parent and _same_body(item.parent, parent)] or found
    if len(found) > 1 and parent:
        # Townships of two counties may have one name: the county stands in front.
        found = [item for item in found if item.place and folded(item.place) in folded(parent)] or found
    return found


def _elsewhere(candidate: Candidate, district: str | None, parent: str | None) -> str | None:
    """The place that the row names, where the record lies in another."""
    if parent and candidate.parent and not _same_body(candidate.parent, parent):
        return parent
    if district and candidate.district_code and candidate.district_code != district:
        return "所填区县"
    return None


def _same_body(name: str, text: str) -> bool:
    """Whether a township is meant by a text, with its county in front or its office behind."""
    plain = _OFFICE.sub("", folded(text))
    return plain.endswith(folded(name)) or (len(plain) > 1 and folded(name).startswith(plain))


def _pairs(name: str) -> set[str]:
    """The pairs of neighbouring letters of a name, its ends marked, so that one letter is a pair too."""
    marked = f"\x02{name}\x03"
    return {marked[place : place + 2] for place in range(len(marked) - 1)}


def link_index(link: Field, session: Session, catalog: Catalog) -> LinkIndex:
    """Read the records of a link's kinds: names, former names, main numbers, and their own bodies.

    What was merged is found by its names and its number all the same.
    """
    index = LinkIndex()
    known: dict[int, Candidate] = {}
    for candidate in candidates(session, Subject.kind.in_(link.links)):
        known[candidate.subject_id] = candidate
        index.add(candidate, candidate.name)
        if candidate.main_no:
            index.by_name[folded(candidate.main_no)].append(candidate)
    gone: dict[int, Candidate] = {}
    for merged in merged_records(session, *link.links):
        if (kept := known.get(merged.kept_id)) is not None:
            gone[merged.gone_id] = kept
            for text in filter(None, (merged.name, merged.number)):
                _also(index, kept, text)
    for subject_id, name in _former_names(link, list(gone), session, catalog):
        if subject_id in known and name:
            index.add(known[subject_id], name)
        elif subject_id in gone and name:
            _also(index, gone[subject_id], name)
    return index


def candidates(session: Session, which: ColumnElement[bool]) -> Iterator[Candidate]:
    """The records of a condition, as links look at them."""
    parent = aliased(Subject)
    for row in session.execute(
        select(
            Subject.id,
            Subject.name,
            Subject.main_no,
            Subject.district_code,
            parent.name.label("parent"),
            District.short_name,
        )
        .outerjoin(parent, parent.id == Subject.body_id)
        .outerjoin(District, District.code == Subject.district_code)
        .where(which)
    ):
        yield Candidate(
            subject_id=row.id,
            name=row.name,
            main_no=row.main_no,
            district_code=row.district_code,
            parent=row.parent,
            place=row.short_name,
        )


def _also(index: LinkIndex, kept: Candidate, text: str) -> None:
    """Let a record be found by what one was known under that was merged into it."""
    if kept not in index.merged[folded(text)]:
        index.merged[folded(text)].append(kept)


def _former_names(
    link: Field, gone: Sequence[int], session: Session, catalog: Catalog
) -> Iterator[tuple[int, str]]:
    """Names that the history tells, and those that a kind keeps as a text of several names."""
    history = (
        select(DatedValue.subject_id, DatedValue.value)
        .join(Subject, Subject.id == DatedValue.subject_id)
        .where(DatedValue.field == "name", DatedValue.voided_at.is_(None))
    )
    named = list(session.execute(history.where(Subject.kind.in_(link.links))))
    for part in chunks(gone, MOST):
        named += session.execute(history.where(among(Subject.id, part)))
    yield from ((row.subject_id, row.value or "") for row in named)
    for key in link.links:
        kind = catalog.kinds.get(key)
        if kind is not None and FORMER_NAMES in kind.by_key:
            table, column = kind.details, kind.details.c[kind.by_key[FORMER_NAMES].name]
            for subject_id, names in session.execute(
                select(table.c.subject_id, column).where(column.is_not(None))
            ):
                yield from ((subject_id, name) for name in _SEVERAL.split(names))


def names_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The names of records by their ids, for showing what a link means."""
    names: dict[int, str] = {}
    for part in chunks(list(ids), MOST):
        found = session.execute(select(Subject.id, Subject.name).where(among(Subject.id, part)))
        names.update(dict(found.all()))
    return names


def district_codes(session: Session) -> dict[str, str]:
    """Every way to write a district → its code."""
    found: dict[str, str] = {}
    for row in session.scalars(select(District)):
        for text in (row.code, row.name, row.short_name):
            found[folded(text)] = row.code
        if row.short_name[-1:] in ("区", "县", "市") and len(row.short_name) > 2:
            found.setdefault(folded(row.short_name[:-1]), row.code)
    return found


def district_meant(text: str, districts: Mapping[str, str]) -> str | None:
    """The code of the district that a text means, also behind its city and with the zeros of longer codes.

    `districts`: see `district_codes`.
    """
    plain = folded(text)
    found = districts.get(plain)
    if found is None and (code := _LONG_CODE.fullmatch(plain)):
        found = districts.get(code[1])
    return found or districts.get(without_place(plain))


def resolve_links(
    link: Field,
    index: LinkIndex,
    texts: Sequence[Any],
    districts: Sequence[str | None],
    parents: Sequence[str | None],
) -> tuple[list[int | tuple[int, ...] | None], list[tuple[int, Problem]]]:
    """Resolve a column: record ids (several in a tuple), and problems with the index of their row."""
    ids: list[int | tuple[int, ...] | None] = []
    problems: list[tuple[int, Problem]] = []
    memo: dict[tuple[str, str | None, str | None], tuple[int | None, Problem | None]] = {}
    for place, text in enumerate(texts):
        if text is None:
            ids.append(None)
            continue
        meant: list[int] = []
        for part in index.parts(str(text)) if link.several else (str(text),):
            asked = (part, districts[place], parents[place])
            if asked not in memo:
                memo[asked] = index.resolve(link, part, district=asked[1], parent=asked[2])
            found, problem = memo[asked]
            if found is not None:
                meant.append(found)
            if problem is not None:
                problems.append((place, problem))
        if link.several:
            ids.append(tuple(dict.fromkeys(meant)) or None)
        else:
            ids.append(meant[0] if meant else None)
    return ids, problems
