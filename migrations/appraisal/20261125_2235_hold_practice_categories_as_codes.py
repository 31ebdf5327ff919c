"""Hold practice categories as codes

What a licence covers was free text with 、 between the names; it becomes a set of codes, also in the history
of the field. A name that the table of categories does not know goes to the remarks, so that nothing is lost.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "202611252235"
down_revision = "202611231650"
branch_labels = None
depends_on = None


CODES = {
    "法医病理": "A01",
    "法医临床": "A02",
    "法医精神病": "A03",
    "精神病": "A03",
    "法医物证": "A04",
    "DNA": "A04",
    "法医毒物": "A05",
    "毒物": "A05",
    "文书": "B01",
    "痕迹": "B02",
    "微量物证": "B03",
    "微量": "B03",
    "录音": "C01",
    "图像": "C02",
    "录像": "C02",
    "电子数据": "C03",
    "污染物性质": "D01",
    "地表水与沉积物环境损害": "D02",
    "地表水与沉积物": "D02",
    "空气污染环境损害": "D03",
    "空气污染": "D03",
    "土壤与地下水环境损害": "D04",
    "土壤与地下水": "D04",
    "近岸海洋与海岸带环境损害": "D05",
    "近岸海洋与海岸带": "D05",
    "生态系统环境损害": "D06",
    "生态系统": "D06",
    "其他环境损害": "D07",
}
KEY_TEXT = sa.String(length=500).with_variant(sa.String(length=500, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("appraisal_appraisal_institution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("former_names", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("approval_no", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("is_branch", sa.Boolean(), nullable=True))
        batch_op.alter_column("scope", existing_type=sa.String(length=500), type_=KEY_TEXT)
        batch_op.add_column(sa.Column("scope_items", KEY_TEXT, nullable=True))
        batch_op.add_column(
            sa.Column(
                "address_code",
                sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("cma_level", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("cma_categories", KEY_TEXT, nullable=True))
        batch_op.add_column(sa.Column("cnas_categories", KEY_TEXT, nullable=True))
        batch_op.add_column(sa.Column("instruments", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))

    with op.batch_alter_table("appraisal_appraiser", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "certificate_serial_no",
                sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
                nullable=True,
            )
        )
        batch_op.alter_column("scope", existing_type=sa.String(length=500), type_=KEY_TEXT)
        batch_op.add_column(sa.Column("scope_items", KEY_TEXT, nullable=True))
        batch_op.add_column(sa.Column("eligibility", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("title_name", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("unit_consent", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))

    connection = op.get_bind()
    for table in ("appraisal_appraisal_institution", "appraisal_appraiser"):
        for key, scope, remarks in connection.execute(
            sa.text(f"SELECT subject_id, scope, remarks FROM {table} WHERE scope IS NOT NULL")
        ).all():
            codes, left = _recoded(scope)
            note = (
                "；".join(part for part in (remarks, f"原业务范围：{left}" if left else "") if part) or None
            )
            connection.execute(
                sa.text(f"UPDATE {table} SET scope = :codes, remarks = :note WHERE subject_id = :key"),
                {"codes": codes, "note": note, "key": key},
            )
    for key, scope in connection.execute(
        sa.text(
            "SELECT value.id, value.value FROM core_dated_value AS value "
            "JOIN core_subject AS subject ON subject.id = value.subject_id "
            "WHERE value.field = 'scope' AND value.value IS NOT NULL AND subject.profession = 'appraisal'"
        )
    ).all():
        connection.execute(
            sa.text("UPDATE core_dated_value SET value = :codes WHERE id = :key"),
            {"codes": _recoded(scope)[0], "key": key},
        )


def _recoded(scope: str) -> tuple[str | None, str]:
    """The codes of a text, sorted, and the names that have none."""
    names = [name for name in re.split(r"[、，,；;\s]+", scope) if name]
    plain = {name: CODES.get(name.removesuffix("鉴定").removesuffix("司法")) for name in names}
    codes = sorted({code for code in plain.values() if code})
    return ",".join(codes) or None, "、".join(name for name, code in plain.items() if code is None)
