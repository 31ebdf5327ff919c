"""What takes two persons by the word of the house, which may leave it to one by a parameter.

Looking at many secrets and exporting many rows always take two; a penalty takes the signatures of its chain.
"""

from suite.contract.commands import TwoPersons
from suite.contract.parameters import Confidence, Parameter

MERGING = TwoPersons(switch="core.two_persons_merging")
DELETION = TwoPersons(switch="core.two_persons_deletion")


def _switch(rule: TwoPersons, title: str) -> Parameter:
    return Parameter(
        key=rule.switch, title=title, value=True, source="本局信息安全要求", confidence=Confidence.RECALLED
    )


PARAMETERS = (
    _switch(MERGING, "合并、拆分档案须由另一人复核"),
    _switch(DELETION, "作废历史记录、划去台账记录须由另一人复核"),
)
