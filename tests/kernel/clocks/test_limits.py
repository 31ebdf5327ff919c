"""Every declared limit: unit, article, certainty; and what the domain counts in working days."""

from __future__ import annotations

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.declarations import Confidence, Parameter
from suite.contract.time_limits import TimeLimit, Unit
from suite.kernel.clocks.declaring import OwnLimits
from suite.kernel.clocks.limits import limit_lines
from suite.kernel.parameters.commands import SetParameter
from suite.loader.limit_checks import limit_faults
from suite.testing.fixtures import TODAY

#: Limits that the law counts in days, months or years: a working-day count here would be a wrong date.
NOT_IN_WORKING_DAYS = {
    "appraisal.complaint.handle": Unit.CALENDAR,
    "notary.complaint.handle": Unit.CALENDAR,
    "lawyers.complaint.handle": Unit.CALENDAR,
    "arbitration.complaint.handle": Unit.CALENDAR,
    "core.penalty.decide": Unit.CALENDAR,
    "core.penalty.pay": Unit.CALENDAR,
    "core.reconsideration.apply": Unit.CALENDAR,
    "core.litigation": Unit.MONTH,
    "core.penalty.time_bar": Unit.YEAR,
    "lawyers.firm.prepare": Unit.CALENDAR,
    "lawyers.firm.filing": Unit.CALENDAR,
    "lawyers.lawyer.no_firm": Unit.MONTH,
    "arbitration.setaside.apply": Unit.MONTH,
    "arbitration.change.file": Unit.CALENDAR,
}
#: 行政处罚法第八十五条: 2, 3, 5 and 7 days are working days; 行政许可法第八十二条: those of the authority.
IN_WORKING_DAYS = {
    "core.penalty.hearing_ask": 5,
    "core.penalty.hearing_notice": 7,
    "core.penalty.serve": 7,
    "core.penalty.withdraw": 3,
    "core.licensing.supplement": 5,
    "core.licensing.decide": 20,
    "core.licensing.deliver": 10,
    "core.publicity": 7,
    "appraisal.complaint.accept": 7,
    "appraisal.complaint.reply": 7,
    "notary.certificate.issue": 15,
    "lawyers.complaint.accept": 10,
}


def test_each_limit_shows_unit_article_and_certainty(suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    with suite.reading() as session:
        lines = {line.key: line for line in limit_lines(session, suite.catalog, TODAY)}
    assert {line.owner for line in lines.values()} == {
        "core", "lawyers", "notary", "appraisal", "arbitration", "popularization"
    }  # fmt: skip
    for key, line in lines.items():
        assert line.n >= 1, key
        assert line.unit in tuple(Unit), key
        assert line.article, key
        assert line.confidence in tuple(Confidence), key
        assert all((line.start, line.who, line.lapse)), key
        assert line.extension is None or line.extension_approver, key
        parameter = suite.catalog.parameters[suite.catalog.limits[key].n]
        # A parameter's key says what it counts; so must the limit that reads it.
        assert parameter.key.endswith(("_wd", ".wd")) == (line.unit == Unit.WORKING), key
    assert {key: lines[key].unit for key in NOT_IN_WORKING_DAYS} == NOT_IN_WORKING_DAYS
    assert {key: (lines[key].n, lines[key].unit) for key in IN_WORKING_DAYS} == {
        key: (n, Unit.WORKING) for key, n in IN_WORKING_DAYS.items()
    }
    complaint = lines["appraisal.complaint.handle"]
    assert (complaint.n, complaint.extension, complaint.roll) == (60, 30, True)
    assert lines["core.penalty.hearing_notice"].before


def test_what_the_law_deems_accepted_settles_the_matter(suite_on_sqlite: Suite) -> None:
    deemed = [item for item in suite_on_sqlite.catalog.limits.values() if item.lapse == "视为受理"]
    assert deemed
    assert [item.key for item in deemed if not item.decides] == []


def test_a_length_that_the_bureau_sets_is_the_limits(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    key = "appraisal.complaint.accept_wd"
    suite.run(SetParameter(key=key, value="5", valid_from=TODAY, source="冀司〔2026〕1号"), admin)
    with suite.reading() as session:
        lines = {line.key: line for line in limit_lines(session, suite.catalog, TODAY)}
    line = lines["appraisal.complaint.accept"]
    assert (line.n, line.article, line.confidence) == (5, "冀司〔2026〕1号", Confidence.VERIFIED)


def a_number(value: int | str, unit: str) -> Parameter:
    return Parameter(
        key="x.n", title="期限", value=value, unit=unit, source="某法", confidence=Confidence.RECALLED
    )


def test_a_limit_takes_unit_and_article_from_its_parameter() -> None:
    limit = OwnLimits(owner="x", parameters=(a_number(3, "个月"),))(
        "k", "期限", "n", "收到之日", "机关", "督办"
    )
    assert (limit.unit, limit.article, limit.roll) == (Unit.MONTH, "某法", True)
    with pytest.raises(KeyError):
        OwnLimits(owner="x", parameters=(a_number(3, "名"),))("k", "期限", "n", "收到之日", "机关", "")


@pytest.mark.parametrize(
    ("parameter", "lapse", "words"),
    [
        (None, "督办", "没有参数"),
        (a_number(3, "日"), "督办", "不一致"),
        (a_number("3", "个工作日"), "督办", "整数"),
        (a_number(3, "个工作日"), " ", "没有写明"),
    ],
)
def test_a_faulty_limit_is_told(parameter: Parameter | None, lapse: str, words: str) -> None:
    limit = TimeLimit(
        key="x.k",
        title="期限",
        n="x.n",
        unit=Unit.WORKING,
        article="某法",
        start="收到之日",
        who="机关",
        lapse=lapse,
    )
    (fault,) = limit_faults(limit, {"x.n": parameter} if parameter else {})
    assert words in fault
