"""Keep the district in the index of open cases, and the case with its limit in that of running clocks: the
desk reads both without the rows themselves.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611261521"
down_revision = "202611261512"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_core_case_kind_closed_opened_id", table_name="core_case")
    op.create_index("ix_core_case_open", "core_case", ["kind", "closed", "opened", "id", "district_code"])
    op.drop_index("ix_core_clock_stopped_due", table_name="core_clock")
    op.create_index("ix_core_clock_running", "core_clock", ["stopped", "due", "case_id", "limit_key"])
