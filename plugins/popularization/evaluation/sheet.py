"""The first version of the score sheet, after the four headings of the city's own 2019 evaluation.

The bureau revises it on a page or by workbook; a season keeps the version that it was opened with.
"""

from suite.api import ScoreSource, SheetItems, SheetMeasure, SheetPart

STRUCTURE, WAYS, EFFECT, GAIN = "普法架构", "普法方式", "普法实效", "普法获得感"
THRESHOLD, RATIO, COUNT, RATING, MEAN = (
    SheetMeasure.THRESHOLD, SheetMeasure.RATIO, SheetMeasure.COUNT, SheetMeasure.RATING, SheetMeasure.MEAN,
)  # fmt: skip
REPORTED, ANALYSIS, SITE, REVIEW, ONLINE, SURVEY = (
    ScoreSource.REPORTED, ScoreSource.ANALYSIS, ScoreSource.SITE, ScoreSource.REVIEW, ScoreSource.ONLINE,
    ScoreSource.SURVEY,
)  # fmt: skip


# Whoever reads files judges; two do so without seeing each other's score.
_item = SheetItems(readers=2)
SHEET = (
    _item("leadership", STRUCTURE, "组织领导、规划和年度安排", 3, THRESHOLD, (REVIEW,),
          "三项齐备，每项 1 分", 3),
    _item("duty_list", STRUCTURE, "责任清单制定、完整、按时公布", 5, RATIO, (REPORTED, REVIEW),
          "应列事项中已列的比例；未按时公布的少计 1 项"),
    _item("funds", STRUCTURE, "普法经费列入本单位预算", 3, THRESHOLD, (REVIEW,), "单独列项且金额大于 0", 1),
    _item("staff", STRUCTURE, "人员、联络员、讲师团或志愿者队伍", 3, THRESHOLD, (REVIEW, SITE),
          "三项齐备", 3),
    _item("meetings", STRUCTURE, "联席会议出席、季度报送", 3, RATIO, (REPORTED, ANALYSIS),
          "按时次数÷应有次数"),
    _item("leaders_study", STRUCTURE, "领导干部学法清单、旁听庭审", 3, RATIO, (REPORTED, REVIEW),
          "已完成÷应完成"),
    _item("lawmaking", WAYS, "立法、规范性文件制定过程中的普法", 3, COUNT, (REVIEW,), "每件 1 分", 3),
    _item("enforcement", WAYS, "执法过程中的普法（说理文书、窗口、行政指导）", 6, RATING, (REVIEW, SITE),
          "抽查案卷与窗口评定"),
    _item("cases", WAYS, "以案释法", 5, COUNT, (REPORTED, ONLINE), "全年发布 4 件以上得满分", 4),
    _item("audiences", WAYS, "重点对象普法活动", 6, RATIO, (REPORTED, ANALYSIS), "已开展÷计划"),
    _item("themed_days", WAYS, "重要时间节点主题宣传", 3, RATIO, (REPORTED, REVIEW), "已开展÷应开展"),
    _item("new_media", WAYS, "新媒体普法", 5, COUNT, (ONLINE,), "每月原创 2 篇，全年 24 篇得满分", 24),
    _item("sites", WAYS, "基地与阵地的开放和维护", 2, RATING, (SITE,), "实地评定"),
    _item("completion", EFFECT, "责任清单完成", 8, RATIO, (ANALYSIS, REVIEW), "办结÷总数"),
    _item("exams", EFFECT, "本单位人员学法考试", 4, RATIO, (REPORTED, ANALYSIS), "合格人数÷应考人数"),
    _item("enforcement_quality", EFFECT, "执法质量（复议、诉讼结果）", 5, RATIO, (ANALYSIS,),
          "维持、胜诉÷办结"),
    _item("knowledge", EFFECT, "公众法律知识知晓率", 6, MEAN, (SURVEY,), "知晓率 100% 得满分", 100),
    _item("disputes", EFFECT, "本领域纠纷与投诉化解", 4, RATIO, (ANALYSIS,), "化解÷受理"),
    _item("innovation", EFFECT, "创新、品牌、省级以上采用的典型", 3, COUNT, (REVIEW,), "每件 1 分", 3),
    _item("satisfaction", GAIN, "满意率", 8, MEAN, (SURVEY,), "90% 以上得满分", 90),
    _item("participation", GAIN, "参与率", 5, MEAN, (SURVEY,), "参与率 100% 得满分", 100),
    _item("access", GAIN, "获得法律信息的便利程度", 4, MEAN, (SURVEY, SITE), "便利率 100% 得满分", 100),
    _item("interviews", GAIN, "访谈和暗访评价", 3, RATING, (SITE,), "暗访评定"),
    _item("awards", "加分", "国家级、省级表彰，竞赛第一名，媒体报道", 10, COUNT, (REVIEW,),
          "国家级 5、省级 3、竞赛 2、媒体 1，须有证明，不重复计", 10, SheetPart.BONUS),
    _item("faults", "减分", "重大违法案件、负面舆情、数据失实", 20, COUNT, (REVIEW, ANALYSIS),
          "数据失实减 10 分，其他按情节", 20, SheetPart.DEDUCTION),
    _item("false_data", "一票否决", "弄虚作假、虚报数据", 1, THRESHOLD, (REVIEW, ANALYSIS),
          "查实的，评定为不合格", 1, SheetPart.VETO),
)  # fmt: skip
