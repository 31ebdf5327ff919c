"""What every application for a licence keeps: its columns, and the fields that its steps ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from suite.contract.declarations import Field
from suite.database.types import key_text
from suite.kernel.registry.value_checks import past_date

REFUSAL_GROUNDS = "core.licensing_refusal"


class FilingColumns:
    """A change that is filed: what it is about, and what was said of it."""

    item: Mapped[str | None] = mapped_column(String(40))
    changed_on: Mapped[dt.date | None]
    supplement_items: Mapped[str | None] = mapped_column(Text)
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    report_no: Mapped[str | None] = mapped_column(String(100))


class ApplicationColumns:
    """An application for a licence. `district_code` and `applicant_name` are of who is on no roster yet."""

    item: Mapped[str | None] = mapped_column(String(40))
    applicant_name: Mapped[str | None] = mapped_column(String(200))
    district_code: Mapped[str | None] = mapped_column(key_text(6))
    supplement_items: Mapped[str | None] = mapped_column(Text)
    refusal_ground: Mapped[str | None] = mapped_column(String(40))
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    review_opinion: Mapped[str | None] = mapped_column(Text)
    report_no: Mapped[str | None] = mapped_column(String(100))
    extension_reason: Mapped[str | None] = mapped_column(String(500))
    decision_no: Mapped[str | None] = mapped_column(String(100))
    decided_on: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(String(100))
    denial_reason: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[dt.date | None]
    withdrawal_reason: Mapped[str | None] = mapped_column(String(500))


def application_fields(
    table: Any, *, items: str, applicant: str, own: tuple[Field, ...]
) -> tuple[Field, ...]:
    """The fields of an application; `table` has `ApplicationColumns`.

    items: the code list of what is applied for. applicant: what the name of a newcomer is called. own: the
    profession's fields, which stand between what is applied for and what became of it.
    """
    return (
        _item(table, items),
        Field(table.applicant_name, title=applicant, help="名册中还没有的申请人填写；已有的从名册选取。"),
        Field(table.district_code, title="所在区县", help="名册中还没有的申请人填写，办件归该地办理。"),
        *own,
        _supplement(table),
        Field(table.refusal_ground, title="不予受理情形", codes=REFUSAL_GROUNDS),
        Field(table.refusal_reason, title="不予受理理由"),
        Field(table.review_opinion, title="审查意见"),
        Field(table.report_no, title="报送文号"),
        Field(table.extension_reason, title="延长原因"),
        Field(table.decision_no, title="决定文号", help="作出决定的机关的文号，如：冀司许决〔2026〕12号。"),
        Field(table.decided_on, title="决定日期", checks=(past_date,)),
        Field(table.decided_by, title="决定机关", help="如：河北省司法厅。"),
        Field(table.denial_reason, title="不予许可理由"),
        Field(table.issued_on, title="发证日期", checks=(past_date,)),
        Field(table.withdrawal_reason, title="撤回原因"),
    )


def filing_fields(table: Any, *, items: str, own: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of a change that is filed; `table` has `FilingColumns`."""
    return (
        _item(table, items),
        Field(table.changed_on, title="变更日期", help="自变更之日起计算备案期限。", checks=(past_date,)),
        *own,
        _supplement(table),
        Field(table.refusal_reason, title="不予备案理由"),
        Field(table.report_no, title="报送文号"),
    )


def _item(table: Any, items: str) -> Field:
    return Field(table.item, title="申请事项", codes=items, listed=True)


def _supplement(table: Any) -> Field:
    return Field(table.supplement_items, title="需补正的内容", help="一次列明全部内容。")
