"""The eight kinds of state. A plugin chooses a state's kind; it never chooses a colour."""

from enum import StrEnum


class StateKind(StrEnum):
    """What a state means to the eye; screens draw each kind by shape, word and colour."""

    OK = "ok"  # in force, done, met
    RUN = "run"  # under way
    WARN = "warn"  # due soon, near the limit
    BAD = "bad"  # overdue, refused, revoked
    PAUSE = "pause"  # suspended, waiting for the other side
    NEUTRAL = "neutral"  # not started
    ENDED = "ended"  # closed, left, cancelled
    NEW = "new"  # just added
