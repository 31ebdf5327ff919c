"""Throw the search keys away: the rule by which names are read has changed. The upgrade writes them anew.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611281901"
down_revision = "202611281891"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A million rows at once, and nothing left of them for the server to clear away.
    server = op.get_bind().dialect.name == "postgresql"
    op.execute("TRUNCATE core_search_key" if server else "DELETE FROM core_search_key")
