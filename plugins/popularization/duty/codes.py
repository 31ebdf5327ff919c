"""Code lists of duty lists: what is taught, to whom, how, and how far it has come."""

from suite.api import Code, CodeList, StateKind

LAW_LEVEL = CodeList(
    key="popularization.law_level",
    title="效力层级",
    codes=(
        Code(value="constitution", title="宪法"),
        Code(value="law", title="法律", also=("国家法律",)),
        Code(value="regulation", title="行政法规", also=("国务院条例",)),
        Code(value="party_rule", title="党内法规"),
        Code(value="local", title="地方性法规", also=("省条例", "市条例")),
        Code(value="rule", title="规章", also=("部门规章", "政府规章")),
        Code(value="other", title="其他规范性文件", also=("规范性文件", "其他")),
    ),
)
DUTY_AUDIENCE = CodeList(
    key="popularization.duty_audience",
    title="普法对象",
    codes=(
        Code(value="officials", title="国家工作人员", also=("领导干部", "机关干部", "公务员")),
        Code(value="youth", title="青少年", also=("学生", "未成年人")),
        Code(value="farmers", title="农民", also=("村民",)),
        Code(value="business", title="企业经营管理人员", also=("企业", "企业职工")),
        Code(value="others", title="其他", also=("社会公众", "居民", "其他人员")),
    ),
)
DUTY_FORM = CodeList(
    key="popularization.duty_form",
    title="普法形式",
    codes=(
        Code(value="case", title="案例", also=("以案释法", "案例宣讲")),
        Code(value="lecture", title="讲座", also=("培训", "宣讲")),
        Code(value="new_media", title="新媒体", also=("微信", "短视频", "网络")),
        Code(value="on_site", title="现场", also=("现场宣传", "活动", "咨询")),
    ),
)
QUARTER = CodeList(
    key="popularization.quarter",
    title="季度",
    codes=tuple(
        Code(value=f"q{place}", title=f"第{words}季度", also=(f"{words}季度", f"{place}季度", f"Q{place}"))
        for place, words in enumerate("一二三四", 1)
    ),
)
PROGRESS = CodeList(
    key="popularization.duty_progress",
    title="进展",
    codes=(
        Code(value="open", title="未开展", also=("未启动",), state=StateKind.NEUTRAL),
        Code(value="running", title="进行中", also=("已开展", "推进中"), state=StateKind.RUN),
        Code(value="done", title="已完成", also=("完成", "办结"), state=StateKind.OK),
        Code(value="dropped", title="不再开展", also=("取消",), state=StateKind.ENDED),
    ),
)
EVALUATION_GRADE = CodeList(
    key="popularization.evaluation_grade",
    title="评估等次",
    codes=(
        Code(value="excellent", title="优秀", state=StateKind.OK),
        Code(value="good", title="良好", state=StateKind.OK),
        Code(value="passed", title="合格", state=StateKind.NEUTRAL),
        Code(value="failed", title="不合格", state=StateKind.BAD),
    ),
)
CODE_LISTS = (LAW_LEVEL, DUTY_AUDIENCE, DUTY_FORM, QUARTER, PROGRESS, EVALUATION_GRADE)
