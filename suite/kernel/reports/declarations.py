"""Who may report, and to whom notices about institutions and persons go: data, in the plan's own order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from suite.contract.codes import Code, CodeList
from suite.contract.commands import Done, Work
from suite.contract.declarations import Declaration
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.parameters import Confidence, Parameter
from suite.contract.roles import Permission
from suite.contract.states import StateKind
from suite.kernel.documents.paper import quoted

REPORT_MAKE = "core:report:make"
RECIPIENTS, CHANNELS = "core.notice_recipient", "core.notice_channel"


def to_be_corrected(command: Any, done: Done, work: Work) -> Iterable[NewNotice]:
    """Who makes reports is told of those that were handed in with a number that is corrected now."""
    for report in done.result.get("reports", ()):
        yield NewNotice(
            text=f"已报送的{quoted(report['title'])}用到的填报数有更正，请核对是否须出具更正说明。",
            permission=REPORT_MAKE,
            page="reports",
            about=f"core.report:{report['id']}",
        )


def is_corrected(command: Any, done: Done, work: Work) -> Iterable[str]:
    """The 更正说明 that is drafted needs no reminder any more."""
    number = getattr(command, "report_id", None)
    return () if number is None else (f"core.report:{number}",)


DECLARATIONS: tuple[Declaration, ...] = (
    NoticeKind(
        key="core.report_touched",
        title="报告用到的数有更正",
        state=StateKind.WARN,
        after=("CorrectReturn", "CorrectReport"),
        raised=to_be_corrected,
        settled=is_corrected,
    ),
    Permission(key=REPORT_MAKE, title="编制和报送报表"),
    Parameter(
        key="core.report.recipient",
        title="报表的主送机关",
        value="河北省司法厅",
        source="本局报送要求",
        confidence=Confidence.RECALLED,
    ),
    Parameter(
        key="core.report.subject",
        title="报表名称中的事项",
        value="公共法律服务体系建设",
        source="石司〔2022〕105号",
        confidence=Confidence.VERIFIED,
    ),
    # 四(四)16: courts, procuratorate, police and state security; the others by the plan's distribution list.
    CodeList(
        key=RECIPIENTS,
        title="通报接收单位",
        codes=(
            Code(value="court", title="市中级人民法院", also=("市中院", "法院")),
            Code(value="procuratorate", title="市人民检察院", also=("市检察院", "检察院")),
            Code(value="police", title="市公安局", also=("公安",)),
            Code(value="state_security", title="市国家安全局", also=("国安",)),
            Code(value="reform", title="市发展和改革委员会", also=("市发改委",)),
            Code(value="education", title="市教育局"),
            Code(value="science", title="市科学技术局", also=("市科技局",)),
            Code(value="civil_affairs", title="市民政局"),
            Code(value="finance", title="市财政局"),
            Code(value="labour", title="市人力资源和社会保障局", also=("市人社局",)),
            Code(value="agriculture", title="市农业农村局"),
            Code(value="tax", title="市税务局"),
            Code(value="petitions", title="市信访局"),
            Code(value="arbitration", title="石家庄仲裁委员会", also=("市仲裁委",)),
            Code(value="commerce", title="市工商业联合会", also=("市工商联",)),
            Code(value="lawyers_association", title="市律师协会", also=("市律协",)),
            Code(value="notaries_association", title="市公证协会", also=("市公协",)),
            Code(value="appraisal_association", title="市司法鉴定协会"),
            Code(value="mediation_association", title="市调解协会"),
        ),
    ),
    CodeList(
        key=CHANNELS,
        title="送出方式",
        codes=(
            Code(value="exchange", title="机要交换", also=("交换",)),
            Code(value="electronic", title="电子公文", also=("公文系统",)),
            Code(value="meeting", title="会议送达", also=("协商会议",)),
            Code(value="direct", title="直接送达", also=("当面",)),
            Code(value="post", title="邮寄", also=("快递",)),
        ),
    ),
)
