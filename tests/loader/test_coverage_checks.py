"""A coverage that names what is not there is told with its cure."""

from dataclasses import replace

from plugins.lawyers.counsel.coverage import COVERAGES
from plugins.lawyers.counsel.kinds import KINDS, VILLAGE_COUNSEL
from plugins.lawyers.kinds import KINDS as ROSTERS
from suite.contract.indicators import Members
from suite.kernel.registry.declarations import TOWNSHIP, VILLAGE
from suite.loader.coverage_checks import coverage_faults

KNOWN = {kind.key: kind for kind in (*KINDS, *ROSTERS, TOWNSHIP, VILLAGE)}
NUMBERS = {"lawyers.counsel.expiring_days", "lawyers.counsel.max_villages"}


def test_ours_have_no_fault() -> None:
    assert [fault for one in COVERAGES for fault in coverage_faults(one, KNOWN, NUMBERS)] == []


def test_each_fault_names_its_place() -> None:
    good = COVERAGES[0]
    of = Members(kind="core.township", title="乡镇")
    for wrong, word in (
        (replace(good, by=Members(kind="lawyers.nobody", title="无")), "lawyers.nobody"),
        (replace(good, soon="lawyers.never"), "lawyers.never"),
        (replace(good, until="no_day"), "no_day"),
        (replace(good, group="no_place"), "no_place"),
        (replace(good, link="counsel_id"), "counsel_id"),
        (replace(good, served=of), "served"),
        (replace(good, sound=Members(kind=VILLAGE.key, title="村")), "sound"),
    ):
        faults = list(coverage_faults(wrong, KNOWN, NUMBERS))
        assert len(faults) == 1, faults
        assert word in faults[0]
    assert VILLAGE_COUNSEL.key in next(coverage_faults(replace(good, link="name"), KNOWN, NUMBERS))
