"""Penalties and sanctions of the trade: declarations only."""

from plugins.arbitration.penalties.catalogue import CATALOGUE
from plugins.arbitration.penalties.tables import Discipline, Penalty
from suite.api import DisciplineCases, PenaltyCases

PENALTIES = PenaltyCases(
    owner="arbitration",
    title="仲裁行政处罚",
    organ="石司仲罚立",
    columns=Penalty,
    catalogue=CATALOGUE,
    individuals=("arbitration.arbitrator",),
)
DISCIPLINE = DisciplineCases(
    owner="arbitration",
    title="仲裁员惩戒",
    organ="石仲德立",
    rules="仲裁机构职业道德委员会规则",
    columns=Discipline,
    catalogue=CATALOGUE,
    individuals=("arbitration.arbitrator",),
)

DECLARATIONS = (*CATALOGUE, *PENALTIES.declarations(), *DISCIPLINE.declarations())
