"""Keep apart by what decisions about differences are known again: the digest of a number tells the number.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611281881"
down_revision = "202611281851"
branch_labels = None
depends_on = None

FORMER = "uq_core_reconciled_kind_identity_field_values"
NAME = "uq_core_reconciled_kind_identity_field_digest"


def upgrade() -> None:
    # Before the batch, which would lose a constraint on a column that it renames itself.
    op.execute('ALTER TABLE core_reconciled RENAME COLUMN "values" TO digest')
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE core_reconciled RENAME CONSTRAINT {FORMER} TO {NAME}")
        return
    own = {"sqlite_autoincrement": True}
    with op.batch_alter_table("core_reconciled", recreate="always", table_kwargs=own) as batch_op:
        batch_op.drop_constraint(FORMER, type_="unique")
        batch_op.create_unique_constraint(NAME, ["kind", "identity", "field", "digest"])
