"""The cleaner of 民族: 汉 and 汉族 are one."""

from __future__ import annotations

from typing import Any

from suite.kernel.exchange.clean_texts import clean_words
from suite.kernel.exchange.cleaned import Cleaned

_SHORT = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 "
    "纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 "
    "鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
#: The names of GB/T 3304—1991 without 族, as offices shorten them.
PEOPLES = frozenset(_SHORT.split())


def clean_ethnicity(value: Any) -> Cleaned:
    """A text; the short name of a people of China is written out, so that it is no difference."""
    cleaned = clean_words(value)
    return Cleaned(f"{cleaned.value}族", cleaned.problems) if cleaned.value in PEOPLES else cleaned
