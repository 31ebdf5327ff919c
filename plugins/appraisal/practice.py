"""执业类别 as a versioned code table: domains, sub-domains and their numbered items, by document.

A sub-domain is a letter for its domain and two digits (A02 法医临床鉴定), an item two digits more (A0201
人体损伤程度鉴定), so an item begins with its sub-domain and a sub-domain with its domain. Each value says
since which document it may be given; a value that a later document took away says until when, and stays
readable. Names of domains and sub-domains are those of the documents; names and numbers of items, and the
days of the documents other than 司规〔2020〕5号, are recalled.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from suite.api import Code, CodeList

DOMAINS = {"A": "法医类", "B": "物证类", "C": "声像资料", "D": "环境损害"}

#: Domain → document and the day since which it is in force.
DOCUMENTS = {
    "A": ("司规〔2020〕3号", dt.date(2020, 5, 14)),
    "B": ("司规〔2020〕5号", dt.date(2020, 6, 23)),
    "C": ("司规〔2020〕5号", dt.date(2020, 6, 23)),
    "D": ("司发通〔2019〕56号", dt.date(2019, 5, 6)),
}
FORMER = "司发通〔2000〕159号"

_SUB_DOMAINS = {
    "A01": ("法医病理鉴定", ("法医病理", "法医病理司法鉴定")),
    "A02": ("法医临床鉴定", ("法医临床", "法医临床司法鉴定")),
    "A03": ("法医精神病鉴定", ("法医精神病", "精神病鉴定", "法医精神病司法鉴定", "司法精神病鉴定")),
    "A04": ("法医物证鉴定", ("法医物证", "DNA鉴定", "法医物证司法鉴定")),
    "A05": ("法医毒物鉴定", ("法医毒物", "毒物鉴定", "法医毒物司法鉴定")),
    "B01": ("文书鉴定", ("文书", "文书司法鉴定", "文检")),
    "B02": ("痕迹鉴定", ("痕迹", "痕迹司法鉴定", "痕检")),
    "B03": ("微量物证鉴定", ("微量物证", "微量鉴定", "微量司法鉴定")),
    "C01": ("录音鉴定", ("录音", "录音资料鉴定")),
    "C02": ("图像鉴定", ("图像", "录像鉴定", "图像资料鉴定")),
    "C03": ("电子数据鉴定", ("电子数据", "电子数据司法鉴定", "电子物证鉴定")),
    "D01": ("污染物性质鉴定", ("污染物性质",)),
    "D02": ("地表水与沉积物环境损害鉴定", ("地表水与沉积物", "地表水和沉积物环境损害鉴定")),
    "D03": ("空气污染环境损害鉴定", ("空气污染", "大气环境损害鉴定")),
    "D04": ("土壤与地下水环境损害鉴定", ("土壤与地下水", "土壤和地下水环境损害鉴定")),
    "D05": ("近岸海洋与海岸带环境损害鉴定", ("近岸海洋与海岸带", "近海海洋与海岸带环境损害鉴定")),
    "D06": ("生态系统环境损害鉴定", ("生态系统", "生态环境损害鉴定")),
    "D07": ("其他环境损害鉴定", ("其他环境损害",)),
}

#: Categories of the former classification that no licence may name any more.
_FORMER = {
    "X06": ("司法会计鉴定", ("司法会计",)),
    "X10": ("计算机司法鉴定", ("计算机鉴定",)),
    "X11": ("建筑工程司法鉴定", ("建筑工程鉴定", "工程造价鉴定", "建设工程司法鉴定")),
    "X12": ("声像资料司法鉴定", ("声像资料鉴定", "声像资料", "声像鉴定")),
    "X13": ("知识产权司法鉴定", ("知识产权鉴定",)),
}

#: Sub-domain → its items in the order of their numbers.
_ITEMS = {
    "A01": (
        "死亡原因", "器官组织病理检验与诊断", "死亡方式判断", "死亡时间推断", "损伤时间推断", "致伤物推断",
        "成伤机制分析", "医疗损害", "其他",
    ),
    "A02": (
        "人体损伤程度", "人体残疾等级", "赔偿相关", "人体功能评定", "性侵犯与性别", "诈伤、诈病、造作伤",
        "医疗损害", "骨龄", "其他",
    ),
    "A03": (
        "精神状态", "刑事类行为能力", "民事类行为能力", "其他类行为能力", "精神损伤类", "医疗损害",
        "危险性评估", "精神障碍医学", "其他",
    ),
    "A04": (
        "个体识别", "三联体亲子", "二联体亲子", "亲缘关系", "种属和组织来源", "来源生物地理溯源",
        "个体表型推断", "个体年龄推断", "非人源生物检材相关",
    ),
    "A05": (
        "气体毒物", "挥发性毒物", "合成药毒物", "天然药毒物", "毒品", "易制毒化学品", "杀虫剂", "除草剂",
        "杀鼠剂", "金属毒物", "水溶性无机毒物", "其他",
    ),
    "B01": (
        "笔迹", "印章印文", "印刷文件", "篡改（污损）文件", "文件形成方式", "特种文件", "朱墨时序",
        "文件材料", "文件形成时间", "文本内容",
    ),
    "B02": (
        "手印", "潜在手印显现", "足迹", "工具痕迹", "整体分离痕迹", "枪弹痕迹", "爆炸痕迹", "火灾痕迹",
        "人体特殊痕迹", "日用物品损坏痕迹", "交通事故痕迹物证",
    ),
    "B03": (
        "化工产品", "金属和矿物", "纺织品", "日用化学品", "文化用品", "食品", "易燃物质", "爆炸物",
        "射击残留物", "交通事故微量物证", "火灾微量物证",
    ),
    "C01": ("处理", "真实性", "同一性", "内容分析", "作品相似性"),
    "C02": ("处理", "真实性", "同一性", "内容分析", "作品相似性", "特种照相"),
    "C03": ("存在性", "真实性", "功能性", "相似性"),
    "D01": (
        "固体废物", "危险废物", "有毒物质", "放射性废物", "含传染病病原体废物", "污染物筛查及理化性质",
    ),
}  # fmt: skip

_WORDS = {
    "A01": "法医病理",
    "A02": "法医临床",
    "A03": "法医精神病",
    "C01": "录音",
    "C02": "图像",
    "C03": "电子数据",
}
_SHORT = {key: _WORDS.get(key, title.removesuffix("鉴定")) for key, (title, _) in _SUB_DOMAINS.items()}


def _categories() -> Iterator[Code]:
    for value, (title, also) in _SUB_DOMAINS.items():
        source, since = DOCUMENTS[value[0]]
        # 环境损害（地表水与沉积物、…） names the sub-domains within their domain.
        within = tuple(
            f"{DOMAINS[value[0]]}{name}" for name in (*also, title.removesuffix("鉴定")) if value[0] == "D"
        )
        yield Code(value=value, title=title, also=(*also, *within), since=since, source=source)
    until = DOCUMENTS["B"][1] - dt.timedelta(days=1)
    for value, (title, also) in _FORMER.items():
        yield Code(value=value, title=title, also=also, until=until, source=f"{FORMER}，已由新的分类规定替代")


def _items() -> Iterator[Code]:
    """An item's own name where no other has it, else with its sub-domain; both forms with its number too."""
    times = Counter(name for names in _ITEMS.values() for name in names)
    for sub_domain, names in _ITEMS.items():
        source, since = DOCUMENTS[sub_domain[0]]
        for number, name in enumerate(names, 1):
            alone = times[name] == 1
            full = f"{_SHORT[sub_domain]}{name}"
            title = f"{name if alone else full}鉴定"
            also = [f"{sub_domain[1:]}{number:02d}{name}", f"{sub_domain[1:]}{number:02d}{name}鉴定"]
            also += [name, full, f"{full}鉴定"] if alone else [full]
            # 法医临床（0201、0202）: the number says which only together with the sub-domain.
            also.append(f"{_SHORT[sub_domain]}{sub_domain[1:]}{number:02d}")
            yield Code(
                value=f"{sub_domain}{number:02d}",
                title=title,
                also=tuple(text for text in dict.fromkeys(also) if text != title),
                since=since,
                source=source,
            )


PRACTICE_CATEGORY = CodeList(key="appraisal.practice_category", title="执业类别", codes=tuple(_categories()))
PRACTICE_ITEM = CodeList(key="appraisal.practice_item", title="鉴定项目", codes=tuple(_items()))


def category_of(item: str) -> str:
    """The sub-domain of an item."""
    return item[:3]
