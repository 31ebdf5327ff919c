"""Find what changed since a day, and go through a kind in the order in which its rows lie.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261311"
down_revision = "202611261161"
branch_labels = None
depends_on = None

ENDED, STANDING = sa.text("to_date IS NOT NULL"), sa.text("voided_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_core_dated_value_subject_id_field_from_date", table_name="core_dated_value")
    op.create_index(
        "ix_core_dated_value_said",
        "core_dated_value",
        ["subject_id", "field", "from_date", "id", "voided_at", "value"],
    )
    op.drop_index("ix_core_post_subject_id_from_date", table_name="core_post")
    op.create_index(
        "ix_core_post_held",
        "core_post",
        ["subject_id", "from_date", "id", "to_date", "voided_at", "body_id"],
    )
    op.create_index("ix_core_subject_kind", "core_subject", ["kind"])
    op.create_index("ix_core_post_from_date_subject_id", "core_post", ["from_date", "subject_id"])
    op.create_index(
        "ix_core_licence_event_on_date_subject_id", "core_licence_event", ["on_date", "subject_id"]
    )
    op.create_index(
        "ix_core_post_to_date_subject_id",
        "core_post",
        ["to_date", "subject_id"],
        postgresql_where=ENDED,
        sqlite_where=ENDED,
    )
    op.create_index(
        "ix_core_dated_value_field_from_date_subject_id_voided_at",
        "core_dated_value",
        ["field", "from_date", "subject_id", "voided_at"],
        postgresql_where=STANDING,
        sqlite_where=STANDING,
    )
