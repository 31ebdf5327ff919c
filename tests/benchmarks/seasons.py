"""A season of so many lawyers in so many firms: its cockpit, and the reminders to every firm."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Done
from suite.kernel.assessment.boards import board
from suite.kernel.assessment.cockpit import cockpit
from suite.kernel.assessment.commands import OpenCampaign, TakeAssessmentStep
from suite.kernel.assessment.papers import REMINDER
from suite.kernel.assessment.progress import campaigns
from suite.kernel.assessment.reminders import Mailing, mailing, words_of_letter, write_letters
from suite.kernel.casework.papers.commands import ReplaceTemplate
from suite.kernel.parameters.queries import parameters_on
from suite.testing.factories import a_firm, a_lawyer, make
from tests.benchmarks.bureau import bureau
from tests.benchmarks.measure import Ratio, clock_of, paired

TODAY = dt.date(2026, 11, 23)
DISTRICTS = ("130102", "130104", "130105", "130108", "130123", "130125", "130128", "130181")
#: The same numbers as the cockpit has, counted by hand: by district, by firm, exceptions, grades, moves.
COUNTS = (
    "SELECT district_code, step, count(*) FROM core_assessment WHERE campaign_id = :c"
    " AND standing IN ('in', 'ungraded') GROUP BY district_code, step",
    "SELECT a.body_id, s.name, a.step, count(*) FROM core_assessment a"
    " LEFT JOIN core_subject s ON s.id = a.body_id WHERE a.campaign_id = :c"
    " AND a.standing IN ('in', 'ungraded') GROUP BY a.body_id, s.name, a.step",
    "SELECT standing, rule, rule_text, count(*) FROM core_assessment WHERE campaign_id = :c"
    " GROUP BY standing, rule, rule_text",
    "SELECT grade, count(*) FROM core_assessment WHERE campaign_id = :c GROUP BY grade",
    "SELECT count(*) FROM core_assessment a JOIN core_subject s ON s.id = a.subject_id"
    " WHERE a.campaign_id = :c AND a.standing IN ('in', 'ungraded', 'deferred') AND a.step <> ''"
    " AND s.body_id <> a.body_id",
    "SELECT count(*) FROM core_assessment a JOIN core_subject s ON s.id = a.subject_id"
    " WHERE a.campaign_id = :c AND a.step <> '' AND s.status NOT IN ('active')",
    "SELECT count(*) FROM core_objection o JOIN core_assessment a ON a.id = o.assessment_id"
    " WHERE a.campaign_id = :c AND o.decided_on IS NULL",
)


def season_bureau(url: str, lawyers: int, firms: int) -> tuple[Suite, int]:
    """A suite with a season in which two thirds have handed in; made once, then reused."""
    suite = bureau(url, 0)
    actor = suite.actor()
    with suite.reading() as session:
        known = campaigns(session, actor, suite.catalog)
    if known:
        return suite, known[0].id
    drawn = random.Random(2026)
    rows = [
        a_firm(n, name=f"河北第{n}律师事务所", district_code=drawn.choice(DISTRICTS)) for n in range(firms)
    ]
    bodies = make(suite, actor, "lawyers.law_firm", *rows)
    people = [
        a_lawyer(
            n, name=f"律师{n:05d}", body_id=bodies[n % firms], district_code=rows[n % firms]["district_code"]
        )
        for n in range(lawyers)
    ]
    make(suite, actor, "lawyers.lawyer", *people)
    number = suite.run(
        OpenCampaign(
            scheme="lawyers.lawyer_review", heading="2025 年度律师执业年度考核", first=dt.date(2025, 1, 1),
            last=dt.date(2025, 12, 31),
        ),
        actor,
    ).result["campaign_id"]  # fmt: skip
    with suite.reading() as session:
        lines = board(session, actor, suite.catalog, number).lines
    taken = tuple(line.id for line in lines if line.standing in ("in", "ungraded") and drawn.random() < 2 / 3)
    suite.run(TakeAssessmentStep(campaign_id=number, step="self", assessments=taken), actor)
    return suite, number


def seasons(url: str, lawyers: int, firms: int) -> Iterator[Ratio]:
    """The cockpit against the same counts in raw SQL; all reminders against docxtpl alone."""
    suite, number = season_bureau(url, lawyers, firms)
    actor, clock = suite.actor(), clock_of(suite.engine.dialect.name)

    def ours() -> object:
        with suite.reading() as session:
            return cockpit(session, actor, suite.catalog, number)

    def floor() -> object:
        with suite.reading() as session:
            return [session.execute(text(counted), {"c": number}).all() for counted in COUNTS]

    mine, theirs = paired(ours, floor, clock)
    title = f"Cockpit of {lawyers:,} lawyers in {firms:,} firms / the same counts in raw SQL"
    yield Ratio(title=title, ours=mine, floor=theirs, bound=3)
    yield from _reminders(suite, number)
    suite.engine.dispose()


def _reminders(suite: Suite, number: int) -> Iterator[Ratio]:
    actor = suite.actor()
    template = _template()
    for own in (False, True):
        if own:
            command = ReplaceTemplate(template=REMINDER.key, content=template, file_name="催报.docx")
            suite.run(command, actor)
        with suite.reading() as session:
            found = board(session, actor, suite.catalog, number)
            numbers = parameters_on(session, suite.catalog, TODAY)
        letters = mailing(
            found, "self", found.lines, organ="石家庄市司法局", today=TODAY, parameters=numbers, until=TODAY
        )
        mine = _timed(lambda letters=letters: _ours(suite, letters))
        theirs = _timed(lambda letters=letters: _library(template, letters))
        what = "the bureau's own template" if own else "the shipped text"
        title = f"{len(letters.letters)} reminders by {what} / docxtpl alone"
        yield Ratio(title=title, ours=mine, floor=theirs, bound=1.5)


def _timed(act: Any) -> float:
    """Milliseconds of this process: files are written by it, whoever else uses the machine."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def _ours(suite: Suite, letters: Mailing) -> None:
    folder = Path(tempfile.mkdtemp(prefix="suite-letters-"))
    try:
        with suite.reading() as session:
            # The note on 1,700 participants is the database's work, not the letters'.
            write_letters(session, letters, folder, suite.actor(), run=lambda _command, _actor: Done(text=""))
    finally:
        shutil.rmtree(folder)


def _library(template: bytes, letters: Mailing) -> None:
    from docxtpl import DocxTemplate

    folder = Path(tempfile.mkdtemp(prefix="suite-letters-"))
    try:
        for place, letter in enumerate(letters.letters):
            document = DocxTemplate(BytesIO(template))
            document.render(words_of_letter(letters, letter))
            document.save(folder / f"{place}.docx")
    finally:
        shutil.rmtree(folder)


def _template() -> bytes:
    """The shipped reminder as a template file, as a bureau would make its own from it."""
    from suite.kernel.documents.layout import set_paper
    from suite.kernel.documents.paper import Paper, lines_of

    body = "\n".join(REMINDER.body).replace("\n{% endfor %}", "{% endfor %}")
    return set_paper(
        Paper(
            form=REMINDER.form, organ="石家庄市司法局", title=REMINDER.title, number="{{ 文号 }}",
            recipient="{{ 单位 }}", paragraphs=lines_of(body), day="{{ 成文日期 }}",
        )
    )  # fmt: skip
