"""How a profession declares the limits of its law, from the parameters that hold their lengths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suite.contract.parameters import Parameter
from suite.contract.time_limits import Extension, TimeLimit, Unit

UNITS = {unit.words: unit for unit in Unit}


@dataclass(frozen=True, kw_only=True)
class OwnLimits:
    """Makes limits whose keys begin with the owner's name; unit and article are those of the parameter.

    Example: `limit = OwnLimits(owner="notary", parameters=PARAMETERS)`, then
    `limit("complaint.accept", "投诉受理审查", "complaint.accept_wd", "收到投诉之日", BUREAU, "列入督办")`.
    """

    owner: str
    parameters: Iterable[Parameter]

    def __call__(
        self,
        key: str,
        title: str,
        n: str,
        start: str,
        who: str,
        lapse: str,
        *,
        roll: bool | None = None,
        pauses: tuple[str, ...] = (),
        extension: tuple[str, str] | None = None,
        before: bool = False,
        decides: bool = False,
    ) -> TimeLimit:
        """One limit, see `TimeLimit`. `extension`: parameter and who approves.

        A limit in days, months or years rolls on to a working day unless said otherwise (民法典第二百零三条).
        Raises KeyError for a parameter that is not there or is in no unit of time: a mistake of whoever
        declares it.
        """
        known = {parameter.key: parameter for parameter in self.parameters}
        length = known[f"{self.owner}.{n}"]
        unit = UNITS[length.unit]
        return TimeLimit(
            key=f"{self.owner}.{key}",
            title=title,
            n=length.key,
            unit=unit,
            article=length.source,
            start=start,
            who=who,
            lapse=lapse,
            roll=not before and unit is not Unit.WORKING if roll is None else roll,
            pauses=pauses,
            extension=None
            if extension is None
            else Extension(n=known[f"{self.owner}.{extension[0]}"].key, approver=extension[1]),
            before=before,
            decides=decides,
        )
