"""Opening stock of 双公示 (期初): what was made public before the suite kept it, from the national tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.contract.credit import CreditClass
from suite.contract.problems import Problem, Refused
from suite.kernel.credit.display import longest_display, rule_on
from suite.kernel.credit.publicity.checking import Known, as_sent, day_of, row_problems
from suite.kernel.credit.publicity.columns import DECIDED, NAME, NUMBER, PERSON, PREFIX, Form
from suite.kernel.credit.publicity.commands import StockRow, TakePublicityStock
from suite.kernel.credit.publicity.following import PUBLICITY, reporter_of, working_due
from suite.kernel.credit.publicity.holding import required
from suite.kernel.credit.publicity.rules import PUBLISHED
from suite.kernel.credit.scoping import DECISIONS, KEEP, may
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import Publicity, PublicityValue, Subject

#: Never kept beside the roster: it stands there, under rights of its own.
SECRET = ("_XDR_ZJHM", "_FR_ZJHM")


def take_stock(command: TakePublicityStock, work: Transaction) -> Done:
    """Take the rows that pass; the others are held, each with its row and reason. Raises Refused when none
    is taken."""
    channel = required(command.channel, "channel", "公示渠道", 200)
    if not 0 < len(command.rows) <= DECISIONS.most:
        raise Refused(
            [Problem(code="publicity.count", text=f"期初应有 1 至 {DECISIONS.most:,} 行。", field="rows")]
        )
    rows = [replace(row, cells=as_sent(Form(row.form), row.cells)) for row in command.rows]
    subjects = _subjects(work, rows)
    present = _present(work, rows)
    held: list[Problem] = []
    taken: list[int] = []
    same = 0
    for row in rows:
        form = Form(row.form)
        key = (row.form, row.cells.get(NUMBER[form], ""), row.cells.get(NAME[form], ""))
        if key in present:
            same += 1
            continue
        subject, faults = _judged(row, form, subjects, work)
        if faults or subject is None:
            held += faults
            continue
        taken.append(_written(row, form, subject, channel, work).id)
        present.add(key)
    if not taken and held:
        raise Refused(held)
    left = len({item.row for item in held})
    return Done(
        text=f"期初双公示：写入 {len(taken)} 条，已有 {same} 条，未写入 {left} 行",
        changes=(Change(kind=PUBLICITY, ids=tuple(taken)),) if taken else (),
        warnings=tuple(held),
        result={"taken": len(taken), "same": same, "held": left},
    )


def _subjects(work: Transaction, rows: Sequence[StockRow]) -> Mapping[str, list[Subject]]:
    """Code or name → the records that have it."""
    wanted = {
        value
        for row in rows
        for value in (
            row.cells.get(NAME[Form(row.form)]),
            row.cells.get(f"{PREFIX[Form(row.form)]}_XDR_SHXYM"),
        )
        if value
    }
    found: dict[str, list[Subject]] = {}
    for part in chunks(sorted(wanted)):
        for subject in work.session.scalars(
            select(Subject).where(Subject.name.in_(part) | Subject.main_no.in_(part))
        ):
            for key in {subject.name, subject.main_no} - {None}:
                found.setdefault(str(key), []).append(subject)
    return found


def _present(work: Transaction, rows: Sequence[StockRow]) -> set[tuple[str, str, str]]:
    numbers = sorted({row.cells.get(NUMBER[Form(row.form)], "") for row in rows} - {""})
    found: set[tuple[str, str, str]] = set()
    for part in chunks(numbers):
        found |= {
            (form, number, name)
            for form, number, name in work.session.execute(
                select(Publicity.form, Publicity.document_no, Publicity.name).where(
                    Publicity.document_no.in_(part)
                )
            )
        }
    return found


def _judged(
    row: StockRow, form: Form, subjects: Mapping[str, list[Subject]], work: Transaction
) -> tuple[Subject | None, list[Problem]]:
    """Whom a row is about, or what stands against it."""
    prefix = PREFIX[form]
    person = row.cells.get(f"{prefix}_XDR_LB") == PERSON
    code, name = row.cells.get(f"{prefix}_XDR_SHXYM", ""), row.cells.get(NAME[form], "")
    registered = next(iter(subjects.get(code, ())), None) if code else None
    names = {code: registered.name} if registered is not None else {}
    decided = day_of(row.cells.get(DECIDED[form], ""))
    longest = None
    if form is Form.PENALTY and decided is not None:
        # Of which class it was is not known: no class is displayed longer than serious ones.
        rule = rule_on(decided, work.parameters)
        longest = longest_display(CreditClass.SERIOUS, decided, rule, work.parameters)
    known = Known(today=work.today, names=names, longest=longest)
    faults = [item.at(row=row.row) for item in row_problems(form, row.cells, known)]
    if faults:
        return None, faults
    found = [
        item
        for item in subjects.get(code or name, subjects.get(name, []))
        if (item.person_id is not None) == person and may(work.actor, KEEP, item)
    ]
    if len(found) != 1:
        words = "名册中没有" if not found else f"名册中有 {len(found)} 个"
        text = f"{words}“{name}”，无法对应到档案。请先导入名册或在名册中查重，再导入期初。"
        return None, [Problem(code="publicity.nobody", text=text, row=row.row, field=NAME[form])]
    return found[0], []


def _written(row: StockRow, form: Form, subject: Subject, channel: str, work: Transaction) -> Publicity:
    decided = day_of(row.cells[DECIDED[form]]) or work.today
    due, provisional = working_due(work, decided, "core.publicity.wd")
    organ = row.cells["XK_XKJG" if form is Form.LICENCE else "CF_CFJG"]
    scope = {
        "profession": subject.profession,
        "district_code": subject.district_code,
        "association": subject.association,
    }
    public = Publicity(
        **scope,
        subject_id=subject.id,
        form=form.value,
        person=subject.person_id is not None,
        name=subject.name,
        title=row.cells["XK_NR" if form is Form.LICENCE else "CF_WFXW"][:300],
        document_no=row.cells[NUMBER[form]],
        reporter=reporter_of(organ),
        decided_on=decided,
        due=due,
        provisional=provisional,
        state=PUBLISHED,
        reported_on=row.published_on or decided,
        published_on=row.published_on or decided,
        channel=channel,
        rejection="",
        display_until=day_of(row.cells.get("CF_GSJZQ", "")),
        withdraw_reason="",
        entered_on=work.today,
        by_login=work.actor.login,
        version=1,
    )
    work.session.add(public)
    work.session.flush()
    for code, value in row.cells.items():
        if value and not code.endswith(SECRET):
            work.session.add(PublicityValue(publicity_id=public.id, code=code, value=value, **scope))
    return public
