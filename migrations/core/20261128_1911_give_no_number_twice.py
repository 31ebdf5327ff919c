"""Give no number twice in a SQLite file: eight tables had lost the counter of their ids in former batches.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611281911"
down_revision = "202611281901"
branch_labels = None
depends_on = None

TABLES = (
    "core_assessment",
    "core_campaign",
    "core_credit_record",
    "core_figure",
    "core_import_run",
    "core_issued_document",
    "core_publicity",
    "core_score",
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in TABLES:
        with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
