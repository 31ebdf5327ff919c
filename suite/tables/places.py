"""Districts, townships and villages, from the statistics bureau's list; editable, since codes change."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from suite.tables.base import CoreBase


class District(CoreBase):
    """县（市、区）or zone. `standard` is false for the zones that only the statistics know."""

    __tablename__ = "core_district"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    short_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    standard: Mapped[bool]
    province_managed: Mapped[bool]


class Township(CoreBase):
    """乡、镇、街道: details of a subject of kind `core.township`."""

    __tablename__ = "core_township"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    township_kind: Mapped[str | None] = mapped_column(String(20))


class Village(CoreBase):
    """村（居）委会: details of a subject of kind `core.village`; its township is `Subject.body_id`."""

    __tablename__ = "core_village"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    village_kind: Mapped[str | None] = mapped_column(String(20))
    households: Mapped[int | None]
