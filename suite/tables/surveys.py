"""Answers of questionnaires (问卷) about those who take part in an assessment, as they were handed in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.assessments import OfAssessment
from suite.tables.base import CoreBase


class SurveyAnswer(OfAssessment, CoreBase):
    """One answered questionnaire about one participant; written once and never changed.

    `device` is what the survey's software tells of the device, empty where unknown: it names nobody.
    `repeated`: the device had answered about the same participant before, so that this one does not count.
    `satisfaction`: a value of `core.satisfaction`, empty where nothing was said.
    """

    __tablename__ = "core_survey_answer"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    device: Mapped[str] = mapped_column(key_text(80))
    on_date: Mapped[dt.date]
    asked: Mapped[int]
    correct: Mapped[int]
    satisfaction: Mapped[str | None] = mapped_column(String(40))
    took_part: Mapped[bool | None]
    easy: Mapped[bool | None]
    repeated: Mapped[bool]
    source: Mapped[str] = mapped_column(String(200))
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "assessment_id", "device"), {"sqlite_autoincrement": True})
