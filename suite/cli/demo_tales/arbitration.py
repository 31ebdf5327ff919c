"""Complaints about arbitration, and what happens inside proceedings."""

from suite.cli.demo_tales.tale import (
    ACCEPTED,
    ARBITRATOR,
    COMMISSION,
    PARTLY,
    SUBSTANTIATED,
    Tale,
    found,
    told,
    way,
)

ARBITRATION = (
    Tale(
        kind="arbitration.complaint",
        about=COMMISSION,
        back=66,
        values=told("delay", "受理两个月未组庭", case_no="石裁字〔2026〕第0088号"),
        way=(
            *found(PARTLY),
            ("DecideComplaint", 24, {"outcome": "order", "decision_summary": "建议责令限期组庭。"}),
            ("RecordProvinceReply", 40, {"province_no": "冀司函〔2026〕12号"}),
            ("ReplyComplaint", 44, {"reply_no": "石司仲答〔2026〕1号"}),
        ),
    ),
    Tale(
        kind="arbitration.complaint",
        about=COMMISSION,
        back=14,
        values=told("fee", "仲裁费未按标准退还"),
        way=ACCEPTED,
    ),
    Tale(
        kind="arbitration.complaint",
        about=COMMISSION,
        back=9,
        values=told("other", "认为裁决认定事实错误"),
        way=(("RefuseComplaint", 4, {"refusal_ground": "award"}), ("NotifyRefusal", 5, {})),
    ),
    Tale(
        kind="arbitration.conduct_complaint",
        about=ARBITRATOR,
        back=80,
        values=told("meeting", "开庭前与一方代理人单独会面"),
        way=(
            *way(
                finding=SUBSTANTIATED,
                outcome="bar",
                words="六个月内不予指定。",
                reply="石仲职答〔2026〕1号",
                bar_months=6,
            ),
            ("CopyDecision", 30, {"copied_to": "石家庄市律师协会"}),
        ),
    ),
    Tale(
        kind="arbitration.conduct_complaint",
        about=ARBITRATOR,
        back=17,
        values=told("non_disclosure", "未披露与代理人同所"),
    ),
)

PROCEEDINGS = (
    Tale(
        kind="arbitration.scrutiny",
        about=COMMISSION,
        back=12,
        opening="SubmitDraftAward",
        days={"drafted_on": 1},
        values={"case_no": "石裁字〔2026〕第0102号"},
        way=(
            ("CheckDraftAward", 1, {"checked_by": "秘书丙", "scrutineer": ("核阅人乙",)}),
            (
                "CommentDraftAward",
                3,
                {"comment_kinds": ("form", "number"), "comments": "利息起算日与正文不一致"},
            ),
            ("AnswerComments", 5, {"accepted": "all"}),
            ("IssueAward", 6, {}),
        ),
    ),
    Tale(
        kind="arbitration.scrutiny",
        about=COMMISSION,
        back=3,
        opening="SubmitDraftAward",
        days={"drafted_on": 0},
        values={"case_no": "石裁字〔2026〕第0117号"},
    ),
    Tale(
        kind="arbitration.consultation",
        about=COMMISSION,
        back=25,
        opening="RequestConsultation",
        values={
            "case_no": "石裁字〔2026〕第0095号",
            "asked_by": "tribunal",
            "criteria": ("foreign", "new"),
            "reason": "涉外数据服务合同的准据法",
        },
        way=(
            ("ConveneExperts", 5, {"no_conflict": True, "expert": ("专家甲", "专家乙", "专家丁")}),
            ("RecordExpertOpinion", 12, {"opinion": "宜适用当事人约定的法律。"}),
        ),
    ),
)
