"""Every declared limit: unit, article, certainty; and what the domain counts in working days."""

from __future__ import annotations

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.licensing_steps import IN_TIME
from suite.contract.parameters import Confidence, Parameter
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


#: What settles a matter without anybody's doing: the article that says so, and what then holds.
LICENCE, TIME_BAR = "行政许可法", "行政处罚法（2021年修订）第三十六条"
ACCEPTED, BARRED = "视为受理", "不再给予处罚"
SETTLED = {
    "core.licensing.supplement": (f"{LICENCE}（2019年修正）第三十二条", ACCEPTED, True),
    "lawyers.firm.supplement": ("律师事务所管理办法（2018年修正）第二十条", ACCEPTED, True),
    "lawyers.lawyer.supplement": ("律师执业管理办法（司法部令第134号）第十三条", ACCEPTED, True),
    "notary.application.supplement": (f"{LICENCE}第三十二条", ACCEPTED, True),
    "appraisal.register.supplement": (f"{LICENCE}第三十二条", ACCEPTED, True),
    # That registering a commission is a licence stands in lists of powers; the province's own was not read.
    "arbitration.register.supplement": (
        f"{LICENCE}（2019年修正）第三十二条；仲裁机构登记按行政许可办理，以省厅权责清单为准", ACCEPTED, False,
    ),
    "core.penalty.time_bar": (TIME_BAR, BARRED, True),
    "core.penalty.grave_time_bar": (TIME_BAR, BARRED, True),
}  # fmt: skip


def test_only_what_a_read_article_settles_is_settled(suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    with suite.reading() as session:
        lines = {line.key: line for line in limit_lines(session, suite.catalog, TODAY)}
    settled = {key: line for key, line in lines.items() if line.decides}
    assert {
        key: (line.article, line.lapse, line.confidence is Confidence.VERIFIED)
        for key, line in settled.items()
    } == SETTLED
    # 视为 is said by the law alone: who loses a right by letting days pass, or whose matter is accepted.
    assert {key for key, line in lines.items() if line.lapse == ACCEPTED} <= set(SETTLED)


def test_silence_accepts_licences_and_never_filings(suite_on_sqlite: Suite) -> None:
    catalog = suite_on_sqlite.catalog
    told = {"DeemAccepted": 0, "FileChange": 0}
    for lifecycle in catalog.lifecycles.values():
        steps = {step.command: step for step in lifecycle.transitions}
        limits = {clock.limit for step in lifecycle.transitions for clock in step.clocks}
        deemed = {key for key in limits if catalog.limits[key].lapse == ACCEPTED}
        # Whom the suite sends to "视为受理" must find it there.
        guarded = any(IN_TIME in step.guards for step in lifecycle.transitions)
        assert ("DeemAccepted" in steps) == guarded == bool(deemed), lifecycle.key
        for command in told.keys() & steps.keys():
            told[command] += 1
    assert min(told.values()) >= 3


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
