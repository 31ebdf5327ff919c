"""The papers of a season: reminders and the list that is shown, as templates that the bureau may replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.declarations import Declaration
from suite.contract.papers import DocumentTemplate, PaperForm
from suite.kernel.casework.papers.templates import in_use
from suite.kernel.documents.annex import Annex
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.own_template import fill_own
from suite.kernel.documents.paper import Paper, lines_of
from suite.kernel.documents.placeholders import filled

COMMON = {
    "发文机关": "发文的机关",
    "文号": "办理时填写的文号，可以为空",
    "成文日期": "制作的日期",
    "考核": "考核的名称",
    "期间": "考核的期间",
}
REMINDER = DocumentTemplate(
    key="core.assessment_reminder",
    title="考核催报通知",
    form=PaperForm.NOTICE,
    mark="",
    body=(
        "“{{ 考核 }}”（考核期间{{ 期间 }}）已经开展。截至{{ 成文日期 }}，你单位还有{{ 人数 }}个对象没有完成"
        "“{{ 环节 }}”：",
        "{% for 项 in 名单 %}{{ 项.序号 }}．{{ 项.姓名 }}\n{% endfor %}",
        "{% if 材料 %}需要报送：{{ 材料 }}。{% endif %}",
        "{% if 逾期 %}报送期限已于{{ 届满 }}届满，现逾期{{ 逾期 }}日，{% endif %}"
        "{% if 期限 %}请于{{ 期限 }}前报送。{% endif %}{% if 立即 %}请立即报送。{% endif %}"
        "{% if 次数 %}此前已催报{{ 次数 }}次。{% endif %}逾期未报的，按规定处理。",
        "{% if 依据 %}依据：{{ 依据 }}。{% endif %}",
        "特此通知。",
    ),
    words=COMMON
    | {
        "单位": "收文的机构",
        "环节": "没有完成的环节",
        "人数": "没有完成的对象数",
        "名单": "逐项为 序号、姓名",
        "材料": "这一环节需要的材料",
        "期限": "报送的期限，已经逾期又没有另定的为空",
        "届满": "这一环节原定的最后一天，没有逾期的为空",
        "逾期": "逾期的日数，没有逾期的为空",
        "立即": "已经逾期又没有另定期限的为“是”，其余为空",
        "次数": "此前催报的次数，没有的为空",
        "依据": "环节所依据的条款",
    },
)
NOTICE_LIST = DocumentTemplate(
    key="core.assessment_notice",
    title="考核结果公示",
    form=PaperForm.NOTICE,
    mark="",
    body=(
        "根据有关规定，“{{ 考核 }}”（考核期间{{ 期间 }}）已经评定，现将结果予以公示。",
        "{% if 公示期 %}公示期：{{ 公示期 }}。公示期内对结果有异议的，可以书面提出并附有关材料。{% endif %}",
        "{% for 项 in 等次 %}# {{ 项.等次 }}（{{ 项.人数 }}）\n{{ 项.名单 }}\n{% endfor %}",
    ),
    words=COMMON
    | {
        "公示期": "公示起止日期，已公布的为空",
        "等次": "逐项为 等次、人数、名单",
    },
)
CIRCULAR = DocumentTemplate(
    key="core.assessment_circular",
    title="考核情况通报",
    form=PaperForm.NOTICE,
    mark="",
    body=(
        "现将“{{ 考核 }}”（考核期间{{ 期间 }}）的情况通报如下。{{ 状态 }}。",
        "# 总体情况",
        "列入考核{{ 对象 }}{{ 量词 }}，参加{{ 参加 }}{{ 量词 }}，已评定等次{{ 已评定 }}{{ 量词 }}"
        "{% if 未评定 %}，尚未评定{{ 未评定 }}{{ 量词 }}{% endif %}。",
        "{% for 项 in 例外 %}{{ 项.情形 }}，{{ 项.人数 }}{{ 量词 }}。\n{% endfor %}",
        "# 评定结果",
        "{% for 项 in 等次 %}{{ 项.等次 }}{{ 项.人数 }}{{ 量词 }}，占{{ 项.占比 }}"
        "{% if 项.名单 %}：{{ 项.名单 }}{% endif %}。\n{% endfor %}",
        "{% if 指标 %}# 得分情况{% endif %}",
        "{% for 项 in 指标 %}{{ 项.名称 }}得分率{{ 项.得分率 }}。\n{% endfor %}",
        "{% if 薄弱 %}得分率较低、需要加强的：{% endif %}",
        "{% for 项 in 薄弱 %}{{ 项.名称 }}（{{ 项.得分率 }}）。\n{% endfor %}",
        "{% if 异议 %}# 异议处理{% endif %}",
        "{% if 异议 %}收到异议{{ 异议 }}件，更正等次{{ 更正 }}件"
        "{% if 未答复 %}，尚未答复{{ 未答复 }}件{% endif %}。{% endif %}",
        "{% if 措施 %}# 结果运用{% endif %}",
        "{% for 项 in 措施 %}{{ 项.措施 }}：{{ 项.项数 }}项，{{ 项.落实 }}。\n{% endfor %}",
        "# 工作要求",
        "各有关单位要对照考核发现的问题逐项整改，需要落实的措施按期落实并报送结果。",
    ),
    words=COMMON
    | {
        "状态": "结果在公示、已公布，或者仍在进行",
        "量词": "参加的人或者单位以什么计数：人、家、个",
        "对象": "列入考核的对象数",
        "参加": "参加的对象数",
        "已评定": "已评定等次的对象数",
        "未评定": "参加而未评定的对象数，没有的为空",
        "例外": "逐项为 情形、人数：不参加、不评定、暂缓的及其规则",
        "等次": "逐项为 等次、人数、占比、名单（人数多的不列名单）",
        "指标": "逐项为 名称、得分率：评分表的一级指标",
        "薄弱": "逐项为 名称、得分率：得分率最低的几项",
        "异议": "收到的异议件数，没有的为空",
        "更正": "因异议更正等次的件数",
        "未答复": "没有答复的异议件数，没有的为空",
        "措施": "逐项为 措施、项数、落实",
    },
)
TEMPLATES = (REMINDER, NOTICE_LIST, CIRCULAR)
DECLARATIONS: tuple[Declaration, ...] = TEMPLATES


class Setter:
    """Sets one template again and again: by the bureau's own file, else from the declared text."""

    def __init__(self, session: Session, template: DocumentTemplate) -> None:
        own = in_use(session, template.key)
        self._own = own.content if own is not None else None
        self._template = template

    def paper(
        self,
        values: Mapping[str, Any],
        recipient: str = "",
        *,
        title: str = "",
        annexes: tuple[Annex, ...] = (),
    ) -> bytes:
        """The paper as a .docx file; the bureau's own file has its own title, and no tables behind it."""
        if self._own:
            return fill_own(self._own, values)
        text = filled("\n".join(self._template.body), values)
        return set_paper(
            Paper(
                form=self._template.form,
                organ=str(values["发文机关"]),
                title=title or self._template.title,
                number=str(values["文号"]),
                recipient=recipient,
                paragraphs=lines_of(text),
                day=str(values["成文日期"]),
                annexes=annexes,
            )
        )
