"""The papers of duty lists: the list as it is published, the circular of a result, the order to rectify."""

from suite.api import DocumentTemplate

PUBLISHED = DocumentTemplate(
    key="popularization.duty_list_published",
    title="普法责任清单",
    to="public",
    mark="单",
    body=(
        "根据《中华人民共和国法治宣传教育法》和“谁执法谁普法”普法责任制的要求，经联席会议审定，现将"
        "{{ 当事人 }}{{ 清单年度 }}年度普法责任清单公布如下。",
        "# 一、宣传的法律法规",
        "{% for 项 in 所列法律法规 %}{{ loop.index }}．{{ 项.名称 }}（{{ 项.效力层级 }}）"
        "{% if 项.重点条款 %}：{{ 项.重点条款 }}{% endif %}\n{% endfor %}",
        "# 二、普法事项",
        "{% for 项 in 普法事项 %}{{ loop.index }}．{{ 项.法律法规 }}：对象为{{ 项.普法对象 }}"
        "{% if 项.形式 %}，形式为{{ 项.形式 }}{% endif %}"
        "{% if 项.时间节点 %}，时间节点为{{ 项.时间节点 }}{% endif %}"
        "{% if 项.计划场次 %}，计划{{ 项.计划场次 }}场{% endif %}"
        "，由{{ 项.责任科室 }}负责，{{ 项.完成期限 }}前完成。\n"
        "{% endfor %}",
        "欢迎社会各界监督。",
    ),
)
CIRCULAR = DocumentTemplate(
    key="popularization.duty_result",
    title="普法履职评估结果通报",
    to="respondent",
    mark="评通",
    body=(
        "{{ 清单年度 }}年度“谁执法谁普法”履职评估已经结束。{{ 当事人 }}评估得分{{ 评估得分 }}分，等次为"
        "{{ 评估等次 }}{% if 评估结果文号 %}（{{ 评估结果文号 }}）{% endif %}。",
        "对结果有异议的，可以在公示期内书面提出。",
        "{% if 抄送上级机关 %}抄送：{{ 抄送上级机关 }}{% endif %}",
    ),
)
RECTIFICATION = DocumentTemplate(
    key="popularization.duty_rectification",
    title="普法整改通知书",
    to="respondent",
    mark="普改",
    body=(
        "{{ 清单年度 }}年度“谁执法谁普法”履职评估发现你单位存在下列问题，请逐项整改：",
        "{{ 整改问题 }}",
        "{% for 项 in 期限 %}请于{{ 项.到期日 }}前书面报告整改情况，届时复查。\n{% endfor %}",
    ),
)
TEMPLATES = (PUBLISHED, CIRCULAR, RECTIFICATION)
