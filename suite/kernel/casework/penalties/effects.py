"""What penalties do to the rosters: a licence stands still or ends, comes back, or is put back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from suite.contract.case_facts import CaseFacts
from suite.contract.commands import Command
from suite.contract.effects import Effect, SubjectFact
from suite.contract.penalties import Measure, Organ, PenaltyKind, Sanction
from suite.kernel.casework.penalties.lawful import Lawful, imposed_of
from suite.kernel.casework.penalties.rules import imposed_words
from suite.kernel.casework.penalties.tasks import RaiseTasks
from suite.kernel.registry.commands import RecordLicenceEvent

#: What a licence is again where no earlier decision says what it was.
USUAL = "active"
#: The steps after which a decision is in effect.
EFFECTIVE = frozenset({"EffectPenalty", "EffectDiscipline"})


def effects_of(lawful: Lawful, follow: str, *, area: str = "") -> tuple[Effect, ...]:
    """The effects of a profession's track. `follow`: what the association has to do after a heavy penalty.
    area: the area of rights of its cases, where that is not the profession.
    """

    def licence(
        make: Callable[[CaseFacts, SubjectFact, Measure], Sequence[Command]],
    ) -> Callable[[CaseFacts], Sequence[Command]]:
        """The commands, where the decision touches a licence that is on a roster."""

        def commands(case: CaseFacts) -> Sequence[Command]:
            subject, measure = case.subject("respondent"), touching(lawful.entry(case), case)
            if subject is None or subject.licence_id is None or measure is None:
                return ()
            return make(case, subject, measure)

        return commands

    prefix = lawful.prefix
    return (
        Effect(key=f"{prefix}.punish", title="登记执业状态", makes=licence(_punish)),
        Effect(key=f"{prefix}.restore", title="恢复执业状态", makes=licence(_restore)),
        Effect(key=f"{prefix}.undo", title="恢复执业状态", makes=licence(_undo)),
        Effect(
            key=f"{prefix}.tell", title="通知有关科室", makes=lambda case: _tell(lawful, case, follow, area)
        ),
        Effect(
            key=f"{prefix}.tell_undone",
            title="通知有关科室",
            makes=lambda case: _tell_undone(lawful, case, follow, area),
        ),
    )


def touching(entry: PenaltyKind | None, case: CaseFacts) -> Measure | None:
    """The heaviest measure of a decision that changes a licence's state."""
    imposed = imposed_of(case.values)
    if entry is None or imposed is None:
        return None
    for sanction in (Sanction.REVOCATION, Sanction.SUSPENSION):
        measure = entry.by_sanction.get(sanction)
        if sanction in imposed.sanctions and measure is not None and measure.state:
            return measure
    return None


def _event(
    case: CaseFacts, subject: SubjectFact, state: str, on: dt.date, document: str, note: str
) -> tuple[Command, ...]:
    return (
        RecordLicenceEvent(
            kind=subject.kind,
            licence_id=subject.licence_id or 0,
            state=state,
            on_date=on,
            document_no=document,
            decided_by=organ_of(case),
            note=note,
        ),
    )


def organ_of(case: CaseFacts) -> str:
    """Who decided."""
    said = case.values.get("decider")
    if said in tuple(Organ):
        return Organ(said).words
    return (Organ.PROVINCE if "RecordProvinceDecision" in case.done else Organ.CITY).words


def _mark(case: CaseFacts) -> str:
    """How the note of each event of a case ends: so the end of a decision is told from that of another."""
    return f"（{case.number}）"


def _held_besides(case: CaseFacts, subject: SubjectFact, state: str) -> bool:
    """Whether another decision keeps the licence in the state: its case noted the beginning, and no end."""
    marks: list[str] = []
    for item in subject.decisions:
        # What lies before another state is over.
        marks = [*marks, "".join(item.note.rpartition("（")[1:])] if item.state == state else []
    return any(count % 2 for mark, count in Counter(marks).items() if mark != _mark(case))


def _after(case: CaseFacts, subject: SubjectFact, state: str) -> str:
    """What the licence is once the decision holds no more: this state still where another decision holds it
    there, else what it was before."""
    if _held_besides(case, subject, state):
        return state
    begins = case.values["effective_from"]
    earlier = [item.state for item in subject.decisions if item.on < begins and item.state != state]
    return earlier[-1] if earlier else USUAL


def _punish(case: CaseFacts, subject: SubjectFact, measure: Measure) -> Sequence[Command]:
    begins, until = case.values["effective_from"], case.values.get("effective_until")
    note = f"{measure.title}，至 {until}{_mark(case)}" if until else f"{measure.title}{_mark(case)}"
    return _event(case, subject, measure.state, begins, case.values.get("decision_no") or "", note)


def _restore(case: CaseFacts, subject: SubjectFact, measure: Measure) -> Sequence[Command]:
    """From the day after the last one on; nothing where the licence has since become something else.

    Where another suspension runs on it stays suspended, and that this one is over is noted. Where that ended
    later and was confirmed first, the licence comes back when that one ended.
    """
    if subject.status != measure.state:
        return ()
    over = case.values["effective_until"] + dt.timedelta(days=1)
    day = max((over, *(item.on for item in subject.decisions)))
    note, state = f"{measure.title}期满{_mark(case)}", _after(case, subject, measure.state)
    return _event(case, subject, state, day, case.values.get("decision_no") or "", note)


def _undo(case: CaseFacts, subject: SubjectFact, measure: Measure) -> Sequence[Command]:
    """From the day of the annulment on, where the licence is still what the decision made it."""
    if case.values.get("effective_from") is None or subject.status != measure.state:
        return ()
    note, state = f"{measure.title}的决定被撤销{_mark(case)}", _after(case, subject, measure.state)
    document = case.values.get("annulment_document") or ""
    return _event(case, subject, state, case.on, document[:100], note)


def _words(lawful: Lawful, case: CaseFacts) -> str:
    """What was imposed: 停止执业 3 个月、罚款 5,000 元."""
    entry, imposed = lawful.entry(case), imposed_of(case.values)
    return imposed_words(entry, imposed) if entry is not None and imposed is not None else ""


def _tell(lawful: Lawful, case: CaseFacts, follow: str, area: str) -> Sequence[Command]:
    subject = case.subject("respondent")
    if subject is None:
        return ()
    since = case.values.get("effective_from") or case.on
    told = f"{subject.name}受到{_words(lawful, case)}的处理，自 {since} 起。"
    document = (case.values.get("decision_no") or case.number)[:100]
    made: list[Command] = []
    if subject.person_id is not None:
        made.append(
            RaiseTasks(
                kind=subject.kind,
                subject_id=subject.id,
                heading="处罚影响：核查同一人的其他身份",
                text=f"{told}请核查其在本行业的任职条件、聘任和在办事项，写明处理结果。",
                document=document,
                area=area,
            )
        )
    if follow and lawful.heavy(case):
        made.append(
            RaiseTasks(
                kind=subject.kind,
                subject_id=subject.id,
                heading="行业处分：随处罚办理",
                text=f"{told}{follow}",
                document=document,
                own=True,
                area=area,
            )
        )
    return made


def _tell_undone(lawful: Lawful, case: CaseFacts, follow: str, area: str) -> Sequence[Command]:
    subject = case.subject("respondent")
    if subject is None or not EFFECTIVE & set(case.done):
        return ()
    asked = RaiseTasks(
        kind=subject.kind,
        subject_id=subject.id,
        heading="处罚影响：处罚已被撤销",
        text=f"{subject.name}所受{_words(lawful, case)}的处理已被撤销，请复核此前据此作出的处理。",
        document=(case.values.get("annulment_document") or case.number)[:100],
        area=area,
    )
    others = (asked,) if subject.person_id is not None else ()
    return (*others, replace(asked, own=True)) if follow and lawful.heavy(case) else others
