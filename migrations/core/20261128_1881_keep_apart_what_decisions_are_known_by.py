"""Keep apart by what decisions about differences are known again: the digest of a number tells the number.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611281881"
down_revision = "202611281861"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_reconciled", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_core_reconciled_kind_identity_field_values"), type_="unique")
        batch_op.alter_column("values", new_column_name="digest")
        batch_op.create_unique_constraint(
            batch_op.f("uq_core_reconciled_kind_identity_field_digest"),
            ["kind", "identity", "field", "digest"],
        )
