"""Recording figures: all that does not fit is refused at once; values are replaced, taken away, traced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.database.migrate import CORE_OWNER, differences
from suite.kernel.indicators.commands import RecordFigure
from suite.tables import AuditEntry, FigureValue

ASKED = RecordFigure(
    series="core.population",
    period="2025",
    value=Decimal("101.5"),
    source="2025年统计公报",
    district_code="130102",
)


def stored(suite: Suite) -> list[tuple[str, str | None, Decimal]]:
    with suite.reading() as session:
        rows = session.scalars(select(FigureValue).order_by(FigureValue.id)).all()
        return [(row.period, row.district_code, row.value) for row in rows]


def test_a_value_is_kept_replaced_and_taken_away_with_its_trace(suite_: Suite, admin: Actor) -> None:
    suite_.run(ASKED, admin)
    suite_.run(replace(ASKED, district_code=None, value=Decimal("1123.5086")), admin)
    suite_.run(replace(ASKED, value=Decimal("102.0001"), source="更正"), admin)
    assert stored(suite_) == [
        ("2025", "130102", Decimal("102.0001")),
        ("2025", None, Decimal("1123.5086")),
    ]
    suite_.run(replace(ASKED, value=None), admin)
    assert [district for _, district, _ in stored(suite_)] == [None]
    with pytest.raises(Refused) as refused:
        suite_.run(replace(ASKED, value=None), admin)
    assert refused.value.codes == {"figure.unknown"}
    with suite_.reading() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.table_name == "core_figure").order_by(AuditEntry.id)
        ).all()
    assert [entry.action for entry in entries] == ["I", "I", "U", "D"]
    assert entries[0].district_code == "130102"
    assert entries[0].profession == "core"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"series": "core.nothing"}, {"figure.series"}),
        ({"period": "2025-13"}, {"figure.period"}),
        ({"district_code": "999999"}, {"district.unknown"}),
        ({"value": Decimal("-1")}, {"figure.value"}),
        ({"value": Decimal("NaN")}, {"figure.value"}),
        ({"value": Decimal("1.00001")}, {"figure.value"}),
        ({"value": Decimal("11235086")}, {"figure.value"}),  # persons where 万人 are meant
        ({"source": " "}, {"required"}),
        ({"source": "长" * 301, "note": "长" * 501}, {"text.long"}),
        ({"series": "arbitration.closed", "value": Decimal(3)}, {"figure.city_only"}),
        (
            {"series": "x", "period": "x", "district_code": "x", "value": Decimal("1e400"), "source": ""},
            {"figure.series", "figure.period", "district.unknown", "figure.value", "required"},
        ),
    ],
)
def test_what_does_not_fit_is_refused_at_once(
    suite_on_sqlite: Suite, admin: Actor, changes: dict[str, object], codes: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        suite_on_sqlite.run(replace(ASKED, **changes), admin)  # type: ignore[arg-type]  # of the parameters
    assert refused.value.codes == codes
    assert stored(suite_on_sqlite) == []


def test_figures_are_recorded_within_the_scope(suite_on_sqlite: Suite) -> None:
    scope = Scope(districts=frozenset({"130102"}))
    county = Actor(login="c", name="c", granted=(Granted(permission="core:figure:edit", scope=scope),))
    suite_on_sqlite.run(ASKED, county)
    for district in ("130104", None):
        with pytest.raises(Refused) as refused:
            suite_on_sqlite.run(replace(ASKED, district_code=district), county)
        assert refused.value.codes == {"out_of_scope"}
    with pytest.raises(Refused) as refused:
        suite_on_sqlite.run(ASKED, Actor(login="n", name="n"))
    assert refused.value.codes == {"not_permitted"}


def test_the_migration_makes_the_declared_table(suite_: Suite) -> None:
    assert differences(suite_.engine, CORE_OWNER) == []
