"""say which years of the calendar are published

A year is published or not as a whole; a day says which notice it comes from.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260152"
down_revision = "202611260135"
branch_labels = None
depends_on = None


def upgrade() -> None:
    years = op.create_table(
        "core_calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_core_calendar_year")),
    )
    day = sa.table(
        "core_calendar_day",
        sa.column("day", sa.Date()),
        sa.column("published", sa.Boolean()),
        sa.column("source", sa.String()),
    )
    found = op.get_bind().execute(sa.select(sa.extract("year", day.c.day)).where(day.c.published).distinct())
    numbers = sorted(int(number) for (number,) in found)
    if numbers:
        op.bulk_insert(
            years,
            [
                {"year": number, "published": True, "source": title(number), "version": 1}
                for number in numbers
            ],
        )
    with op.batch_alter_table("core_calendar_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=200), nullable=True))
    op.execute(sa.update(day).values(source=""))
    for number in numbers:
        op.execute(sa.update(day).where(sa.extract("year", day.c.day) == number).values(source=title(number)))
    with op.batch_alter_table("core_calendar_day", schema=None) as batch_op:
        batch_op.alter_column("source", existing_type=sa.String(length=200), nullable=False)
        batch_op.drop_column("published")


def title(year: int) -> str:
    """The notice of a year that was shipped."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"
