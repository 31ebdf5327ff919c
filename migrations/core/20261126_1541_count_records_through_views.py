"""Count records through views of what a login reads; the views come with the rights, made after this.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

revision = "202611261541"
down_revision = "202611261561"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of the tables changes: that there is a newer version has the rights made anew."""
