"""Indicator 20: whom 公证人员 of the plan counts is a switch, for the number and for the share alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.snapshots import frozen_now
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.reports.pack_numbers import names_rows, rows_workbook
from suite.testing.factories import make

TODAY = dt.date(2026, 11, 23)
LEAST, SHARE = "notary.least_per_office", "notary.offices_with_enough"


def test_staff_count_where_the_switch_says_so(suite_: Suite, admin: Actor) -> None:
    early = dt.date(2020, 1, 1)
    (body,) = make(
        suite_,
        admin,
        "notary.notary_office",
        {
            "name": "河北省石家庄市第1公证处",
            "licence_no": "130101",
            "district_code": "130102",
            "category": "cooperative",
            "opened_on": dt.date(2010, 1, 1),
        },
        on=early,
    )
    person = {"body_id": body, "entered_on": dt.date(2012, 6, 1)}
    notary = {**person, "category": "exam", "appointed_on": dt.date(2012, 5, 1)}
    notaries = make(
        suite_, admin, "notary.notary", *({**notary, "name": name} for name in ("王一", "王二")), on=early
    )
    assistant = {**person, "category": "assistant"}
    others = make(suite_, admin, "notary.notary_assistant", {**assistant, "name": "李一"}, on=early)

    def values() -> tuple[IndicatorValue, IndicatorValue]:
        with suite_.reading() as session:
            board = indicator_board(session, admin, suite_.catalog, Question(as_of=TODAY))
        found = {value.indicator.key: value for value in board.values}
        return found[LEAST], found[SHARE]

    least, share = values()
    assert (least.whole.value, share.whole.value) == (2, 0)
    suite_.run(
        SetParameter(key="notary.indicator.all_staff", value="true", valid_from=early, source="局务会"), admin
    )
    least, share = values()
    assert (least.whole.value, least.whole.numerator, share.whole.value) == (3, 3, 100)
    with suite_.reading() as session:
        above, below = rows_behind(session, admin, suite_.catalog, Question(as_of=TODAY), LEAST)
    assert {line.id for line in above.members} == {*notaries, *others}
    assert below is not None
    assert [line.id for line in below.members] == [body]

    # The evidence of an inspection names them too, and to nobody who may not take names out.
    with suite_.reading() as session:
        value = frozen_now(session, admin, suite_.catalog, TODAY, today=TODAY).by_key[LEAST]
    packed = rows_workbook(value, {}, named=True)
    assert packed is not None
    content, rows = packed
    page = load_workbook(BytesIO(content))[f"{value.parts[0].title}公证人员"]
    told = {str(row[1].value) for row in page.iter_rows(min_row=5)}
    assert {"王一", "王二", "李一"} <= told
    assert rows == len(notaries) + len(others) + 1
    assert names_rows(value)
    assert names_rows(replace(value, parts=(replace(value.parts[0], below=None),))), "of several kinds"
    assert rows_workbook(value, {}, named=False) is None
