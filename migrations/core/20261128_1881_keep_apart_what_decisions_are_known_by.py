"""Keep apart by what decisions about differences are known again: the digest of a number tells the number.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611281881"
down_revision = "202611281851"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch, which would lose the constraint, and the numbers that were given before.
    op.execute('ALTER TABLE core_reconciled RENAME COLUMN "values" TO digest')
    if op.get_bind().dialect.name != "sqlite":
        op.execute(
            "ALTER TABLE core_reconciled RENAME CONSTRAINT uq_core_reconciled_kind_identity_field_values "
            "TO uq_core_reconciled_kind_identity_field_digest"
        )
