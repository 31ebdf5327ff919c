"""Penalties and sanctions of the trade: declarations only."""

from plugins.appraisal.penalties.catalogue import CATALOGUE
from plugins.appraisal.penalties.tables import Discipline, Penalty
from suite.api import DisciplineCases, PenaltyCases

PENALTIES = PenaltyCases(
    owner="appraisal",
    title="司法鉴定行政处罚",
    organ="石司鉴罚立",
    columns=Penalty,
    catalogue=CATALOGUE,
    individuals=("appraisal.appraiser",),
)
DISCIPLINE = DisciplineCases(
    owner="appraisal",
    title="司法鉴定行业处分",
    organ="石鉴协处立",
    rules="司法鉴定行业惩戒规则",
    columns=Discipline,
    catalogue=CATALOGUE,
    individuals=("appraisal.appraiser",),
)

DECLARATIONS = (*CATALOGUE, *PENALTIES.declarations(), *DISCIPLINE.declarations())
