"""Every article of the domain: whom it is for, what may be imposed and how much, by whom, to what effect."""

from __future__ import annotations

import pytest

from suite.areas import CORE_DECLARATIONS
from suite.contract.parameters import Confidence
from suite.contract.penalties import Gravity, Measure, PenaltyKind, Track
from suite.loader.plugins import load_plugins

CATALOG = load_plugins(CORE_DECLARATIONS).catalog

CITY, PROVINCE, BOTH, ANY = "city", "province", "city province", "county city province"
ASSOCIATIONS, INSTITUTION = "city_association province_association", "institution"
LAWYER, FIRMS = "lawyer", "law_firm branch_office"

#: key, article, subjects, deciders, and each measure as "sanction range @gravity =state !own decider".
ARTICLES = (
    ("lawyers.L47", "第四十七条", LAWYER, CITY,
     "warning; fine ..5000; confiscation; suspension 1..3 @serious =suspended"),
    ("lawyers.L48", "第四十八条", LAWYER, CITY,
     "warning; fine ..10000; confiscation; suspension 3..6 @serious =suspended"),
    ("lawyers.L49", "第四十九条", LAWYER, CITY,
     "suspension 6..12 =suspended; fine ..50000; confiscation; revocation @serious =revoked !province"),
    ("lawyers.L49b", "第四十九条第二款", LAWYER, PROVINCE, "revocation =revoked !province"),
    ("lawyers.L50", "第五十条", FIRMS, CITY,
     "warning; suspension 1..6 =suspended; fine ..100000; confiscation; "
     "revocation @grave =revoked !province"),
    ("lawyers.L50b", "第五十条第二款", LAWYER, CITY, "warning; fine ..20000"),
    ("lawyers.L51a", "第五十一条", LAWYER, CITY, "suspension 3..12 =suspended"),
    ("lawyers.L51b", "第五十一条", f"{LAWYER} {FIRMS}", PROVINCE, "revocation =revoked !province"),
    ("lawyers.L55", "第五十五条", "", ANY, "stop; confiscation; fine x1..5"),
    ("lawyers.D1", "处分规则", f"{LAWYER} {FIRMS}", ASSOCIATIONS,
     "admonition; warning; circular; reprimand; suspension 1..12; revocation !province_association"),
    ("lawyers.D2", "处分规则", f"{LAWYER} {FIRMS}", ASSOCIATIONS,
     "suspension 1..12; revocation !province_association"),
    ("notary.N41_office", "第四十一条", "notary_office", BOTH,
     "warning; fine 10000..50000 @serious; confiscation"),
    ("notary.N41_notary", "第四十一条", "notary", BOTH,
     "warning; fine 1000..5000 @serious; suspension 3..6 @serious =suspended; confiscation"),
    ("notary.N42_office", "第四十二条", "notary_office", BOTH,
     "warning; fine 20000..100000; suspension 1..3 =suspended; confiscation"),
    ("notary.N42_notary", "第四十二条", "notary", BOTH,
     "warning; fine 2000..10000; suspension 3..12 =suspended; revocation @serious =revoked !province; "
     "confiscation"),
    ("notary.N42b", "第四十二条", "notary", PROVINCE, "revocation =revoked"),
    ("notary.D1", "惩戒规则", "notary notary_office", ASSOCIATIONS,
     "warning; serious_warning; fine ..notary.discipline.fine_max; demerit; "
     "suspension 1..notary.discipline.pause_months_max; revocation !province_association"),
    ("appraisal.A38", "第三十八条", "", PROVINCE, "stop; fine x1..3 ..30000"),
    ("appraisal.A39", "第三十九条", "appraisal_institution",
     "province city?appraisal.penalty.city_delegated", "warning; order"),
    ("appraisal.A40", "第四十条", "appraisal_institution", PROVINCE,
     "suspension 3..12 =suspended; revocation @serious =deregistered"),
    ("appraisal.P13", "第十三条", "appraiser", PROVINCE, "warning; order"),
    ("appraisal.P13b", "第十三条", "appraiser", PROVINCE,
     "suspension 3..12 =suspended; revocation @serious =deregistered"),
    ("appraisal.D1", "惩戒规则", "appraisal_institution appraiser", ASSOCIATIONS,
     "admonition; circular; reprimand; suspension 1..appraisal.discipline.pause_months_max; revocation"),
    ("arbitration.R1", "仲裁法（2025年修订）", "arbitration_commission",
     "province city?arbitration.penalty.city_decides",
     "order; warning; fine ..arbitration.penalty.fine_max; replacement @serious; "
     "revocation @serious =deregistered !province"),
    ("arbitration.E38", "第三十八条", "arbitrator", INSTITUTION, "revocation =removed"),
    ("arbitration.E1", "职业道德委员会", "arbitrator", INSTITUTION,
     "warning; suspension 1..arbitration.discipline.pause_months_max =suspended; "
     "revocation @serious =removed"),
)  # fmt: skip


def _measure(measure: Measure) -> str:
    """A measure as the table above writes it."""
    words = [measure.sanction.value]
    if measure.times is not None:
        words.append(f"x{measure.times[0]}..{measure.times[1]}")
    if measure.least is not None or measure.most is not None:
        words.append(f"{measure.least or ''}..{measure.most or ''}")
    if measure.gravities != tuple(Gravity):
        words.append(f"@{measure.gravities[0]}")
    if measure.state:
        words.append(f"={measure.state}")
    words += [f"!{item.organ}" for item in measure.deciders]
    return " ".join(words)


@pytest.mark.parametrize(("key", "article", "subjects", "deciders", "measures"), ARTICLES)
def test_an_article(key: str, article: str, subjects: str, deciders: str, measures: str) -> None:
    entry: PenaltyKind = CATALOG.penalties[key]
    assert article in entry.article
    assert " ".join(kind.split(".")[1] for kind in entry.subjects) == subjects
    told = [f"{item.organ}?{item.switch}" if item.switch else item.organ.value for item in entry.deciders]
    assert " ".join(told) == deciders
    assert "; ".join(_measure(item) for item in entry.measures) == measures


def test_no_article_is_without_its_line() -> None:
    assert {line[0] for line in ARTICLES} == set(CATALOG.penalties)


def test_what_was_only_recalled_says_so() -> None:
    recalled = {key for key, item in CATALOG.penalties.items() if item.confidence is Confidence.RECALLED}
    assert recalled == {
        "lawyers.D1", "lawyers.D2", "notary.D1", "appraisal.D1", "arbitration.R1", "arbitration.E1",
    }  # fmt: skip
    assert {item.alone for item in CATALOG.penalties.values() if item.track is Track.DISCIPLINE} == {True}
