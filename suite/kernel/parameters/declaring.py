"""How a profession declares the numbers of its law, a line for each."""

from __future__ import annotations

from dataclasses import dataclass

from suite.contract.codes import Code
from suite.contract.parameters import Confidence, Parameter


@dataclass(frozen=True, kw_only=True)
class OwnParameters:
    """Makes parameters whose keys begin with the plugin's name.

    Example: `number = OwnParameters(owner="notary")`, then
    `number("office.notaries_min", "公证机构公证员下限", 2, "名", "公证法第八条", True)`.
    """

    owner: str

    def __call__(
        self,
        key: str,
        title: str,
        value: int | str | bool,
        unit: str,
        source: str,
        sure: bool,
        note: str = "",
        *,
        pattern: bool = False,
        choices: tuple[Code, ...] = (),
        several: bool = False,
    ) -> Parameter:
        """One parameter; `sure` says whether the text of the rule was seen."""
        return Parameter(
            key=f"{self.owner}.{key}",
            title=title,
            value=value,
            unit=unit,
            source=source,
            confidence=Confidence.VERIFIED if sure else Confidence.RECALLED,
            help=note,
            pattern=pattern,
            choices=choices,
            several=several,
        )
