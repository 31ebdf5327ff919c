"""What each row of a ledger would make, and what stands against it: for the preview and for writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from suite.contract.case_facts import CaseFacts, PartyFact
from suite.contract.casework import PartyOf, Transition
from suite.contract.code_sets import members
from suite.contract.declarations import FieldType
from suite.contract.problems import Problem, ProblemKind, Severity
from suite.kernel.casework.clocking import Counting
from suite.kernel.casework.given import value_problems
from suite.kernel.casework.graph import Graph
from suite.kernel.casework.past import Past, Told, past_of
from suite.kernel.casework.rules import MOST_ALLEGATIONS, MOST_PARTIES, MOST_TEXT
from suite.kernel.casework.surroundings import around
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.exchange.stock.sheet import (
    CLOSED,
    COMPLAINANT,
    DAY,
    FINDING,
    HANDLER,
    HEAD,
    NUMBER,
    OPENED,
    STATE,
    TEXT,
    TITLE,
    CaseSheet,
)
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Subject, User

LONGEST = {NUMBER: 60, TITLE: 300, f"{COMPLAINANT}name": 200, f"{COMPLAINANT}phone": 40,
           f"{COMPLAINANT}id_number": 40, f"{COMPLAINANT}address": 300}  # fmt: skip
SHOWN_TITLE, LONGEST_NAME = 60, 200
INSTEAD = "投诉人"
#: What the leader holds who signs last.
SIGNATURE = "case:approve"
_SEVERAL = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A record that has a place in a case, and where it lies."""

    id: int
    name: str
    district_code: str | None
    association: str | None


@dataclass(kw_only=True)
class Judged:
    """A row with the case that it would make. `values` are the kind's own fields; `parties`: role → the
    subject, the login or just the name of each. Not to be used where a problem is an error."""

    row: PreviewRow
    problems: list[Problem] = field(default_factory=list)
    past: Past = field(default_factory=Past)
    place: Place | None = None
    handler: str = ""
    title: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    parties: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    complainants: list[dict[str, str | None]] = field(default_factory=list)
    allegations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether it can be taken."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


@dataclass(kw_only=True)
class Judge:
    """Looks at the rows of one ledger. What they refer to is read once for all of them."""

    sheet: CaseSheet
    work: Transaction
    graph: Graph
    by: Counting
    places: Mapping[int, Place]
    logins: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, sheet: CaseSheet, rows: Sequence[PreviewRow], work: Transaction) -> Judge:
        """For these rows."""
        return cls(
            sheet=sheet,
            work=work,
            graph=Graph(lifecycle=sheet.lifecycle),
            by=Counting.of(work),
            places=_places(sheet, rows, work),
            logins=_logins(work),
        )

    def judge(self, row: PreviewRow) -> Judged:
        """What a row would make. Problems that the row has already are not told again."""
        made = Judged(row=row)
        values = row.values
        wrong = {problem.field for problem in row.problems if problem.severity is Severity.ERROR}
        if values.get(OPENED) is None and OPENED not in wrong:
            values[OPENED] = self.sheet.begun(values)
        made.problems += [
            Problem(code="required", text=f"请填写{item.title}。", field=item.key)
            for item in self.sheet.fields
            if (item.required or item.key == OPENED)
            and values.get(item.key) is None
            and item.key not in wrong
        ]
        made.problems += [
            Problem(code="text.long", text=f"最多 {most} 字，现有 {len(values[key])} 字。", field=key)
            for key, most in LONGEST.items()
            if isinstance(values.get(key), str) and len(values[key]) > most
        ]
        self._parties(made)
        self._complainants(made)
        self._texts(made)
        self._place(made)
        self._allegations(made)
        known = {key for key in made.values if key not in wrong}
        made.problems += value_problems(
            self.sheet.case, {key: made.values[key] for key in known}, self.work.catalog, self.work.checks
        )
        if values.get(OPENED) is not None and not wrong & {STATE, CLOSED} and OPENED not in wrong:
            self._past(made)
        return made

    def _past(self, made: Judged) -> None:
        """Where the case stands, and how it came there."""
        values = made.row.values
        told = Told(
            state=values.get(STATE),
            opened=values[OPENED],
            closed=values.get(CLOSED),
            days={key.removeprefix(DAY): day for key, day in values.items() if key.startswith(DAY)},
            complainant=bool(made.complainants),
            holds=self._holds(made),
            values=made.values,
        )
        made.past = past_of(self.graph, told, self.work.today, self.by)
        columns = {"state": STATE, "opened": OPENED, "closed": CLOSED}
        made.problems += [
            problem.at(field=columns.get(problem.field or "", f"{DAY}{problem.field}"))
            for problem in made.past.problems
        ]
        if made.past.sound:
            made.problems += [*self._unsigned(made), *self._lacking(made)]

    def _holds(self, made: Judged) -> Callable[[str, dt.date], bool]:
        """Whether a guard holds of the case as the ledger tells it."""
        named = [(role, item) for role, items in made.parties.items() for item in items]
        ids = [item["subject_id"] for _, item in named if item.get("subject_id") is not None]
        facts = CaseFacts(
            kind=self.sheet.key,
            state="",
            opened=made.row.values[OPENED],
            values=made.values,
            parties=tuple(PartyFact(role=role, **item) for role, item in named),
            allegations=(),
            clocks=(),
            done=(),
            on=self.work.today,
            parameters=self.work.parameters,
            around=around(self.work.session, self.work.catalog, None, ids),
        )
        return lambda key, on: self.work.catalog.guards[key].holds(replace(facts, on=on))

    def _unsigned(self, made: Judged) -> Iterable[Problem]:
        """A running case beyond the leader's signature acts without another one: he brings it in himself."""
        state, place = self.graph.lifecycle.by_state[made.past.state], made.place
        if state.terminal or place is None or not self.graph.always(state.key, self._leader_signs):
            return
        area = self.sheet.case.rights
        scopes = self.work.actor.scopes(f"{area}:{SIGNATURE}")
        if not any(scope.holds(area, place.district_code, place.association) for scope in scopes):
            yield Problem(
                code="stock.unsigned",
                text=f"到“{state.title}”须经分管局领导批准，在办的只能由有批准权限的人导入。",
                kind=ProblemKind.NOT_PERMITTED,
                field=STATE,
            )

    def _leader_signs(self, step: Transition) -> bool:
        chain = self.work.catalog.approvals[step.approval].steps if step.approval else ()
        return any(one.permission == SIGNATURE for one in chain)

    def _lacking(self, made: Judged) -> Iterable[Problem]:
        """What no case can have come to this state without: a result holds the row, the rest is told."""
        state = made.past.state
        asked = [self.sheet.by_key[key] for key in self.graph.required(state) if made.values.get(key) is None]
        begun = {key for step in self.graph.lifecycle.openings for key in step.required}
        title = self.graph.lifecycle.by_state[state].title
        for item in asked:
            if item.type is FieldType.CODE and item.key not in begun:
                yield Problem(
                    code="stock.result", text=f"状态为“{title}”的须填“{item.title}”。", field=item.key
                )
        rest = [item.title for item in asked if item.type is not FieldType.CODE or item.key in begun]
        if made.allegations and self.graph.through_findings(state) and made.row.values.get(FINDING) is None:
            rest.append(self.sheet.by_key[FINDING].title)
        if rest:
            yield Problem(
                code="stock.incomplete",
                text=f"没有填{'、'.join(f'“{item}”' for item in rest)}，照收，请在办件中补充。",
                field=STATE,
                severity=Severity.WARNING,
            )

    def _parties(self, made: Judged) -> None:
        """Who has a place in the case, and where it lies."""
        for role in self.sheet.case.parties:
            said = made.row.values.get(role.key)
            if said is None:
                continue
            if role.of is PartyOf.SUBJECT:
                found = [self.places[one] for one in said if one in self.places]
                made.parties[role.key] = [{"subject_id": one.id, "name": one.name} for one in found]
                if role.key == self.sheet.case.respondent and found:
                    made.place = found[0]
            else:
                names = [part.strip()[:LONGEST_NAME] for part in _SEVERAL.split(said) if part.strip()]
                made.parties[role.key] = [
                    self._colleague(name) if role.of is PartyOf.USER else {"name": name} for name in names
                ]
            if len(made.parties[role.key]) > MOST_PARTIES:
                text = f"{role.title}最多 {MOST_PARTIES} 名。"
                made.problems.append(Problem(code="party.many", text=text, field=role.key))
        said = str(made.row.values.get(HANDLER) or "").strip()
        login = self.logins.get(said)
        made.handler = login[0] if login else self.work.actor.login
        if said and login is None:
            made.problems.append(
                Problem(
                    code="stock.handler",
                    text=f"没有在用的用户“{said[:60]}”，由您承办，可在办件中移交。",
                    field=HANDLER,
                    severity=Severity.NOTICE,
                )
            )

    def _place(self, made: Judged) -> None:
        """Where the case lies: with its first respondent, or where who is on no roster yet says."""
        new = self.sheet.case.newcomer
        if new is not None and made.place is None:
            name, district = made.values.get(new.name), made.values.get(new.district)
            made.problems += [
                Problem(
                    code="required",
                    text=f"名册中没有{self.sheet.case.roles[self.sheet.case.respondent].title}的，"
                    f"须填“{self.sheet.by_key[key].title}”。",
                    field=key,
                )
                for key, value in ((new.name, name), (new.district, district))
                if value is None
            ]
            if name and district:
                made.place = Place(id=0, name=str(name), district_code=district, association=None)
                made.parties[self.sheet.case.respondent] = [{"name": str(name)[:LONGEST_NAME]}]
        place, owner = made.place, self.sheet.case.rights
        scopes = self.work.actor.scopes(f"{owner}:case:handle")
        if place is not None and not any(
            scope.holds(owner, place.district_code, place.association) for scope in scopes
        ):
            text = f"“{place.name}”不在您的管理范围内，请由其主管的科室导入。"
            made.problems.append(
                Problem(
                    code="out_of_scope",
                    text=text,
                    kind=ProblemKind.NOT_PERMITTED,
                    field=self.sheet.case.respondent,
                )
            )

    def _colleague(self, name: str) -> dict[str, Any]:
        """A user by login or name; somebody who has none, for he left long ago, by the name."""
        known = self.logins.get(name)
        return {"login": known[0], "name": known[1]} if known else {"name": name}

    def _complainants(self, made: Judged) -> None:
        said = {
            key.removeprefix(COMPLAINANT): str(value)
            for key, value in made.row.values.items()
            if key.startswith(COMPLAINANT)
        }
        names = [part.strip() for part in _SEVERAL.split(said.pop("name", "")) if part.strip()]
        if said and not names:
            text = "有联系方式或证件号码，却没有投诉人姓名。"
            made.problems.append(Problem(code="complainant.name", text=text, field=f"{COMPLAINANT}name"))
        # A telephone beside several names is that of the first.
        made.complainants = [
            {"name": name, **({key: said.get(key) for key in ("phone", "id_number", "address")} if place == 0
             else {})}
            for place, name in enumerate(names)
        ]  # fmt: skip

    def _texts(self, made: Judged) -> None:
        """What everybody reads who reads the case does not say who complains."""
        secrets = sorted(
            {
                part
                for item in made.complainants
                for part in (item["name"], item.get("phone"), item.get("id_number"))
                if part and len(part) > 1
            },
            key=len,
            reverse=True,
        )
        replaced = []

        def told(key: str, value: Any) -> Any:
            if not isinstance(value, str) or not any(secret in value for secret in secrets):
                return value
            replaced.append(self.sheet.by_key[key].title)
            for secret in secrets:
                value = value.replace(secret, INSTEAD)
            return value

        for item in self.sheet.case.fields:
            value = made.row.values.get(item.key)
            if value is not None:
                value = members(value) if item.type is FieldType.CODES else value
                made.values[item.key] = told(item.key, value)
        text = told(TEXT, made.row.values.get(TEXT)) or ""
        title = told(TITLE, made.row.values.get(TITLE)) or ""
        made.allegations = [{"text": text}] if text else []
        short = " ".join(text.split())
        respondents = "、".join(item["name"] for item in made.parties.get(self.sheet.case.respondent, ()))
        made.title = (
            title
            or (short if len(short) <= SHOWN_TITLE else f"{short[:SHOWN_TITLE]}…")
            or f"{self.sheet.title}：{respondents}"[: LONGEST[TITLE]]
        )
        if replaced:
            words = "、".join(f"“{item}”" for item in replaced)
            made.problems.append(
                Problem(
                    code="complainant.replaced",
                    text=f"{words}中的投诉人姓名或号码改写为“{INSTEAD}”，看得到办件的人都会看到这些内容。",
                    field=f"{COMPLAINANT}name",
                    severity=Severity.NOTICE,
                )
            )

    def _allegations(self, made: Judged) -> None:
        """One for each head; they share the text and the finding."""
        heads = members(made.row.values.get(HEAD))
        text = made.allegations[0]["text"] if made.allegations else ""
        if len(text) > MOST_TEXT or len(heads) > MOST_ALLEGATIONS:
            words = f"{self.sheet.by_key[TEXT].title}最多 {MOST_TEXT:,} 字、{MOST_ALLEGATIONS} 项。"
            made.problems.append(Problem(code="allegation.text", text=words, field=TEXT))
        if text and not heads:
            title = self.sheet.by_key[HEAD].title
            made.problems.append(Problem(code="required", text=f"请填写{title}的类别。", field=HEAD))
        finding = made.row.values.get(FINDING)
        made.allegations = [{"head": head, "text": text or made.title, "finding": finding} for head in heads]


def _places(sheet: CaseSheet, rows: Iterable[PreviewRow], work: Transaction) -> dict[int, Place]:
    keys = [role.key for role in sheet.case.parties if role.of is PartyOf.SUBJECT]
    ids = sorted({one for row in rows for key in keys for one in row.values.get(key) or ()})
    found = {}
    for part in chunks(ids):
        for row in work.session.execute(
            select(Subject.id, Subject.name, Subject.district_code, Subject.association).where(
                Subject.id.in_(part)
            )
        ):
            found[row.id] = Place(**row._mapping)
    return found


def _logins(work: Transaction) -> dict[str, tuple[str, str]]:
    """Login, and a name that only one user has → login and name, of the active users."""
    users = work.session.execute(select(User.login, User.name).where(User.active)).all()
    names = [user.name for user in users]
    by_name = {user.name: (user.login, user.name) for user in users if names.count(user.name) == 1}
    return by_name | {user.login: (user.login, user.name) for user in users}
