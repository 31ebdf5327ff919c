"""Invented names: surnames by their frequency, given names of one to three characters, minority names."""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Final

#: Share of the population in about 0.01 %: of Hebei where known there, else less than of the country.
_SURNAME_SHARES: Final = (
    "王 960 李 920 张 920 刘 770 赵 520 杨 320 陈 260 孙 240 郭 240 高 230 马 220 韩 170 吴 140 杜 140 "
    "宋 140 周 130 崔 130 曹 130 贾 130 许 120 郝 120 梁 110 田 110 冯 110 魏 110 武 100 胡 100 董 100 "
    "安 90 任 90 康 90 黄 89 薛 80 侯 80 白 80 史 80 闫 80 谷 70 石 70 苏 70 范 70 焦 70 徐 66 封 60 "
    "甄 60 耿 60 底 50 靳 50 齐 50 彭 50 朱 50 何 46 林 41 仇 40 聂 40 路 40 米 40 尹 40 罗 34 郑 33 "
    "智 30 戎 30 谢 29 唐 27 邓 23 肖 22 袁 21 于 21 敦 20 欧阳 20 曾 20 潘 19 蔡 18 蒋 18 程 18 吕 18 "
    "余 17 叶 16 丁 16 卢 16 姚 16 沈 15 姜 15 钟 14 谭 14 陆 14 孟 14 汪 13 金 13 夏 13 傅 13 方 13 "
    "秦 13 段 13 廖 12 邹 12 熊 11 邱 11 司马 10 上官 10 韦 10 江 10 雷 10 贺 10 邵 10 常 10 龙 9 黎 9 "
    "陶 9 毛 9 顾 9 龚 8 万 8 钱 8 戴 8 严 8 牛 8 覃 7 莫 7 孔 7 向 6 霍 4 单 2 解 2 盖 1 诸葛 1 "
    "尉迟 1 令狐 1"
)
_SURNAMES: Final = tuple(_SURNAME_SHARES.split()[::2])
_SURNAME_WEIGHTS: Final = tuple(accumulate(map(int, _SURNAME_SHARES.split()[1::2])))
_MALE: Final = (
    "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建国志远海天文博子昂振家立新成东一"
    "鸣思源嘉泽宏峰永学彦少亮占京瑞晨轩景"
)
_FEMALE: Final = (
    "芳娜敏静丽艳娟霞秀英玲燕萍红雪梅琳倩颖莉婷慧欣怡佳雅淑琴洁晶晓云兰凤瑞雨涵梦瑶思若溪子萱文舒丹媛"
    "琪宁月桂玉春花彦荣惠美婧素"
)
#: Signs outside the common fonts, three of them beyond four hexadecimal digits.
_RARE: Final = "喆翀垚淼焱昇祎旻玥珺頔晞堃翾䶮㛃𬍛𫖯"
#: Name, whether a man's, nationality.
_MINORITY: Final = (
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

_PEOPLES: Final = ("汉族", "满族", "回族", "蒙古族", "壮族", "土家族", "苗族", "朝鲜族")
_PEOPLES_WEIGHTS: Final = tuple(accumulate((9_600, 170, 130, 50, 20, 15, 10, 5)))


def name_of(draw: Random, male: bool) -> tuple[str, str]:
    """A name and the nationality that goes with it; two in a thousand are minority names."""
    if draw.random() < 0.002:
        name, _, people = draw.choice([entry for entry in _MINORITY if entry[1] is male])
        return name, people
    return han_name(draw, male), draw.choices(_PEOPLES, cum_weights=_PEOPLES_WEIGHTS)[0]


def han_name(draw: Random, male: bool) -> str:
    """A name of two or three characters, now and then four; one in a hundred has a rare sign."""
    surname = draw.choices(_SURNAMES, cum_weights=_SURNAME_WEIGHTS)[0]
    signs, kind = _MALE if male else _FEMALE, draw.random()
    if kind < 0.01:
        return surname + draw.choice(_RARE)
    length = 3 if kind < 0.014 else 1 if kind < 0.18 else 2
    return surname + "".join(draw.choices(signs, k=length))


_FIRST: Final = (
    "允衡澄明厚冀太天正德信诚恒宏博华安平立维公世嘉金盛同永泽润远瑞方圆尚仁义和达广中鼎凯思铭睿卓言律法"
)
_SECOND: Final = "执正一泽德载诚行秤岳闻滹沱衡平达信和远理民石川峰舟桥岩松柏云海嘉文宇哲言诺度成立方量尺鉴安"
_PAIRS: Final = len(_FIRST) * len(_SECOND)


def trade_name(place: int) -> str:
    """Two characters for a body's name; a third from the second round on, so that none repeats."""
    pair = place * 1_009 % _PAIRS
    lap = place // _PAIRS
    sign = _FIRST[pair % len(_FIRST)] + _SECOND[pair // len(_FIRST)]
    return sign if lap == 0 else sign + _SECOND[(lap - 1) % len(_SECOND)]
