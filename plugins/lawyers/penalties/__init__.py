"""Penalties and sanctions of the trade: declarations only."""

from plugins.lawyers.penalties.catalogue import CATALOGUE
from plugins.lawyers.penalties.tables import Discipline, Penalty
from suite.api import DisciplineCases, PenaltyCases

PENALTIES = PenaltyCases(
    owner="lawyers",
    title="律师行政处罚",
    organ="石司律罚立",
    columns=Penalty,
    catalogue=CATALOGUE,
    individuals=("lawyers.lawyer",),
    follow="请按行业规则办理：停止执业、停业整顿的同期中止会员权利，吊销的取消会员资格。",
)
DISCIPLINE = DisciplineCases(
    owner="lawyers",
    title="律师行业处分",
    organ="石律协处立",
    rules="律师协会会员违规行为处分规则",
    columns=Discipline,
    catalogue=CATALOGUE,
    individuals=("lawyers.lawyer",),
    limits={
        "file": "lawyers.discipline.file",
        "notice": "lawyers.discipline.notice",
        "review": "lawyers.discipline.review",
    },
)

DECLARATIONS = (*CATALOGUE, *PENALTIES.declarations(), *DISCIPLINE.declarations())
