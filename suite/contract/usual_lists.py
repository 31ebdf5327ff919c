"""Lists that cases of every profession keep alike: evidence, interviews, materials, findings, check items."""

from suite.contract.case_facts import Cell
from suite.contract.casework import (
    CaseList,
    LineColumn,
)
from suite.contract.codes import Code, CodeList

EVIDENCE_KINDS = CodeList(
    key="core.evidence_kind",
    title="证据种类",
    codes=(
        Code(value="documentary", title="书证"),
        Code(value="physical", title="物证"),
        Code(value="audiovisual", title="视听资料"),
        Code(value="electronic", title="电子数据"),
        Code(value="witness", title="证人证言"),
        Code(value="statement", title="当事人的陈述"),
        Code(value="opinion", title="鉴定意见"),
        Code(value="record", title="勘验笔录、现场笔录"),
    ),
)
CHECK_RESULTS = CodeList(
    key="core.check_result",
    title="检查结果",
    codes=(
        Code(value="conforms", title="符合"),
        Code(value="fails", title="不符合"),
        Code(value="not_applicable", title="不适用"),
    ),
)
SEVERITIES = CodeList(
    key="core.finding_severity",
    title="问题程度",
    codes=(
        Code(value="minor", title="轻微"),
        Code(value="general", title="一般"),
        Code(value="serious", title="严重"),
    ),
)

#: 证据: kind (行政处罚法第四十六条), what it is, obtained on, where from, by whom, and what it proves.
EVIDENCE = CaseList(
    key="evidence",
    title="证据",
    columns=(
        LineColumn(cell=Cell.CODE, title="种类", codes=EVIDENCE_KINDS.key, required=True),
        LineColumn(cell=Cell.NAME, title="名称", required=True),
        LineColumn(cell=Cell.DAY, title="取得日期", required=True),
        LineColumn(cell=Cell.PLACE, title="来源"),
        LineColumn(cell=Cell.HOLDER, title="取证人"),
        LineColumn(cell=Cell.TEXT, title="证明内容"),
    ),
)
#: 谈话: who, when, where, by whom, and the gist.
INTERVIEWS = CaseList(
    key="interviews",
    title="谈话",
    columns=(
        LineColumn(cell=Cell.NAME, title="谈话对象", required=True),
        LineColumn(cell=Cell.DAY, title="日期", required=True),
        LineColumn(cell=Cell.PLACE, title="地点"),
        LineColumn(cell=Cell.HOLDER, title="谈话人", required=True),
        LineColumn(cell=Cell.TEXT, title="内容摘要", required=True),
    ),
)
#: 问题: what, the article, how serious, to be rectified by, rectified on.
FINDINGS = CaseList(
    key="problems",
    title="问题",
    columns=(
        LineColumn(cell=Cell.TEXT, title="问题", required=True),
        LineColumn(cell=Cell.ARTICLE, title="依据条款", required=True),
        LineColumn(cell=Cell.GRADE, title="程度", codes=SEVERITIES.key, required=True),
        LineColumn(cell=Cell.UNTIL, title="整改期限"),
        LineColumn(cell=Cell.DONE, title="整改完成日期"),
    ),
)
#: 材料: what, whether it is required, received on, remark.
MATERIALS = CaseList(
    key="materials",
    title="材料",
    columns=(
        LineColumn(cell=Cell.NAME, title="材料", required=True),
        LineColumn(cell=Cell.FLAG, title="必须"),
        LineColumn(cell=Cell.DAY, title="收到日期"),
        LineColumn(cell=Cell.TEXT, title="备注"),
    ),
)
CODE_LISTS = (EVIDENCE_KINDS, CHECK_RESULTS, SEVERITIES)


def check_items(codes: str) -> CaseList:
    """检查项: every item of a profession's checklist, its result, what was found, the article."""
    return CaseList(
        key="check_items",
        title="检查项",
        columns=(
            LineColumn(cell=Cell.CODE, title="检查项", codes=codes, required=True),
            LineColumn(cell=Cell.GRADE, title="结果", codes=CHECK_RESULTS.key, required=True),
            LineColumn(cell=Cell.TEXT, title="情况"),
            LineColumn(cell=Cell.ARTICLE, title="依据条款"),
        ),
        checklist=True,
    )
