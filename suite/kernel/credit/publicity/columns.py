"""The columns of the national tables of licences and penalties (双公示, 发改办财金〔2018〕424号, 2018版).

Codes and titles as working exchange software has them; lengths and what is required as recalled from the
standard, to be compared with the provincial platform's template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

ARTICLE = "行政许可和行政处罚等信用信息公示标准（发改办财金〔2018〕424号）"


class Form(StrEnum):
    """Which of the two tables."""

    LICENCE = "licence"
    PENALTY = "penalty"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"licence": "行政许可", "penalty": "行政处罚"}[self.value]


class Sort(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"  # yyyy/MM/dd
    MONEY = "money"  # 万元, at most six decimals
    USCC = "uscc"
    ID = "id"
    NUMBER = "number"  # of another register: plain digits and letters


class Need(StrEnum):
    """When a cell must be filled."""

    NO = "no"
    ALWAYS = "always"
    BODY = "body"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class PublicColumn:
    """One column. most: characters. values: the enumeration; several of them are separated by ；.

    told: `OTHER` is written with what it is (`other_told`). secret: never on a public copy. pattern, shape:
    what a number looks like, for a program and in words. exchange: it serves the exchange, not the public.
    """

    code: str
    title: str
    sort: Sort = Sort.TEXT
    most: int = 200
    need: Need = Need.NO
    values: tuple[str, ...] = ()
    several: bool = False
    told: bool = False
    secret: bool = False
    pattern: str = ""
    shape: str = ""
    exchange: bool = False


BODY, PERSON = "法人及非法人组织", "自然人"
SUBJECT_SORTS = (BODY, PERSON, "个体工商户")
#: In an enumeration that is `told` the last choice is written with what it is, as the exchange takes it. The
#: form is the platform's, no code list of ours: it stands here, beside the enumerations that it belongs to,
#: and whoever writes or checks one takes it from here.
OTHER, JOINED = "其他", "-"
#: It is read with any dash, or in brackets, with a word behind.
OTHER_TOLD = re.compile(rf"{OTHER}[-－—（(].*[^-－—（()）\s].*")


def other_told(words: str) -> str:
    """其他 with what it is: 其他-补办."""
    return f"{OTHER}{JOINED}{words}"


ID_SORTS = (
    "身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "军官证",
    OTHER,
)  # fmt: skip
#: Sort of document → the roster's own; 军官证 and 其他 have no pattern that is known.
ID_TYPES = {
    "身份证": "resident",
    "护照": "passport",
    "港澳居民来往内地通行证": "hk_macao_permit",
    "台湾居民来往大陆通行证": "taiwan_permit",
    "外国人永久居留身份证": "foreign_residence",
}
LICENCE_SORTS = ("普通", "特许", "认可", "核准", "登记", OTHER)
#: 行政处罚法第九条.
PENALTY_SORTS = (
    "警告", "通报批评", "罚款", "没收违法所得、没收非法财物", "暂扣许可证件", "降低资质等级", "吊销许可证件",
    "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业", "行政拘留", OTHER,
)  # fmt: skip


def _number(code: str, title: str, most: int, pattern: str = "", shape: str = "") -> PublicColumn:
    """A number of another register, as that writes it."""
    shape = f"{shape}数字和大写字母" if shape else ""
    return PublicColumn(code=code, title=title, sort=Sort.NUMBER, most=most, pattern=pattern, shape=shape)


def _party(prefix: str) -> tuple[PublicColumn, ...]:
    """Whom it is about: the same in both tables."""
    head = {"XK": "XK_FRDB", "CF": "CF_FRDB"}[prefix]
    return (
        PublicColumn(code=f"{prefix}_XDR_MC", title="行政相对人名称", need=Need.ALWAYS),
        PublicColumn(
            code=f"{prefix}_XDR_LB", title="行政相对人类别", most=16, need=Need.ALWAYS, values=SUBJECT_SORTS
        ),
        PublicColumn(
            code=f"{prefix}_XDR_SHXYM", title="统一社会信用代码", sort=Sort.USCC, most=18, need=Need.BODY
        ),
        _number(f"{prefix}_XDR_GSZC", "工商注册号", 50),
        _number(f"{prefix}_XDR_ZZJG", "组织机构代码", 9, r"[0-9A-Z]{8}[0-9X]", "九位"),
        _number(f"{prefix}_XDR_SWDJ", "税务登记号", 20, r"[0-9A-Z]{15,20}", "15 至 20 位"),
        _number(f"{prefix}_XDR_SYDW", "事业单位证书号", 12),
        _number(f"{prefix}_XDR_SHZZ", "社会组织登记证号", 50),
        PublicColumn(code=head, title="法定代表人", most=50, need=Need.BODY),
        PublicColumn(code=f"{prefix}_FR_ZJLX", title="法定代表人证件类型", most=64, values=ID_SORTS),
        PublicColumn(
            code=f"{prefix}_FR_ZJHM", title="法定代表人证件号码", sort=Sort.ID, most=64, secret=True
        ),
        PublicColumn(code=f"{prefix}_XDR_ZJLX", title="证件类型", most=64, need=Need.PERSON, values=ID_SORTS),
        PublicColumn(
            code=f"{prefix}_XDR_ZJHM", title="证件号码", sort=Sort.ID, most=64, need=Need.PERSON, secret=True
        ),
    )


def _date(code: str, title: str, need: Need = Need.ALWAYS) -> PublicColumn:
    return PublicColumn(code=code, title=title, sort=Sort.DATE, most=10, need=need)


def _text(code: str, title: str, most: int, need: Need = Need.ALWAYS, exchange: bool = False) -> PublicColumn:
    return PublicColumn(code=code, title=title, most=most, need=need, exchange=exchange)


def _code(code: str, title: str) -> PublicColumn:
    return PublicColumn(code=code, title=title, sort=Sort.USCC, most=18, need=Need.ALWAYS, exchange=True)


COLUMNS: dict[Form, tuple[PublicColumn, ...]] = {
    Form.LICENCE: (
        *_party("XK"),
        _text("XK_XKWS", "行政许可决定文书名称", 64),
        _text("XK_WSH", "行政许可决定文书号", 64),
        PublicColumn(
            code="XK_XKLB", title="许可类别", most=256, need=Need.ALWAYS, values=LICENCE_SORTS, told=True
        ),
        _text("XK_XKZS", "许可证书名称", 64, Need.NO),
        _text("XK_XKBH", "许可编号", 64, Need.NO),
        _text("XK_NR", "许可内容", 4000),
        _date("XK_JDRQ", "许可决定日期"),
        _date("XK_YXQZ", "有效期自"),
        _date("XK_YXQZI", "有效期至"),
        _text("XK_XKJG", "许可机关", 200),
        _code("XK_XKJGDM", "许可机关统一社会信用代码"),
        PublicColumn(code="XK_ZT", title="当前状态", most=1, need=Need.ALWAYS, values=("1", "2")),
        _text("XK_LYDW", "数据来源单位", 200, exchange=True),
        _code("XK_LYDWDM", "数据来源单位统一社会信用代码"),
        _text("BZ", "备注", 512, Need.NO),
    ),
    Form.PENALTY: (
        *_party("CF"),
        _text("CF_WSH", "行政处罚决定书文号", 64),
        _text("CF_WFXW", "违法行为类型", 2000),
        _text("CF_SY", "违法事实", 5000),
        _text("CF_YJ", "处罚依据", 2000),
        PublicColumn(
            code="CF_CFLB", title="处罚类别", need=Need.ALWAYS, values=PENALTY_SORTS, several=True, told=True
        ),
        _text("CF_NR", "处罚内容", 4000),
        PublicColumn(code="CF_NR_FK", title="罚款金额（万元）", sort=Sort.MONEY, most=20),
        PublicColumn(
            code="CF_NR_WFFF", title="没收违法所得、没收非法财物的金额（万元）", sort=Sort.MONEY, most=20
        ),
        _text("CF_NR_ZKDX", "暂扣或吊销证照名称及编号", 200, Need.NO),
        _date("CF_JDRQ", "处罚决定日期"),
        _date("CF_YXQ", "处罚有效期"),
        _date("CF_GSJZQ", "公示截止期", Need.NO),
        _text("CF_CFJG", "处罚机关", 200),
        _code("CF_CFJGDM", "处罚机关统一社会信用代码"),
        _text("CF_SJLY", "数据来源单位", 200, exchange=True),
        _code("CF_SJLYDM", "数据来源单位统一社会信用代码"),
        _text("BZ", "备注", 512, Need.NO),
    ),
}  # fmt: skip
BY_CODE = {form: {column.code: column for column in columns} for form, columns in COLUMNS.items()}
#: Form → code of the number of the document, of the name, of the day of the decision, of the organ.
NUMBER = {Form.LICENCE: "XK_WSH", Form.PENALTY: "CF_WSH"}
NAME = {Form.LICENCE: "XK_XDR_MC", Form.PENALTY: "CF_XDR_MC"}
DECIDED = {Form.LICENCE: "XK_JDRQ", Form.PENALTY: "CF_JDRQ"}
#: Form → (name, credit code) of the organs that it names.
ORGANS = {
    Form.LICENCE: (("XK_XKJG", "XK_XKJGDM"), ("XK_LYDW", "XK_LYDWDM")),
    Form.PENALTY: (("CF_CFJG", "CF_CFJGDM"), ("CF_SJLY", "CF_SJLYDM")),
}
PREFIX = {Form.LICENCE: "XK", Form.PENALTY: "CF"}
