"""create the rosters

The details of firms, branches, employing units, lawyers and trainees, keyed by their subject.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611231646"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lawyers_branch_office",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_name", sa.String(length=200), nullable=True),
        sa.Column(
            "parent_uscc",
            sa.String(length=18).with_variant(sa.String(length=18, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("parent_province", sa.String(length=40), nullable=True),
        sa.Column("former_names", sa.String(length=500), nullable=True),
        sa.Column(
            "licence_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "certificate_serial_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approval_no", sa.String(length=100), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=True),
        sa.Column(
            "head_practice_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column(
            "address_code",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("supervised_by", sa.String(length=100), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("party_form", sa.String(length=40), nullable=True),
        sa.Column("party_secretary", sa.String(length=200), nullable=True),
        sa.Column("assets", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_lawyers_branch_office_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_lawyers_branch_office")),
        sa.UniqueConstraint(
            "certificate_serial_no", name=op.f("uq_lawyers_branch_office_certificate_serial_no")
        ),
    )
    with op.batch_alter_table("lawyers_branch_office", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lawyers_branch_office_approved_on_subject_id"),
            ["approved_on", "subject_id"],
            unique=False,
        )

    op.create_table(
        "lawyers_employer_unit",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("former_names", sa.String(length=500), nullable=True),
        sa.Column("unit_level", sa.String(length=40), nullable=True),
        sa.Column("legal_department", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_lawyers_employer_unit_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_lawyers_employer_unit")),
    )
    op.create_table(
        "lawyers_law_firm",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bank_name", sa.String(length=200), nullable=True),
        sa.Column("bank_filed_on", sa.Date(), nullable=True),
        sa.Column("seal_filed_on", sa.Date(), nullable=True),
        sa.Column("liability_insurer", sa.String(length=200), nullable=True),
        sa.Column("liability_cover", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("liability_until", sa.Date(), nullable=True),
        sa.Column("risk_fund", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("development_fund", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "social_security_fund", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("former_names", sa.String(length=500), nullable=True),
        sa.Column(
            "licence_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "certificate_serial_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approval_no", sa.String(length=100), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=True),
        sa.Column(
            "head_practice_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column(
            "address_code",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("supervised_by", sa.String(length=100), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("party_form", sa.String(length=40), nullable=True),
        sa.Column("party_secretary", sa.String(length=200), nullable=True),
        sa.Column("assets", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_lawyers_law_firm_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_lawyers_law_firm")),
        sa.UniqueConstraint("certificate_serial_no", name=op.f("uq_lawyers_law_firm_certificate_serial_no")),
    )
    with op.batch_alter_table("lawyers_law_firm", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lawyers_law_firm_approved_on_subject_id"),
            ["approved_on", "subject_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_lawyers_law_firm_licence_no"), ["licence_no"], unique=False)

    op.create_table(
        "lawyers_lawyer",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("former_names", sa.String(length=500), nullable=True),
        sa.Column(
            "certificate_serial_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("first_practice_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("is_partner", sa.Boolean(), nullable=True),
        sa.Column("partner_since", sa.Date(), nullable=True),
        sa.Column("is_seconded", sa.Boolean(), nullable=True),
        sa.Column("job_title", sa.String(length=100), nullable=True),
        sa.Column("teaching_unit", sa.String(length=200), nullable=True),
        sa.Column("left_judiciary_on", sa.Date(), nullable=True),
        sa.Column("specialties", sa.String(length=500), nullable=True),
        sa.Column("languages", sa.String(length=200), nullable=True),
        sa.Column("is_foreign_talent", sa.Boolean(), nullable=True),
        sa.Column("is_duty_lawyer", sa.Boolean(), nullable=True),
        sa.Column("public_posts", sa.String(length=500), nullable=True),
        sa.Column("certificate_custody", sa.String(length=40), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("office_address", sa.String(length=300), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column(
            "qualification_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("qualification_type", sa.String(length=40), nullable=True),
        sa.Column("qualified_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_lawyers_lawyer_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_lawyers_lawyer")),
        sa.UniqueConstraint("certificate_serial_no", name=op.f("uq_lawyers_lawyer_certificate_serial_no")),
    )
    with op.batch_alter_table("lawyers_lawyer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lawyers_lawyer_first_practice_on_subject_id"),
            ["first_practice_on", "subject_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_lawyers_lawyer_qualification_no"), ["qualification_no"], unique=False
        )

    op.create_table(
        "lawyers_trainee_lawyer",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("supervisor_name", sa.String(length=200), nullable=True),
        sa.Column(
            "supervisor_practice_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("training_finished_on", sa.Date(), nullable=True),
        sa.Column("training_result", sa.String(length=40), nullable=True),
        sa.Column("interviewed_on", sa.Date(), nullable=True),
        sa.Column("interview_result", sa.String(length=40), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column(
            "qualification_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("qualification_type", sa.String(length=40), nullable=True),
        sa.Column("qualified_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_lawyers_trainee_lawyer_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_lawyers_trainee_lawyer")),
    )
    with op.batch_alter_table("lawyers_trainee_lawyer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lawyers_trainee_lawyer_started_on_subject_id"),
            ["started_on", "subject_id"],
            unique=False,
        )
