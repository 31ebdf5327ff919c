"""The papers of a season: reminders and the list that is shown, as templates that the bureau may replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.declarations import Declaration
from suite.contract.papers import DocumentTemplate, PaperForm
from suite.kernel.casework.papers.templates import in_use
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
        "请于{{ 期限 }}前报送。{% if 次数 %}此前已催报{{ 次数 }}次。{% endif %}逾期未报的，按规定处理。",
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
        "期限": "报送的期限",
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
TEMPLATES = (REMINDER, NOTICE_LIST)
DECLARATIONS: tuple[Declaration, ...] = TEMPLATES


class Setter:
    """Sets one template again and again: by the bureau's own file, else from the declared text."""

    def __init__(self, session: Session, template: DocumentTemplate) -> None:
        own = in_use(session, template.key)
        self._own = own.content if own is not None else None
        self._template = template

    def paper(self, values: Mapping[str, Any], recipient: str = "") -> bytes:
        """The paper as a .docx file."""
        if self._own:
            return fill_own(self._own, values)
        text = filled("\n".join(self._template.body), values)
        return set_paper(
            Paper(
                form=self._template.form,
                organ=str(values["发文机关"]),
                title=self._template.title,
                number=str(values["文号"]),
                recipient=recipient,
                paragraphs=lines_of(text),
                day=str(values["成文日期"]),
            )
        )
