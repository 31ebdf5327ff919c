"""Search against brute force: no hit is missed and none is wrong, on both engines."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.database.engine import writing
from suite.kernel.search import queries
from suite.kernel.search.keys import TAIL, Searchable, folded, keys_of, name_keys, number_keys
from suite.kernel.search.pinyin import readings, sort_key, spellings
from suite.kernel.search.queries import find
from suite.kernel.search.scopes import scope_numbers
from suite.kernel.search.words import words_of
from suite.testing.factories import a_firm, a_lawyer, make, practice_no

SURNAMES = "王李张刘陈杨赵黄周吴单解曾欧阳"
GIVEN = "志远振华子昂思源天佑一鸣海波丽娜文静彦斌建国乐"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("王志远", ["王", "志远", "远", "wzy", "zy", "wangzhiyuan", "zhiyuan", "WZY", "王 远"]),
        ("单雄信", ["shanxiongxin", "danxiongxin", "sxx", "dxx"]),
        ("买买提·艾合买提", ["艾合", "买提", "mmt"]),
        ("单行乐", ["shanxingle", "danxingle", "shanhangle", "shanxingyue", "sxl", "shl", "sxy"]),
        ("河北澄一律师事务所", ["澄一", "cyls", "hbcy", "chengyi"]),
        ("河北长安律师事务所", ["hebeichangan", "hbca", "changanlvshi", "changan", "calssws", "长安"]),
        ("重庆行知律师事务所石家庄分所", ["chongqing", "cqxz", "xingzhi", "hangzhi", "shijiazhuang"]),
        ("石家庄银行大厦有限公司", ["yinhangdasha", "yhds", "dashayouxian", "daxia"]),
        ("河北乐亭长城律师事务所", ["laoting", "leting", "changcheng", "ltcc"]),
        ("石家庄市长安区行政调解中心", ["changanqu", "xingzheng", "tiaojie", "sjzscaq"]),
        ("河北长盛律师事务所", ["changsheng", "zhangsheng", "hbcs", "hbzs"]),
    ],
)
def test_a_name_is_found_by_each_of_these(name: str, words: list[str]) -> None:
    keys = name_keys(name)
    for text in words:
        for word in words_of(text):
            assert any(key.startswith(word) for key in keys), word


def test_a_name_is_not_found_by_a_reading_that_nobody_uses_today() -> None:
    """王 was read yu, 思 sai and 超 tiao; 晟 is read cheng and sheng to this day."""
    assert name_keys("王思超") == {"王思超", "思超", "超", "wangsichao", "sichao", "chao", "wsc", "sc"}
    assert {"licheng", "lisheng"} <= name_keys("李晟")


def test_a_number_is_found_by_head_and_by_tail_of_any_length() -> None:
    keys = number_keys("11301201210384721")
    assert any(key.startswith("113012") for key in keys)
    for length in range(4, 17):
        tail = TAIL + "11301201210384721"[-length:][::-1]
        assert any(key.startswith(tail) for key in keys)


@pytest.mark.parametrize(
    "ordered",
    [
        ["安若溪", "单雄信", "王志远", "曾国藩", "张三"],
        ["长安律师事务所", "重庆律师事务所", "河北银行", "河北中银律师事务所", "张北律师事务所"],
    ],
)
def test_names_sort_by_pinyin(ordered: list[str]) -> None:
    from_the_end = list(reversed(ordered))
    assert sorted(from_the_end, key=sort_key) == ordered


def test_the_keys_of_a_long_name_are_bounded() -> None:
    assert len(name_keys("长" * 40)) <= 600
    assert len(name_keys("河北省石家庄市长安区重行律师事务所长江大厦分所")) <= 160


def test_a_pasted_name_longer_than_a_key_finds() -> None:
    name = "河北" + "大" * 60 + "律师事务所"
    [word] = words_of(name)
    assert any(key.startswith(word) for key in name_keys(name))


@given(st.text(max_size=40))
@example("㶯¸")
@example("Y¯")
def test_no_name_is_too_odd_for_keys(name: str) -> None:
    for key in name_keys(name):
        assert key
        assert key == folded(key)
        assert len(key) <= 60
    assert len(sort_key(name)) <= 400
    assert spellings(folded(name))


@given(st.characters())
def test_every_character_has_a_reading(character: str) -> None:
    assert readings(character)


def test_about_eleven_keys_a_person() -> None:
    item = Searchable(
        subject_id=1,
        kind="k",
        profession="p",
        district_code=None,
        association=None,
        names=("王志远",),
        numbers=("11301201210384721",),
    )
    assert 9 <= len(keys_of(item)) <= 14


def test_search_agrees_with_brute_force(suite_: Suite, admin: Actor, long: bool) -> None:
    draw = random.Random(7)
    people = [
        (draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.randint(1, 2))), practice_no(n))
        for n in range(400)
    ]
    ids = make(
        suite_,
        admin,
        "lawyers.lawyer",
        *(a_lawyer(n, name=name, main_no=number) for n, (name, number) in enumerate(people)),
    )
    keys = {
        subject_id: name_keys(name) | number_keys(number)
        for subject_id, (name, number) in zip(ids, people, strict=True)
    }
    pool = [key for stored in keys.values() for key in stored if not key.startswith(TAIL)]

    def brute(text: str) -> set[int]:
        words = words_of(text)
        return {
            subject_id
            for subject_id, stored in keys.items()
            if all(
                any(key.startswith(word) for key in stored)
                or (
                    len(word) >= 4
                    and any(letter.isdigit() for letter in word)
                    and any(key.startswith(TAIL + word[::-1]) for key in stored)
                )
                for word in words
            )
        }

    with suite_.reading() as session:
        for _ in range(10_000 if long else 300):
            text = draw.choice(pool)[: draw.randint(1, 4)]
            if draw.random() < 0.2:
                text += " " + draw.choice(pool)[: draw.randint(1, 3)]
            elif draw.random() < 0.2:
                text = draw.choice(people)[1][-draw.randint(4, 8) :]
            found = find(session, admin, suite_.catalog, text, kinds=["lawyers.lawyer"], limit=1000)
            assert {hit.subject_id for hit in found} == brute(text), text


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", "\\", "#", "\U0010ffff", "王" * 500])
def test_odd_queries_find_nothing_and_harm_nothing(suite_: Suite, admin: Actor, text: str) -> None:
    with suite_.reading() as session:
        assert find(session, admin, suite_.catalog, text, kinds=["lawyers.lawyer"]) == []


def test_whole_names_are_shown_before_longer_ones(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, "lawyers.lawyer", *(a_lawyer(n, name="王志远") for n in range(60)))
    make(suite_, admin, "lawyers.lawyer", *(a_lawyer(n, name="王志") for n in range(60, 77)))
    with suite_.reading() as session:
        found = find(session, admin, suite_.catalog, "王志")
        again = find(session, admin, suite_.catalog, "王志")
        spelt = find(session, admin, suite_.catalog, "wangzhi", limit=20)
    assert [hit.name for hit in found] == ["王志"] * 17 + ["王志远"] * 33
    assert found == again
    assert [hit.name for hit in spelt] == ["王志"] * 17 + ["王志远"] * 3


def test_a_subject_with_many_keys_leaves_room_for_the_others(suite_: Suite, admin: Actor) -> None:
    make(
        suite_, admin, "lawyers.law_firm", *(a_firm(n, name="河北" + "子" * n + "所") for n in range(20, 40))
    )
    with suite_.reading() as session:
        found = find(session, admin, suite_.catalog, "子子子", limit=20)
    assert len({hit.subject_id for hit in found}) == 20


def _reader(*scopes: Scope) -> Actor:
    return Actor(
        login="reader",
        name="reader",
        granted=tuple(Granted(permission="lawyers:roster:read", scope=scope) for scope in scopes),
    )


LAWYERS = frozenset({"lawyers"})


@pytest.mark.parametrize(
    ("scopes", "names"),
    [
        ((Scope(professions=LAWYERS, districts=frozenset({"130104"})),), {"乙志远"}),
        ((Scope(professions=LAWYERS, districts=frozenset({"130104", "130105"})),), {"乙志远", "丙志远"}),
        (
            tuple(Scope(professions=LAWYERS, districts=frozenset({code})) for code in ("130102", "130105")),
            {"甲志远", "丙志远"},
        ),
        ((Scope(professions=LAWYERS),), {"甲志远", "乙志远", "丙志远"}),
        ((Scope(professions=frozenset({"notary"})),), set()),
        ((Scope(associations=frozenset({"石家庄市律师协会"})),), {"甲志远", "乙志远", "丙志远"}),
        ((Scope(associations=frozenset({"河北省公证协会"})),), set()),
        ((Scope(districts=frozenset({"130181"})),), set()),
        ((), set()),
    ],
)
@pytest.mark.parametrize("broad", [1, 1_000])
def test_a_scope_finds_its_own(
    suite_: Suite,
    admin: Actor,
    scopes: tuple[Scope, ...],
    names: set[str],
    broad: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Within the range of the word, and subject by subject where the word counts as broad."""
    monkeypatch.setattr(queries, "BROAD", broad)
    make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, name="甲志远", district_code="130102"),
        a_lawyer(2, name="乙志远", district_code="130104"),
        a_lawyer(3, name="丙志远", district_code="130105"),
    )
    reader = _reader(*scopes)
    with suite_.reading() as session:
        for text in ("志远", "zy", "z y", "113012012"):
            found = find(session, reader, suite_.catalog, text)
            assert {hit.name for hit in found} == names, text


def test_a_scope_has_one_number_however_often_it_is_asked_for(suite_: Suite) -> None:
    wanted = {("k.one", "k", None, None), ("k.one", "k", "130102", None), ("k.two", "k", None, "律师协会")}
    with writing(suite_.engine) as connection:
        first = scope_numbers(connection, wanted)
        again = scope_numbers(connection, wanted)
    assert {scoped: again[scoped] for scoped in wanted} == {scoped: first[scoped] for scoped in wanted}
    assert len({first[scoped] for scoped in wanted}) == 3


@pytest.mark.parametrize("name", ["王志远", "单行乐", "河北澄一律师事务所", "张A", "阿安"])
def test_the_last_initial_is_found_by_its_syllable(name: str) -> None:
    for spelling in spellings(name):
        assert any(key.startswith(spelling[-1][0]) for key in name_keys(name))
