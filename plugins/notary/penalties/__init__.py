"""Penalties and sanctions of the trade: declarations only."""

from plugins.notary.penalties.catalogue import CATALOGUE
from plugins.notary.penalties.tables import Discipline, Penalty
from suite.api import DisciplineCases, PenaltyCases

PENALTIES = PenaltyCases(
    owner="notary",
    title="公证行政处罚",
    organ="石司公罚立",
    columns=Penalty,
    catalogue=CATALOGUE,
    individuals=("notary.notary",),
)
DISCIPLINE = DisciplineCases(
    owner="notary",
    title="公证行业惩戒",
    organ="石公协处立",
    rules="公证员惩戒规则（试行）",
    columns=Discipline,
    catalogue=CATALOGUE,
    individuals=("notary.notary",),
)

DECLARATIONS = (*CATALOGUE, *PENALTIES.declarations(), *DISCIPLINE.declarations())
