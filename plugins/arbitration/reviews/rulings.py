"""The two sides of indicator 26: by the register of rulings, or by figures that a court reports as sums."""

from plugins.arbitration.reviews.panel import RULINGS
from suite.api import Chosen, Code, Entries, Figure, OwnParameters, Weight

#: What a partial setting aside counts.
PARTIAL = "arbitration.rate.partial_weight"
PARTLY = Weight(PARTIAL, lambda entry: entry.column("ruling") == "partly_set_aside")
SOURCE = "arbitration.rate.source"
PARAMETER = OwnParameters(owner="arbitration")(
    "rate.source", "裁决被撤销、不予执行件数的来源", "ledger", "", "局内口径", False,
    "按“仲裁裁决司法审查”台账逐件计，或按录入的数字计；两者都有的，以这里选定的为准。",
    choices=(
        Code(value="ledger", title="仲裁裁决司法审查台账"), Code(value="figures", title="录入的数字"),
    ),
)  # fmt: skip


def side(title: str, series: str, *rulings: str) -> Chosen:
    """What courts ruled in the year, whichever source is chosen; a ruling that was overturned is none."""

    return Chosen(
        SOURCE,
        (
            (
                "ledger",
                Entries(
                    ledger=RULINGS,
                    title=title,
                    where=lambda entry: (
                        entry.column("ruling").in_(rulings) & (entry.column("state") != "overturned")
                    ),
                    unit="件",
                    weight=PARTLY if "partly_set_aside" in rulings else None,
                ),
            ),
            ("figures", Figure(series)),
        ),
    )
