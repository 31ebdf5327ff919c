"""Who is to be reminded of a step, and the letters: one to each body, or to each participant that is one."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.assessment import SchemeStep
from suite.contract.commands import Actor, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.commands import RemindParticipants
from suite.kernel.assessment.papers import REMINDER, Setter
from suite.kernel.assessment.standing import WALKING
from suite.kernel.assessment.windows import window_of
from suite.kernel.documents.paper import printed_day
from suite.kernel.executor.work import Progress

UNSAFE = re.compile(r"[^\w（）()·-]+")
LONGEST_NAME = 80
MOST_LETTERS = 5_000


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One reminder: to whom, and about which participants. `times`: how often at most one was reminded."""

    to: str
    lines: tuple[BoardLine, ...]
    times: int


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """All reminders of one step, with the words that they share."""

    campaign_id: int
    step: SchemeStep
    letters: tuple[Letter, ...]
    common: Mapping[str, Any]

    @property
    def participants(self) -> tuple[int, ...]:
        """Of whom they remind."""
        return tuple(line.id for letter in self.letters for line in letter.lines)


def mailing(
    board: Board,
    step_key: str,
    lines: Sequence[BoardLine],
    *,
    organ: str,
    today: dt.date,
    parameters: Mapping[str, object],
    number: str = "",
    until: dt.date | None = None,
) -> Mailing:
    """The reminders about those of `lines` who still owe the step. Raises Refused where nobody does.

    A day of the scheme that has passed is told as overdue, and asks to hand in at once or until `until`.
    """
    step = board.sheet.scheme.by_step.get(step_key)
    if step is None:
        words = "、".join(f"{item.key}（{item.title}）" for item in board.sheet.scheme.steps)
        raise refuse("step.unknown", f"没有环节“{step_key[:40]}”，可选：{words}。", field="step")
    owing = [line for line in lines if line.standing in WALKING and line.step == step_key]
    if not owing:
        text = f"选中的对象都不欠“{step.title}”，没有可以催报的。"
        raise refuse("reminder.none", text, ProblemKind.FORBIDDEN, field="assessments")
    grouped: defaultdict[tuple[int | None, str], list[BoardLine]] = defaultdict(list)
    for line in owing:
        grouped[(line.body_id, line.body) if line.body_id else (None, line.name)].append(line)
    letters = tuple(
        Letter(to=name, lines=tuple(alike), times=max(line.marks.reminded for line in alike))
        for (_, name), alike in sorted(grouped.items(), key=lambda item: item[0][1])
    )
    if len(letters) > MOST_LETTERS:
        text = f"一次最多催报 {MOST_LETTERS:,} 个单位，现为 {len(letters):,} 个，请先筛选。"
        raise Refused([Problem(code="reminder.many", text=text, field="assessments")])
    campaign = board.campaign
    window = window_of(step, campaign.last, parameters)
    late = window.overdue(today) if window is not None else 0
    if until is None and window is not None and not late:
        until = window.last
    return Mailing(
        campaign_id=campaign.id,
        step=step,
        letters=letters,
        common={
            "发文机关": organ,
            "文号": number,
            "成文日期": printed_day(today),
            "考核": campaign.title,
            "期间": f"{campaign.first}至{campaign.last}",
            "环节": step.title,
            "材料": "、".join(step.needs),
            "期限": printed_day(until) if until else "" if late else "规定期限",
            "届满": printed_day(window.last) if window is not None and late else "",
            "逾期": str(late) if late else "",
            "立即": "是" if late and until is None else "",
            "依据": step.article or "",
        },
    )


def words_of_letter(found: Mailing, letter: Letter) -> dict[str, Any]:
    """The placeholders of one letter."""
    return {
        **found.common,
        "单位": letter.to,
        "人数": str(len(letter.lines)),
        "名单": [{"序号": str(place), "姓名": line.name} for place, line in enumerate(letter.lines, 1)],
        "次数": str(letter.times) if letter.times else "",
    }


def file_names(found: Mailing) -> list[str]:
    """A name for each letter, none of them twice."""
    names: list[str] = []
    times = Counter[str]()
    for letter in found.letters:
        stem = f"催报通知-{UNSAFE.sub('', letter.to)[:LONGEST_NAME] or '未写明'}"
        times[stem] += 1
        names.append(f"{stem}-{times[stem]}.docx" if times[stem] > 1 else f"{stem}.docx")
    return names


def write_letters(
    session: Session,
    found: Mailing,
    folder: Path,
    actor: Actor,
    *,
    run: Callable[[RemindParticipants, Actor], Done],
    progress: Progress = lambda what, done, total: None,
) -> tuple[Done, Path]:
    """Write one .docx for each into a new folder inside `folder`, and note the reminders.

    The new folder appears once all are made and the note stands; when `progress` stops the work, or the note
    is refused, there is none. `folder` is made where it is not there. Raises Refused where the system does
    not let it be written.
    """
    setter, names = Setter(session, REMINDER), file_names(found)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=".催报-", dir=folder))
        try:
            for place, (letter, name) in enumerate(zip(found.letters, names, strict=True), 1):
                content = setter.paper(words_of_letter(found, letter), recipient=letter.to)
                (aside / name).write_bytes(content)
                progress("制作催报通知", place, len(names))
            number = f" {found.common['文号']}" if found.common["文号"] else ""
            done = run(
                RemindParticipants(
                    campaign_id=found.campaign_id,
                    step=found.step.key,
                    assessments=found.participants,
                    document=f"{REMINDER.title}{number}",
                ),
                actor,
            )
            return done, aside.rename(_free(folder, f"催报通知 {found.common['成文日期']}"))
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        text = f"无法写入“{folder.name}”：{error.strerror}。请换个位置。"
        raise refuse("file.write", text) from error


def _free(folder: Path, name: str) -> Path:
    """A name that nothing has yet: last week's letters stay."""
    wanted = folder / name
    place = 1
    while wanted.exists():
        place += 1
        wanted = folder / f"{name}-{place}"
    return wanted
