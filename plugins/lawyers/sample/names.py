"""Invented names: surnames by their frequency, given names of one to three characters, minority names."""

from __future__ import annotations

from itertools import accumulate
from random import Random

# Share of the population in about 0.01 %, the common hundred first.
_SURNAMES = (
    "王 725 李 719 张 683 刘 538 陈 453 杨 308 黄 223 赵 226 吴 195 周 201 徐 166 孙 155 马 138 朱 126 "
    "胡 131 郭 127 何 117 林 103 高 112 罗 85 郑 84 梁 83 谢 74 宋 92 唐 69 许 72 韩 78 邓 59 冯 77 "
    "曹 63 彭 57 曾 50 肖 56 田 68 董 62 潘 49 袁 53 蔡 45 蒋 46 余 43 于 54 杜 52 叶 42 程 46 魏 56 "
    "苏 44 吕 46 丁 42 任 46 卢 42 姚 41 沈 39 钟 36 姜 39 崔 48 谭 36 陆 35 范 38 汪 34 廖 32 石 42 "
    "金 34 韦 27 贾 44 夏 34 傅 33 方 33 邹 30 熊 29 白 35 孟 37 秦 33 邱 28 侯 36 江 27 尹 31 薛 33 "
    "闫 38 段 33 雷 26 龙 23 黎 23 史 32 陶 24 贺 27 毛 23 郝 36 顾 23 龚 22 邵 26 万 22 覃 19 武 34 "
    "钱 22 戴 21 严 20 莫 18 孔 19 向 17 常 26 安 22 齐 23 康 21 牛 22 甄 6 谷 12 靳 14 霍 12 底 2 "
    "单 6 解 5 仇 3 盖 3 欧阳 9 上官 3 司马 1 诸葛 1 尉迟 1 令狐 1"
)
SURNAMES = tuple(_SURNAMES.split()[::2])
_SURNAME_WEIGHTS = tuple(accumulate(int(weight) for weight in _SURNAMES.split()[1::2]))

_MALE = (
    "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建国志远海天文博子昂振家立新"
    "成东一鸣思源嘉泽宏"
)
_FEMALE = (
    "芳娜敏静丽艳娟霞秀英玲燕萍红雪梅琳倩颖莉婷慧欣怡佳雅淑琴洁晶晓云兰凤瑞雨涵梦瑶思若溪子萱文静舒丹媛琪宁月"
)
_RARE = "喆翀垚淼焱昇祎旻玥珺頔晞堃翾䶮㛃𬍛𫖯"
_MINORITY = (
    ("阿依古丽·买买提", False, "维吾尔族"),
    ("古丽娜尔·吐尔逊", False, "维吾尔族"),
    ("艾力·阿不都热合曼", True, "维吾尔族"),
    ("努尔兰·叶尔肯", True, "哈萨克族"),
    ("巴特尔", True, "蒙古族"),
    ("乌云其木格", False, "蒙古族"),
    ("那日松", True, "蒙古族"),
    ("扎西顿珠", True, "藏族"),
    ("德吉央宗", False, "藏族"),
    ("金·哈斯巴根", True, "蒙古族"),
)
_ETHNICITIES = ("汉族", "满族", "回族", "蒙古族", "壮族", "土家族", "苗族", "朝鲜族")
_ETHNICITY_WEIGHTS = tuple(accumulate((9_600, 170, 130, 50, 20, 15, 10, 5)))


def name_of(rng: Random, male: bool) -> tuple[str, str]:
    """A name and the ethnicity that goes with it."""
    draw = rng.random()
    if draw < 0.002:
        fitting = [entry for entry in _MINORITY if entry[1] is male]
        name, _, ethnicity = rng.choice(fitting)
        return name, ethnicity
    surname = rng.choices(SURNAMES, cum_weights=_SURNAME_WEIGHTS)[0]
    signs = _MALE if male else _FEMALE
    if draw < 0.012:
        given = rng.choice(_RARE)
    elif draw < 0.016:
        given = "".join(rng.choices(signs, k=3))
    elif draw < 0.18:
        given = rng.choice(signs)
    else:
        given = rng.choice(signs) + rng.choice(signs)
    return surname + given, rng.choices(_ETHNICITIES, cum_weights=_ETHNICITY_WEIGHTS)[0]


_FIRST = "允衡澄明厚冀太天正德信诚恒宏博华安平立维公世嘉金盛同永泽润远瑞方圆尚仁义和达广中鼎凯思铭睿卓言律法"
_SECOND = "执正一泽德载诚行秤岳闻滹沱衡平达信和远理民石川峰舟桥岩松柏云海嘉文宇哲言诺度成立方量尺鉴安"
_PAIRS = len(_FIRST) * len(_SECOND)


def trade_name(place: int) -> str:
    """Two characters for a body's name; a third from the second round on, so that none repeats."""
    pair = place * 1_009 % _PAIRS
    lap = place // _PAIRS
    sign = _FIRST[pair % len(_FIRST)] + _SECOND[pair // len(_FIRST)]
    return sign if lap == 0 else sign + _SECOND[(lap - 1) % len(_SECOND)]
