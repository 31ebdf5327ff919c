"""Suggestions for unknown names in an import: the right ones, at a bounded cost."""

from __future__ import annotations

from suite.contract.declarations import Field
from suite.kernel.exchange.linking import COMPARED, MOST_UNKNOWN, Candidate, LinkIndex
from suite.kernel.search.keys import folded
from suite.tables import Subject

FIRM = Field(Subject.body_id, title="执业机构", links=("lawyers.law_firm",))
LETTERS = "志远振华子昂思源天佑一鸣海波丽娜文静彦斌建国乐平安若溪少红霞长青凤英栋明哲玉洁雪松博"


def _index(*names: str) -> LinkIndex:
    index = LinkIndex()
    for number, name in enumerate(names):
        index.by_name[folded(name)].append(
            Candidate(subject_id=number, name=name, district_code=None, parent=None)
        )
    return index


def _firms(number: int) -> list[str]:
    pairs = [first + second for first in LETTERS for second in LETTERS]
    return [f"河北{pairs[n % len(pairs)]}{LETTERS[n % 7]}律师事务所" for n in range(number)]


def _suggested(index: LinkIndex, text: str) -> tuple[str, ...]:
    found, problem = index.resolve(FIRM, text, district=None, parent=None)
    assert found is None
    assert problem is not None
    nearest: tuple[str, ...] = problem.data["nearest"]
    return nearest


def test_the_nearest_names_are_suggested() -> None:
    index = _index(*_firms(300), "河北澄一律师事务所", "北京大成（石家庄）律师事务所", "石家庄市长安公证处")
    assert _suggested(index, "河北橙一律师事务所")[0].startswith("河北")
    assert _suggested(index, "澄一律师事务所")[0] == "河北澄一律师事务所"
    assert _suggested(index, "河北澄一律师所")[0] == "河北澄一律师事务所"
    assert _suggested(index, "北京大成律师事务所")[0] == "北京大成（石家庄）律师事务所"
    assert _suggested(index, "长安公证处")[0] == "石家庄市长安公证处"
    assert _suggested(index, "完全无关") == ()


def test_a_thousand_unknown_names_cost_little_among_many_firms() -> None:
    index = _index(*_firms(2_700))
    for number in range(1_000):
        _suggested(index, f"河北{LETTERS[number % 40]}{number}律师事务所")
    assert 0 < index.comparisons <= MOST_UNKNOWN * COMPARED


def test_the_first_unknown_names_keep_their_suggestions() -> None:
    index = _index("河北澄一律师事务所")
    assert _suggested(index, "河北澄一律师所") == ("河北澄一律师事务所",)
    for number in range(MOST_UNKNOWN):
        _suggested(index, f"未知{number}")
    assert _suggested(index, "河北澄一律师所") == ("河北澄一律师事务所",)
    assert _suggested(index, "河北澄一事务所") == ()
