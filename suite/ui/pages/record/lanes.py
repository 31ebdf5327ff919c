"""The life line of a record: its lanes from licence decisions, posts and dated values. No Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from suite.contract.states import StateKind
from suite.kernel.assessment.history import AssessmentLine
from suite.kernel.registry.record_file import EventLine, LicenceLine, PostLine, RecordFile
from suite.ui.kit.lifeline_data import Lane, Mark, Span, SpanLook
from suite.ui.pages.record.assessments import assessment_lane
from suite.ui.pages.record.wording import Words

ONE_DAY = dt.timedelta(days=1)
_HATCHED = frozenset({StateKind.PAUSE, StateKind.ENDED, StateKind.BAD})


def lanes_of(
    words: Words, file: RecordFile, today: dt.date, assessments: Sequence[AssessmentLine] = ()
) -> list[Lane]:
    """执业状态, 执业机构, 年度考核 and 事件, in the kind's own titles; lanes without a fact are left out."""
    status = _status_spans(words, file)
    posts = _post_spans(file)
    marks = _by_day(sorted(_marks(words, file), key=lambda mark: mark.day))
    lanes = [
        Lane(title=words.title("status"), spans=tuple(status)),
        Lane(title=words.title("body_id"), spans=tuple(posts)),
        assessment_lane(assessments),
        Lane(title="事件", marks=tuple(mark for mark in marks if mark.day <= today)),
    ]
    return [lane for lane in lanes if lane.spans or lane.marks]


def _status_spans(words: Words, file: RecordFile) -> list[Span]:
    """What the state was from when to when: by decisions on the licence, else by dated values."""
    turns: list[tuple[dt.date, str, str]] = []
    if file.licences:
        licence = file.licences[0]
        events = [event for event in licence.events if event.void_reason is None]
        begin = _begin(file, licence)
        if begin is not None:
            turns.append((begin, licence.opening_state, licence.number or ""))
        turns += [(event.on_date, event.state, _act(event)) for event in events]
    else:
        dated = [line for line in file.dated if line.field == "status" and line.void_reason is None]
        begin = min((line.from_date for line in file.dated if line.from_date), default=None)
        for line in dated:
            start = line.from_date or _first_post(file)
            if start is not None and line.value is not None:
                turns.append((start, line.value, ""))
        if not dated and (begin := _first_post(file)) is not None:
            turns.append((begin, str(file.values.get("status") or ""), ""))
    turns.sort(key=lambda turn: turn[0])
    spans = []
    for place, (start, code, act) in enumerate(turns):
        following = turns[place + 1][0] if place + 1 < len(turns) else None
        if following is not None and following <= start:
            continue
        state = words.state(code)
        spans.append(
            Span(
                start=start,
                end=following - ONE_DAY if following else None,
                text=state.word,
                kind=state.kind,
                look=SpanLook.GAP if state.kind in _HATCHED else SpanLook.STATE,
                act=act,
            )
        )
    return spans


def _begin(file: RecordFile, licence: LicenceLine) -> dt.date | None:
    days = [licence.valid_from, _first_post(file)]
    return min((day for day in days if day is not None), default=None)


def _first_post(file: RecordFile) -> dt.date | None:
    days = (post.from_date for post in file.posts if post.void_reason is None)
    return min((day for day in days if day is not None), default=None)


def _post_spans(file: RecordFile) -> list[Span]:
    """The bodies, with hatched stretches where there was none."""
    standing = sorted(
        (post for post in file.posts if post.void_reason is None and _starts(file, post) is not None),
        key=lambda post: (_starts(file, post) or dt.date.min, post.id),
    )
    spans: list[Span] = []
    until: dt.date | None = None
    for post in standing:
        start = _starts(file, post)
        if start is None or post.to_date == start:
            continue
        if until is not None and start > until:
            spans.append(
                Span(
                    start=until,
                    end=start - ONE_DAY,
                    text="",
                    kind=StateKind.NEUTRAL,
                    look=SpanLook.GAP,
                )
            )
        spans.append(
            Span(
                start=start,
                end=post.to_date - ONE_DAY if post.to_date else None,
                text=post.body,
                look=SpanLook.DATA,
                strong=post.to_date is None,
                key=("body", post.body_id),
            )
        )
        until = post.to_date
    return spans


def _starts(file: RecordFile, post: PostLine) -> dt.date | None:
    """A post without a beginning stands since the licence began, where that is known."""
    return post.from_date or (file.licences[0].valid_from if file.licences else None)


def _by_day(marks: Sequence[Mark]) -> list[Mark]:
    """One mark for one day: two would cover each other. The first that is a decision gives the glyph."""
    found: list[Mark] = []
    for _, group in groupby(marks, key=lambda mark: mark.day):
        same = list(group)
        first = next((mark for mark in same if mark.kind is not StateKind.NEUTRAL), same[0])
        text = "、".join(dict.fromkeys(mark.text for mark in same))
        act = "；".join(dict.fromkeys(mark.act for mark in same if mark.act))
        found.append(replace(first, text=text, act=act))
    return found


def _marks(words: Words, file: RecordFile) -> Iterator[Mark]:
    if file.licences and file.licences[0].valid_from is not None:
        yield Mark(day=file.licences[0].valid_from, text="颁证", act=file.licences[0].number or "")
    for licence in file.licences:
        for event in licence.events:
            if event.void_reason is None:
                state = words.state(event.state)
                yield Mark(
                    day=event.on_date,
                    text=state.word,
                    kind=state.kind,
                    act=_act(event),
                    key=("event", event.id),
                )
    first = _first_post(file)
    for post in file.posts:
        if post.void_reason is None and post.from_date is not None and post.from_date != first:
            yield Mark(day=post.from_date, text=f"变更{words.title('body_id')}", act=post.body)
    for line in file.dated:
        if line.void_reason is None and line.from_date is not None and line.field != "status":
            field = words.kind.by_key.get(line.field)
            value = words.text(field, line.value) if field is not None else line.value or ""
            yield Mark(day=line.from_date, text=f"变更{line.title}", act=value, key=("dated", line.id))


def _act(event: EventLine) -> str:
    return "，".join(part for part in (event.document_no, event.decided_by, event.note) if part)
