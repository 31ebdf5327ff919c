"""The graphs of registrations, filings and appointments, from the frame of licensing."""

from plugins.arbitration.licences import effects, guards
from suite.api import Filing, Licensing, result_step

SUPPLEMENT, DECIDE, FILE = (
    f"arbitration.{name}" for name in ("register.supplement", "register.decide", "change.file")
)
LAW, RULES = guards.LAW, guards.REGISTRATION

PROPOSED = (
    "seat", "seat_fits", "papers", "form", "founding_document", "new_address", "uscc", "chair_name",
    "vice_chairs", "members", "expert_members", "term_from", "term_to",
)  # fmt: skip
# 登记办法第四条: ten days from the documents; what the bureau looks at before counts to them.
REGISTRATION = Licensing(
    key="arbitration.registration_lifecycle",
    title="仲裁委员会登记流程",
    party="commission",
    notice=SUPPLEMENT,
    review=DECIDE,
    opening=("applicant_name", "district_code", *PROPOSED),
    amended=PROPOSED,
    accepting=(guards.COMMISSION_STANDS.key,),
    reporting=(
        guards.SEAT_FITS.key,
        guards.PAPERS_COMPLETE.key,
        guards.COMPOSITION_FITS.key,
        guards.TERM_FITS.key,
    ),
    finishing=(guards.CERTIFICATE_DUE.key,),
    result=("licence_no",),
    needed=("licence_no",),
    effects=(effects.REGISTERED.key,),
    extra=(
        result_step(
            (effects.REGISTERED.key,),
            (guards.NO_CERTIFICATE.key, guards.PAPERS_COMPLETE.key),
            article=f"{RULES}第七条",
        ),
    ),
    interludes=(),
    articles=dict.fromkeys(
        ("OpenApplication", "ReviewApplication", "ReportApplication", "CheckApplication"), f"{RULES}第三条"
    )
    | dict.fromkeys(
        ("AcceptApplication", "RequestMaterials", "RecordGrant", "RecordDenial", "IssueCertificate"),
        f"{RULES}第四条",
    ),
).lifecycle()

CHANGED = (
    "new_address", "stations", "chair_name", "vice_chairs", "members", "expert_members", "replaced",
    "term_number", "term_from", "term_to",
)  # fmt: skip
FILING = Filing(
    key="arbitration.filing_lifecycle",
    title="仲裁委员会变更、换届备案流程",
    party="commission",
    filing=FILE,
    article=f"{RULES}第五条",
    opening=CHANGED,
    amended=CHANGED,
    accepting=(
        guards.COMMISSION_STANDS.key,
        guards.FILING_COMPLETE.key,
        guards.COMPOSITION_FITS.key,
        guards.ENOUGH_REPLACED.key,
        guards.TERM_FITS.key,
    ),
    effects=(effects.FILED.key,),
).lifecycle()

APPOINTED = (
    "eligibility", "eligibility_years", "job_title", "evidence", "serving_post", "unit_approval",
    "panel_edition", "term_from", "term_to", "end_reason", "decision_no", "licence_no",
)  # fmt: skip
PANEL = Filing(
    key="arbitration.panel_lifecycle",
    title="仲裁员聘任备案流程",
    party="arbitrator",
    roles=("commission",),
    article=f"{LAW}第十三条",
    opening=("applicant_name", "district_code", *APPOINTED),
    amended=APPOINTED,
    accepting=(
        guards.COMMISSION_OPEN.key,
        guards.ON_THE_PANEL.key,
        guards.ELIGIBLE.key,
        guards.MAY_SERVE.key,
        guards.UNIT_AGREES.key,
        guards.TERM_FITS.key,
    ),
    effects=(effects.PANEL.key,),
).lifecycle()

LIFECYCLES = (REGISTRATION, FILING, PANEL)
