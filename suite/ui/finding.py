"""What the palette finds: people, bodies and cases of every kind that the actor may read."""

from __future__ import annotations

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.database.engine import ReadSession
from suite.kernel.assessment.progress import campaigns
from suite.kernel.casework.finding import cases_found
from suite.kernel.casework.queries import CaseQuery, case_lines, readable_kinds
from suite.kernel.registry.districts import short_district_names
from suite.kernel.search.pinyin import spellings
from suite.kernel.search.queries import Found, find
from suite.kernel.search.words import words_of
from suite.loader.catalog import Catalog
from suite.ui.desk import Desk, Ticket
from suite.ui.kit.palette_results import EVERYTHING, Deliver, Hit

MOST = 30
MOST_CASES = 8
PERSON, BODY, CASE = "person", "body", "case"
Match = tuple[tuple[int, int], ...]


def group_of(kind: RecordKind) -> str:
    """The group in which the hits of a kind stand."""
    return PERSON if kind.has_person else BODY


def groups_of(actor: Actor, catalog: Catalog) -> set[str]:
    """The groups of the kinds that the actor may read."""
    cases = {CASE} if readable_kinds(actor, catalog, CaseQuery()) else set()
    return cases | {
        group_of(kind) for kind in catalog.kinds.values() if actor.may(f"{kind.owner}:roster:read")
    }


class Finder:
    """A `Search` for the palette: runs on a worker, drops what is no longer asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ticket: Ticket | None = None
        self._districts: dict[str, str] = {}

    def __call__(self, text: str, scope: str, deliver: Deliver) -> None:
        """Find `text` among persons (`person`), bodies (`body`), cases (`case`) or all of them (`all`)."""
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket = None
        suite, actor = self._desk.suite, self._desk.actor
        kinds = [kind.key for kind in suite.catalog.kinds.values() if scope in (EVERYTHING, group_of(kind))]
        in_cases = scope in (EVERYTHING, CASE)
        if not kinds and not in_cases:
            deliver([])
            return

        def query(session: ReadSession) -> list[Hit]:
            if not self._districts:
                self._districts.update(short_district_names(session))
            wanted = None if scope == EVERYTHING else kinds
            found = find(session, actor, suite.catalog, text, kinds=wanted, limit=MOST) if kinds else []
            order = {key: place for place, key in enumerate(suite.catalog.kinds)}
            hits = [(one, self._hit(one, text)) for one in found]
            # A name that was typed whole comes before one that only begins so; then as the tabs stand.
            hits.sort(key=lambda pair: (not _whole(pair[1]), order[pair[0].kind]))
            cases = self._cases(session, text, MOST if scope == CASE else MOST_CASES) if in_cases else []
            seasons = self._seasons(session, text) if in_cases else []
            return [*(hit for _, hit in hits), *cases, *seasons]

        def answered(hits: list[Hit]) -> None:
            self._ticket = None
            deliver(hits)

        self._ticket = self._desk.read(query, answered)

    def _cases(self, session: ReadSession, text: str, most: int) -> list[Hit]:
        """The cases of this number, and those of whom the text finds."""
        suite, actor = self._desk.suite, self._desk.actor
        today = suite.today
        ids = cases_found(session, actor, suite.catalog, text, year=today.year, limit=most)
        return [
            Hit(
                group=CASE,
                title=line.number,
                value=line.id,
                note="　".join(
                    part for part in (line.kind_title, line.respondents, line.state.title) if part
                ),
                icon="folder",
                remark=line.clock.text if line.clock else f"{line.closed} 办结" if line.closed else "",
                match=matched(line.number, text),
            )
            for line in case_lines(session, actor, suite.catalog, ids, today=today)
        ]

    def _seasons(self, session: ReadSession, text: str) -> list[Hit]:
        """The seasons of assessment whose title says the words."""
        words = words_of(text)
        return [
            Hit(
                group=CASE,
                title=line.title,
                value=("assessment", line.id),
                note=f"考核评估　已评定 {line.graded:,} / {line.taking_part:,}",
                icon="assess",
                remark=line.document_no or "",
                match=matched(line.title, text),
            )
            for line in campaigns(session, self._desk.actor, self._desk.suite.catalog)
            if words and all(word in line.title.casefold() for word in words)
        ][:MOST_CASES]

    def _hit(self, found: Found, text: str) -> Hit:
        catalog = self._desk.suite.catalog
        kind = catalog.kinds[found.kind]
        category = kind.by_key.get("category")
        title = found.kind_title
        if category is not None and category.codes and found.category:
            title = catalog.code_title(category.codes, found.category)
        district = self._districts.get(found.district_code or "", "")
        parts = (title, found.body or "", district, found.main_no or "")
        counted = found.status in kind.counted
        return Hit(
            group=group_of(kind),
            title=found.name,
            value=(found.kind, found.subject_id),
            note="　".join(part for part in parts if part),
            icon="person" if kind.has_person else "building",
            remark="" if counted else catalog.code_title(kind.status, found.status),
            match=matched(found.name, text),
        )


def _whole(hit: Hit) -> bool:
    return hit.match == ((0, len(hit.title)),)


def matched(name: str, text: str) -> Match:
    """Which parts of a name what was typed stands for: by characters, initials or full pinyin."""
    places = []
    for word in words_of(text):
        place = _place(name, word)
        if place is not None:
            places.append(place)
    return tuple(places)


def _place(name: str, word: str) -> tuple[int, int] | None:
    start = name.casefold().find(word)
    if start >= 0:
        return start, len(word)
    if not word.isascii() or not word.isalpha():
        return None
    for syllables in spellings(name):
        initials = "".join(syllable[:1] or " " for syllable in syllables)
        start = initials.find(word)
        if start >= 0:
            return start, len(word)
        for first in range(len(syllables)):
            rest = ""
            for count, syllable in enumerate(syllables[first:], 1):
                rest += syllable
                if rest.startswith(word):
                    return first, count
                if not word.startswith(rest):
                    break
    return None
