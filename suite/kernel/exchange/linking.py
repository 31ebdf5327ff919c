"""From names in cells to records: a firm by its name, a village by county, township and name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from suite.contract.declarations import Field
from suite.contract.problems import Problem
from suite.kernel.registry.current import chunks
from suite.kernel.search.keys import folded
from suite.tables import DatedValue, District, Subject

#: So many names are suggested for an unknown one, each at least so like it.
NEAREST = 3
LIKENESS = 0.6
#: Only so many names, those that share most pairs of letters, are compared letter by letter.
COMPARED = 20
#: After so many unknown names a file is not of these records: no more are looked for.
MOST_UNKNOWN = 500


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A record that a name may mean."""

    subject_id: int
    name: str
    district_code: str | None
    parent: str | None


@dataclass(kw_only=True)
class LinkIndex:
    """All records that a link may point to, by every name and number they are known under."""

    by_name: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    #: Names compared letter by letter so far.
    comparisons: int = 0
    _nearest: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_pair: dict[str, list[str]] | None = None

    def resolve(
        self, link: Field, text: str, *, district: str | None, parent: str | None
    ) -> tuple[int | None, Problem | None]:
        """The record that a cell means, or the problem with it; never a guess."""
        found = self.by_name.get(folded(text), [])
        if len(found) > 1 and district is not None:
            found = [item for item in found if item.district_code == district] or found
        if len(found) > 1 and parent:
            wanted = folded(parent)
            found = [item for item in found if item.parent and folded(item.parent) == wanted] or found
        if len(found) == 1:
            return found[0].subject_id, None
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

    def _near(self, text: str) -> tuple[str, ...]:
        """The names most like an unknown one; none any more after `MOST_UNKNOWN` of them."""
        if text not in self._nearest:
            if len(self._nearest) >= MOST_UNKNOWN:
                return ()
            names = self._closest(folded(text))
            self._nearest[text] = tuple(dict.fromkeys(self.by_name[name][0].name for name in names))
        return self._nearest[text]

    def _closest(self, wanted: str) -> list[str]:
        if self._by_pair is None:
            self._by_pair = defaultdict(list)
            for name in self.by_name:
                for pair in _pairs(name):
                    self._by_pair[pair].append(name)
        # A pair that many names have (律师, 事务) tells little: it counts by its rarity.
        shared: defaultdict[str, float] = defaultdict(float)
        for pair in _pairs(wanted):
            having = self._by_pair.get(pair, [])
            for name in having:
                shared[name] += 1 / len(having)
        matcher = SequenceMatcher(b=wanted)
        likeness: list[tuple[float, str]] = []
        for name in nlargest(COMPARED, shared, key=lambda name: (shared[name], name)):
            self.comparisons += 1
            matcher.set_seq1(name)
            likeness.append((matcher.ratio(), name))
        return [name for ratio, name in nlargest(NEAREST, likeness) if ratio >= LIKENESS]


def _pairs(name: str) -> set[str]:
    """The pairs of neighbouring letters of a name, its ends marked, so that one letter is a pair too."""
    marked = f"\x02{name}\x03"
    return {marked[place : place + 2] for place in range(len(marked) - 1)}


def link_index(session: Session, link: Field) -> LinkIndex:
    """Read the records of a link's kinds: names, former names, main numbers, and their own bodies."""
    parent = aliased(Subject)
    index = LinkIndex()
    known: dict[int, Candidate] = {}
    for row in session.execute(
        select(Subject.id, Subject.name, Subject.main_no, Subject.district_code, parent.name)
        .outerjoin(parent, parent.id == Subject.body_id)
        .where(Subject.kind.in_(link.links))
    ):
        candidate = Candidate(subject_id=row[0], name=row[1], district_code=row[3], parent=row[4])
        known[row[0]] = candidate
        index.by_name[folded(row[1])].append(candidate)
        if row[2]:
            index.by_name[folded(row[2])].append(candidate)
    former = session.execute(
        select(DatedValue.subject_id, DatedValue.value)
        .join(Subject, Subject.id == DatedValue.subject_id)
        .where(Subject.kind.in_(link.links), DatedValue.field == "name", DatedValue.voided_at.is_(None))
    )
    for subject_id, name in former:
        if name and known[subject_id] not in index.by_name[folded(name)]:
            index.by_name[folded(name)].append(known[subject_id])
    return index


def names_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The names of records by their ids, for showing what a link means."""
    names: dict[int, str] = {}
    for part in chunks(list(ids)):
        found = session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part)))
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


def resolve_links(
    link: Field,
    index: LinkIndex,
    texts: Sequence[Any],
    districts: Sequence[str | None],
    parents: Sequence[str | None],
) -> tuple[list[int | None], list[tuple[int, Problem]]]:
    """Resolve a column: record ids, and problems with the index of their row."""
    ids: list[int | None] = []
    problems: list[tuple[int, Problem]] = []
    memo: dict[tuple[str, str | None, str | None], tuple[int | None, Problem | None]] = {}
    for place, text in enumerate(texts):
        if text is None:
            ids.append(None)
            continue
        asked = (str(text), districts[place], parents[place])
        if asked not in memo:
            memo[asked] = index.resolve(link, asked[0], district=asked[1], parent=asked[2])
        found, problem = memo[asked]
        ids.append(found)
        if problem is not None:
            problems.append((place, problem))
    return ids, problems
