"""`suite indicators`: the shape that scripts rely on, its options, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import Call
from sqlalchemy import select

from plugins.arbitration.reviews.panel import RULINGS
from suite.kernel.indicators.commands import RecordFigure
from suite.tables import District
from suite.testing.fixtures import opened


def of(document: dict, no: int | str) -> dict:  # type: ignore[type-arg]  # JSON
    return next(item for item in document["indicators"] if item["no"] == no)


@pytest.fixture
def three(call: Call, roster: Callable[..., Path]) -> Call:
    """Three lawyers, one of them in another state of 2019, and a population of 0.4 in each district."""
    assert call("import", "lawyers.lawyer", roster({}, {}, {})).code == 0
    return call


@pytest.fixture
def populate(sqlite_database: Path) -> Callable[[str], None]:
    """Records the same population of 2025 in every district."""

    def record(value: str) -> None:
        with opened(str(sqlite_database), sqlite_database.parent) as suite:
            with suite.reading() as session:
                districts = list(session.scalars(select(District.code)))
            for code in districts:
                figure = RecordFigure(
                    series="core.population",
                    period="2025",
                    district_code=code,
                    value=Decimal(value),
                    source="公报",
                )
                suite.run(figure, suite.actor())

    return record


def test_the_document_is_as_it_is_promised(three: Call, populate: Callable[[str], None]) -> None:
    document = three("indicators", "--json", "--today", "2026-11-23").json
    assert (document["as_of"], document["district"], document["set"]) == (
        "2026-11-23",
        None,
        "plan-2021-2025",
    )
    unknown = of(document, 11)
    assert (unknown["value"], unknown["state"], unknown["denominator"]) == (None, "no_data", None)
    populate("0.0007")
    number = of(three("indicators", "--json", "--today", "2026-11-23").json, 11)
    assert number["key"] == "lawyers.per_10k"
    assert number["title"] == "每万人拥有律师数"
    assert number["value"] == 3 / 0.0168
    assert (number["numerator"], number["denominator"]) == (3, 0.0168)
    assert (number["state"], number["unit"], number["target"], number["direction"]) == (
        "met", "人/万人", 7.5, "up",
    )  # fmt: skip
    assert (number["level"], number["nature"], number["owner"]) == ("市级", "预期性", "lawyers")
    assert number["definition"] == 1
    assert number["switches"]["lawyers.indicator.public_counts"] is True
    assert {"district": "130104", "value": 0, "numerator": 0, "denominator": 0.0007} in number["by_district"]
    assert sum(item["numerator"] for item in number["by_district"]) == 3


def test_a_past_day_a_district_and_chosen_numbers(three: Call, populate: Callable[[str], None]) -> None:
    populate("0.4")
    answer = three("indicators", "--no", "11", "--no", "T1", "--district", "130102", "--json")
    assert [item["no"] for item in answer.json["indicators"]] == [11, "T1"]
    assert of(answer.json, 11)["value"] == 7.5
    assert of(answer.json, 11)["state"] == "met"
    assert [item["district"] for item in of(answer.json, 11)["by_district"]] == ["130102"]
    past = three("indicators", "--as-of", "2024-12-31", "--no", "11", "--json").json
    assert past["as_of"] == "2024-12-31"
    assert of(past, 11)["state"] == "no_data"


def test_members_are_named_on_both_sides(three: Call, populate: Callable[[str], None]) -> None:
    populate("0.4")
    number = of(three("indicators", "--no", "11", "--members", "--json").json, 11)
    above, below = number["members"]["numerator"], number["members"]["denominator"]
    assert len({line["id"] for line in above}) == 3
    assert all(line["name"] and line["district"] == "130102" for line in above)
    assert len(below) == 24
    assert {line["period"] for line in below} == {"2025"}
    assert "denominator" not in of(three("indicators", "--no", "T1", "--json").json, "T1").get("members", {})
    words = three("indicators", "--no", "11", "--members").out
    assert "执业律师 3 人 ÷ 常住人口 9.60 万人" in words


def test_an_indicator_without_a_number_is_asked_for_by_its_key(three: Call) -> None:
    key = "notary.offices_with_enough"
    [found] = three("indicators", "--no", key, "--json").json["indicators"]
    assert (found["key"], found["no"]) == (key, None)
    both = three("indicators", "--no", key, "--no", "11", "--json").json["indicators"]
    assert {(item["key"], item["no"]) for item in both} >= {(key, None)}
    assert len(both) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--district", "999999"), "district.unknown"), (("--no", "99"), "indicator.unknown")],
)
def test_what_is_not_there_is_refused(call: Call, arguments: tuple[str, ...], code: str) -> None:
    answer = call("indicators", *arguments, "--json")
    assert answer.code == 2
    assert [item["code"] for item in answer.json["refused"]] == [code]


def test_who_may_not_read_the_roster_is_refused_its_number(three: Call) -> None:
    assert three("user", "add", "pufa", "段海燕").code == 0
    granted = three("user", "grant", "pufa", "core.section_staff", "--profession", "popularization")
    assert granted.code == 0, granted.err
    mine = three("indicators", "--as", "pufa", "--json").json
    assert {item["owner"] for item in mine["indicators"]} == {"core", "popularization"}
    answer = three("indicators", "--as", "pufa", "--no", "11", "--json")
    assert answer.code == 2
    assert answer.json["refused"][0]["code"] == "not_permitted"


def test_rows_that_count_otherwise_than_one_say_how_much(call: Call) -> None:
    common = {"day": "2026-05-06", "court": "石家庄市中级人民法院", "state": "effective"}
    rows = [
        {"values": common | {"title": f"石仲裁字〔2026〕{number}号", "ruling": ruling}}
        for number, ruling in enumerate(("set_aside", "partly_set_aside"), 1)
    ]
    today = ("--today", "2026-11-23")
    ruled = f"rows={json.dumps(rows, ensure_ascii=False)}"
    half = ("key=arbitration.rate.partial_weight", "value=0.5", "valid_from=2026-01-01", "source=局务会")
    saved = call("run", "SaveLedgerEntries", "--set", f"ledger={RULINGS}", "--set", ruled, *today)
    assert saved.code == 0, saved.err
    assert call("run", "SetParameter", *(w for one in half for w in ("--set", one)), *today).code == 0
    told = call("indicators", "--no", "26", "--members", *today).out
    assert "1.50 件" in told
    assert [line.split(" ", 3)[3] for line in told.splitlines() if line.startswith("  #")] == [
        "石仲裁字〔2026〕1号",
        "石仲裁字〔2026〕2号　计数 0.50",
    ]


def test_who_is_bound_to_a_district_is_told_of_which_the_numbers_are(three: Call) -> None:
    grant = ("--profession", "lawyers", "--district", "130102")
    assert three("user", "add", "county", "区局").code == 0
    assert three("user", "grant", "county", "core.section_staff", *grant).code == 0
    document = three("indicators", "--json", "--as", "county").json
    assert (document["district"], document["districts"]) == (None, ["130102"])
    assert {item["pace"] for item in document["indicators"]} == {None}
    assert three("indicators", "--json", "--as", "admin").json["districts"] is None
    other = three("indicators", "--json", "--as", "county", "--district", "130104")
    assert (other.code, other.json["refused"][0]["code"]) == (2, "not_permitted")
