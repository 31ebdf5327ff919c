"""Let associations run the cases that are theirs: these lie in an area of rights of their own.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261411"
down_revision = "202611261401"
branch_labels = None
depends_on = None

#: Kind of case → what the association of its profession runs.
KINDS = (
    "lawyers.discipline", "lawyers.association_complaint", "notary.discipline", "notary.review_dispute",
    "appraisal.discipline", "arbitration.discipline",
)  # fmt: skip
OF_CASE = (
    "core_case_party", "core_complainant", "core_case_event", "core_clock", "core_allegation",
    "core_case_line", "core_case_approval", "core_case_content", "core_attachment", "core_issued_document",
    "core_document_service", "core_case_filing", "core_import_case",
)  # fmt: skip
PART = 5_000


def upgrade() -> None:
    connection = op.get_bind()
    case = sa.table("core_case", sa.column("id"), sa.column("kind"), sa.column("profession"))
    series = sa.table("core_number_series", sa.column("key"), sa.column("profession"))
    for kind in KINDS:
        owner = kind.partition(".")[0]
        area = f"{owner}.association"
        ids = list(connection.scalars(sa.select(case.c.id).where(case.c.kind == kind)))
        for first in range(0, len(ids), PART):
            part = ids[first : first + PART]
            for name in OF_CASE:
                rows = sa.table(name, sa.column("case_id"), sa.column("profession"))
                connection.execute(sa.update(rows).where(rows.c.case_id.in_(part)).values(profession=area))
            connection.execute(sa.update(case).where(case.c.id.in_(part)).values(profession=area))
        connection.execute(
            sa.update(series)
            .where(series.c.profession == owner, series.c.key.startswith(f"{kind}_no"))
            .values(profession=area)
        )
