"""Readings of Chinese names without tones, with polyphones both ways.

Keys and orders are written by commands only; pypinyin is imported by the first of them, never by a window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from operator import getitem

#: Surnames whose reading differs from the common one of the character.
SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "曾": "zeng", "朴": "piao",
    "任": "ren", "华": "hua", "盖": "ge", "翟": "zhai", "乐": "yue", "员": "yun", "黑": "he",
    "尉": "wei", "缪": "miao", "种": "chong", "秘": "bi", "冼": "xian", "召": "shao", "覃": "qin",
}  # fmt: skip
#: Words of names and places with their readings, the one they are ordered by first. They go before
#: pypinyin's own phrases, and no character in them is varied further.
WORDS = {
    "长安": ("chang an",), "长城": ("chang cheng",), "长江": ("chang jiang",), "长治": ("chang zhi",),
    "长春": ("chang chun",), "长沙": ("chang sha",), "重庆": ("chong qing",), "重点": ("zhong dian",),
    "银行": ("yin hang",), "行业": ("hang ye",), "行政": ("xing zheng",), "行唐": ("xing tang",),
    "乐亭": ("lao ting", "le ting"), "大厦": ("da sha", "da xia"), "厦门": ("xia men",),
    "朝阳": ("chao yang", "zhao yang"), "调解": ("tiao jie",), "会计": ("kuai ji",), "校长": ("xiao zhang",),
    "会长": ("hui zhang",), "重大": ("zhong da",), "音乐": ("yin yue",), "都市": ("du shi",),
    "成都": ("cheng du",), "西藏": ("xi zang",), "六安": ("lu an",), "单位": ("dan wei",),
}  # fmt: skip
#: Characters that are read in two ways in names; rarer second readings would only multiply the keys.
POLYPHONES = frozenset("长重行乐厦朝藏传调都会降觉卡率模宁省盛石曾单尧柏堡参车乘大发给冠合和红华尽劲")
#: Characters whose second reading is none of today's: pypinyin's phrases have each ten times and more, in at
#: most one of a hundred with its second reading, and no surname has it. Who types yw for 杨伟 does not mean
#: 王 (yu) 伟.
SETTLED = frozenset(
    "丁万不且个串之也乾予事于亏些亡仅介从他令以仰件价任份伎休众伴位体余佚例侧俏信倍倚假儿兄兑兔六共其典内"
    "册冥冰冷净凿刀切划列刺刻前剖副助勤勿匀包化匡匪区半卑南占印卵卷厂受古召可台叶号司叹吃吞吟吧听吴吵吾呆"
    "告员味呵呼咀哈哺唇售喊喜喝嘘团园土圣地均坑块垂堆堤堪塌塔填增墨壑声夏夕太失夹奋奏契奔奥女奸妖姐姓宅完"
    "客害家容察封尚尺居屈屯峙巨己已市幅幕干平年幸幼广庄底式怀怕怜思怨悛惊愁感慎戎戏戚才扑扭扰扶找承技把投"
    "抗抱抵押担拆拌拍拔拖拘招拱拼拽挑捐捷掇掉排探接控措插握揣援搜搭摧撇撩支敌斗斜斯方施旁族无旰昂明映昧是"
    "暇暖月有服期末朱机杂杜杠枉析枕果枝枯柜柴栓格桃梢棋棍棱楷概榜槽横次款歹母毒比汗池汽沙沸治沾泄泛波泣泥"
    "注洁洋洒洞活洽派浅浩涂涉涌液淡淫淳渠温港渴游溺滑漂漆激濯灌灯炎炮烛烟焦熟爆片牢狂狠狼猫王甘由疑疙痕登"
    "白百皇盖盟眠眩眼睫矜砌研砥硬示祖离种租秤积移税穴穿窗立童筋筒簿精累约综缴缺羽而耐耗耳聘肆肉肥肩育肺胆"
    "胜胞胶脚脱腔膊至致舌舍舒芒苛若苦苫英草荒蓝蔽虑虫蚕蛾蜡衰袍被言许说谷貌赶趁超越趣足跌跑路跳身转辨达这"
    "迭追透逐逗逞造逢逮逾遁遇那邪部醋醒野阻附限除陶隔隶零需震霸青靡鞋餐魄鹿鼎齐"
)
LONGEST_WORD = 4
#: Readings of a short name: the commonest, each polyphone in its other way, then two of them at once.
MOST_READINGS = 6
#: Polyphones of a long name that are read in their other way, each by itself.
MOST_VARIED = 4
#: Names up to this length are persons' mostly.
SHORT = 4

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


def _plain(reading: str) -> str:
    return "".join(letter for letter in reading.translate(_TONES) if "a" <= letter <= "z")


@lru_cache(maxsize=50_000)
def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of one character, the commonest first; other characters are their own."""
    from pypinyin.constants import PINYIN_DICT

    listed = PINYIN_DICT.get(ord(character))
    if not listed:
        return (character.lower(),)
    return tuple(dict.fromkeys(_plain(reading) for reading in listed.split(",")))


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Sequence[Sequence[str]]]:
    """Words with the readings of their syllables."""
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT


@lru_cache(maxsize=5_000)
def _word(text: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a word, syllable by syllable; empty when it is no word whose reading is known."""
    if text in WORDS:
        return tuple(tuple(reading.split()) for reading in WORDS[text])
    listed = _phrases().get(text)
    if not listed or len(listed) != len(text):
        return ()
    syllables = tuple(_plain(syllable[0]) for syllable in listed)
    return (syllables,) if all(syllables) else ()


@lru_cache(maxsize=10_000)
def _choices(name: str) -> tuple[tuple[str, ...], ...]:
    """The readings of every character where it stands, the likeliest first, those to be varied behind.

    Kept for a while, since a name is read twice, for its order and for its keys.
    """
    found: list[tuple[str, ...]] = []
    short, phrases = len(name) <= SHORT, _phrases()
    if short and name[:1] in SURNAMES:
        found.append(tuple(dict.fromkeys((SURNAMES[name[0]], *readings(name[0])[:2]))))
    while (start := len(found)) < len(name):
        for length in range(min(LONGEST_WORD, len(name) - start), 1, -1):
            word = name[start : start + length]
            known = _word(word) if word in phrases or word in WORDS else ()
            if known:
                # Each character's readings in the word, transposed from the word's readings.
                together = zip(*known, strict=True)
                found += [
                    tuple(dict.fromkeys(syllables + _others(character, short, word)))
                    for character, syllables in zip(word, together, strict=True)
                ]
                break
        else:
            found.append(_alone(name[start], short))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _alone(character: str, short: bool) -> tuple[str, ...]:
    """The readings of a character that stands in no word."""
    return tuple(dict.fromkeys(readings(character)[:1] + _others(character, short, "")))


def _others(character: str, short: bool, word: str) -> tuple[str, ...]:
    """Further readings of a character: none in a word of our own, two at most of what may be read so."""
    may_vary = character not in SETTLED if short else character in POLYPHONES
    if word in WORDS or not may_vary:
        return ()
    return readings(character)[:2]


def sort_key(name: str) -> str:
    """A key that orders names by pinyin, then by character."""
    syllables = [choice[0] for choice in _choices(name)]
    return f"{' '.join(syllables)}\x01{name}"[:400]


def initials_of(key: str) -> str:
    """The initials of a name by its sort key: zmy for 张明远."""
    return "".join(syllable[:1] for syllable in key.partition("\x01")[0].split(" "))


def spellings(name: str) -> list[tuple[str, ...]]:
    """The likely readings of a whole name, syllable by syllable; few, the commonest first."""
    choices = _choices(name)
    if len(name) <= SHORT:
        return [_spelt(choices, way) for way in _ways(tuple(map(len, choices)))]
    plain = (0,) * len(choices)
    varied = (
        (*plain[:place], other, *plain[place + 1 :])
        for place, choice in enumerate(choices)
        for other in range(1, len(choice))
    )
    return [_spelt(choices, way) for way in (plain, *islice(varied, MOST_VARIED))]


@lru_cache(maxsize=1_000)
def _ways(lengths: tuple[int, ...]) -> Sequence[tuple[int, ...]]:
    """Which of so many readings to take at each place of a short name, one way after the other."""
    return sorted(product(*map(range, lengths)), key=_deviations)[:MOST_READINGS]


def _deviations(way: Sequence[int]) -> int:
    return sum(other > 0 for other in way)


def _spelt(choices: Sequence[tuple[str, ...]], way: Sequence[int]) -> tuple[str, ...]:
    return tuple(map(getitem, choices, way))
