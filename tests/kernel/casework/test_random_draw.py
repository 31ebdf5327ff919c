"""The random draw: recusals hold, selection is uniform, what cannot be drawn is refused, records replay."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from suite.contract.problems import Refused
from suite.kernel.casework.draw_record import DrawRecord, from_json, printed, replay, to_json
from suite.kernel.casework.random_draw import (
    ALGORITHM,
    DrawRule,
    Infeasible,
    Pick,
    PoolInspector,
    PoolSubject,
    Risk,
    Stratum,
    draw,
    faults_of,
    groups_of,
    risk_of,
)

DISTRICTS = ("130102", "130104", "130105")
RISKS = tuple(Risk)


def _subjects(count: int) -> tuple[PoolSubject, ...]:
    return tuple(
        PoolSubject(id=n, name=f"第{n}机构", district=DISTRICTS[n % 3], risk=RISKS[n % 7 % 3])
        for n in range(1, count + 1)
    )


def _inspectors(count: int, recused: dict[int, dict[int, str]] | None = None) -> tuple[PoolInspector, ...]:
    return tuple(
        PoolInspector(
            login=f"i{n}", name=f"检查员{n}", unit="科室", workload=0, recused=(recused or {}).get(n, {})
        )
        for n in range(count)
    )


RULE = DrawRule(rate=Decimal(5))


def test_a_draw_by_hand_stays_what_it_is() -> None:
    """The very names of one draw: another platform, another year, the same."""
    assert draw(RULE, "20261215", _subjects(40), _inspectors(4)) == (
        Pick(place=1, subject=1, inspectors=("i3", "i0")),
        Pick(place=2, subject=23, inspectors=("i1", "i2")),
    )


def test_recusal_is_never_broken(long: bool) -> None:
    """10,000 random draws in the long form."""
    chance = random.Random(13)
    made = refused = 0
    for number in range(10_000 if long else 250):
        subjects = _subjects(chance.randint(1, 40))
        people = chance.randint(1, 7)
        recused = {
            n: {s.id: "近亲属" for s in subjects if chance.random() < 0.2}
            for n in range(people)
            if chance.random() < 0.6
        }
        inspectors = tuple(
            replace(item, workload=chance.randint(0, 3)) for item in _inspectors(people, recused)
        )
        rule = DrawRule(
            rate=Decimal(chance.choice(("1", "5", "12.5", "50", "100"))),
            by_district=chance.random() < 0.5,
            per_subject=chance.randint(1, 3),
            strata=(Stratum(rate=Decimal(30), risk=Risk.KEY),) if chance.random() < 0.5 else (),
        )
        short = [s.id for s in subjects if sum(s.id not in i.recused for i in inspectors) < rule.per_subject]
        if short:
            with pytest.raises(Infeasible) as told:
                draw(rule, str(number), subjects, inspectors)
            assert {fault.code for fault in told.value.faults} == {"draw.inspectors"}
            refused += 1
            continue
        picks = draw(rule, str(number), subjects, inspectors)
        made += 1
        by_login = {item.login: item for item in inspectors}
        assert len({pick.subject for pick in picks}) == len(picks)
        assert len(picks) == sum(group.wanted for group in groups_of(rule, subjects))
        for pick in picks:
            assert len(set(pick.inspectors)) == rule.per_subject
            assert all(pick.subject not in by_login[login].recused for login in pick.inspectors)
        # The order in which the pools are given makes no difference.
        assert picks == draw(rule, str(number), subjects[::-1], inspectors[::-1])
    assert made > refused / 10
    assert refused


def test_selection_is_uniform(long: bool) -> None:
    """χ² over many published seeds: each of 20 subjects and 6 inspectors comes about equally often.

    The bounds are the 99.9 % points of χ² with 19 and 5 degrees of freedom; the seeds are fixed.
    """
    subjects, inspectors = _subjects(20), _inspectors(6)
    rule, rounds = DrawRule(rate=Decimal(10), per_subject=2), 10_000 if long else 600
    drawn: Counter[int] = Counter()
    sent: Counter[str] = Counter()
    for number in range(rounds):
        for pick in draw(rule, f"seed-{number}", subjects, inspectors):
            drawn[pick.subject] += 1
            sent.update(pick.inspectors)
    assert _chi_square(drawn, 20) < 43.82
    assert _chi_square(sent, 6) < 20.52


def _chi_square(counts: Counter[int] | Counter[str], kinds: int) -> float:
    expected = counts.total() / kinds
    return sum((n - expected) ** 2 / expected for n in counts.values()) + (kinds - len(counts)) * expected


def test_strata_and_districts_have_rates_of_their_own() -> None:
    subjects = tuple(
        PoolSubject(id=n, name=str(n), district=DISTRICTS[n % 2], risk=Risk.KEY if n <= 10 else Risk.ORDINARY)
        for n in range(1, 51)
    )
    rule = DrawRule(rate=Decimal(5), strata=(Stratum(rate=Decimal(50), risk=Risk.KEY),), by_district=True)
    told = [(g.risk, g.district, len(g.members), g.wanted) for g in groups_of(rule, subjects)]
    assert told == [
        (Risk.KEY, "130102", 5, 3),
        (Risk.KEY, "130104", 5, 3),
        (None, "130102", 20, 1),
        (None, "130104", 20, 1),
    ]
    assert [risk_of(n) for n in (0, 1, 2, 9)] == [Risk.ORDINARY, Risk.WATCHED, Risk.KEY, Risk.KEY]


@pytest.mark.parametrize(
    ("rule", "subjects", "inspectors", "code"),
    [
        (RULE, (), _inspectors(2), "draw.empty"),
        (DrawRule(rate=Decimal(0)), _subjects(3), _inspectors(2), "draw.empty"),
        (DrawRule(rate=Decimal(101)), _subjects(3), _inspectors(2), "draw.rate"),
        (DrawRule(rate=Decimal(5), per_subject=0), _subjects(3), _inspectors(2), "draw.per_subject"),
        (RULE, _subjects(3), _inspectors(1), "draw.inspectors"),
        (RULE, _subjects(3), _inspectors(2, {0: {3: "近亲属"}}), "draw.inspectors"),
        (RULE, (*_subjects(3), *_subjects(1)), _inspectors(2), "draw.twice"),
    ],
)
def test_what_cannot_be_drawn_is_refused_before_a_seed_is_known(
    rule: DrawRule,
    subjects: tuple[PoolSubject, ...],
    inspectors: tuple[PoolInspector, ...],
    code: str,
) -> None:
    assert {fault.code for fault in faults_of(rule, subjects, inspectors)} == {code}


def test_those_with_less_work_come_first() -> None:
    busy = tuple(replace(item, workload=9 if item.login == "i0" else 0) for item in _inspectors(3))
    for pick in draw(DrawRule(rate=Decimal(20)), "7", _subjects(20), busy):
        assert "i0" not in pick.inspectors


def _record() -> DrawRecord:
    subjects, inspectors = _subjects(40), _inspectors(4, {1: {3: "近亲属在该机构任职"}})
    return DrawRecord(
        head={"检查计划": "2026 年下半年", "抽取日期": "2026-12-15"},
        algorithm=ALGORITHM,
        seed="20261215",
        seed_source="当日公开的开奖号码",
        rule=RULE,
        subjects=subjects,
        inspectors=inspectors,
        picks=draw(RULE, "20261215", subjects, inspectors),
    )


def test_a_record_replays_from_its_own_text() -> None:
    record = _record()
    again = from_json(to_json(record))
    assert again == record
    assert replay(again).agrees
    page = "\n".join(printed(record, {}))
    assert record.digest in page
    assert "近亲属在该机构任职" in page
    assert all(item.name in page for item in (*record.subjects, *record.inspectors))


def test_a_record_that_was_changed_is_told() -> None:
    whole = json.loads(to_json(_record()))
    whole["picks"][0]["subject"] = 40 if whole["picks"][0]["subject"] != 40 else 39
    for changed, code in (
        (json.dumps(whole), "draw.changed"),
        ("{}", "draw.format"),
        ("三", "draw.format"),
        ("[]", "draw.format"),
        (json.dumps({"format": "other"}), "draw.format"),
    ):
        with pytest.raises(Refused) as told:
            from_json(changed)
        assert told.value.codes == {code}
    forged = replace(_record(), seed="20261216")
    assert not replay(forged).agrees
    with pytest.raises(Refused) as told:
        replay(replace(_record(), algorithm="dice/1"))
    assert told.value.codes == {"draw.algorithm"}
