"""Keep the scope in the key of search keys, where PostgreSQL's policy asks for it at every look.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611261442"
down_revision = "202611261441"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE core_search_key DROP CONSTRAINT pk_core_search_key, "
            "ADD CONSTRAINT pk_core_search_key PRIMARY KEY (subject_id, key) INCLUDE (scope_id)"
        )
