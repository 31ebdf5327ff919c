"""${message}

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

${"\n".join(line for line in ["import sqlalchemy as sa", "from alembic import op", imports] if line)}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
