"""keep passwords, requests, and the masked numbers of persons

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260030"
down_revision = "202611252342"
branch_labels = None
depends_on = None

STARS = f"'{'*' * 40}'"


def masked(column: str, ahead: int, behind: int) -> str:
    """SQL of a number of which so many characters stay at either end."""
    kept = f"substr({column}, 1, {ahead}) || " if ahead else ""
    hidden = f"substr({STARS}, 1, length({column}) - {ahead + behind})"
    return f"{kept}{hidden} || substr({column}, length({column}) - {behind - 1})"


def upgrade() -> None:
    op.create_table(
        "core_password",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["login"], ["core_user.login"], name=op.f("fk_core_password_login")),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_core_password")),
    )
    op.create_table(
        "core_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("command", sa.String(length=100), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("permission", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["core_user.login"], name=op.f("fk_core_request_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["core_user.login"], name=op.f("fk_core_request_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_request")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("core_person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("id_number_shown", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("phone_shown", sa.String(length=40), nullable=True))
    for column, long, short in (("id_number", (15, 6, 4), (6, 2, 2)), ("phone", (9, 3, 4), (5, 0, 4))):
        op.execute(
            f"UPDATE core_person SET {column}_shown = (SELECT CASE "
            f"WHEN length({column}) >= {long[0]} THEN {masked(column, *long[1:])} "
            f"WHEN length({column}) >= {short[0]} THEN {masked(column, *short[1:])} "
            f"ELSE substr({STARS}, 1, length({column})) END "
            "FROM core_identity i WHERE i.person_id = core_person.id)"
        )
