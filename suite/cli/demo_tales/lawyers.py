"""Complaints about lawyers, and requests to protect their rights."""

from suite.cli.demo_tales.tale import (
    ACCEPTED,
    FIRM,
    INVESTIGATED,
    LAWYER,
    PARTLY,
    SUBSTANTIATED,
    SUPPLEMENT,
    UNFOUNDED,
    Tale,
    found,
    told,
    way,
)

LAWYERS = (
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=150,
        days={"received_on": 2},
        values=told("diligence", "开庭前未阅卷，庭审中未提交已有的证据", matter_no="2026 民字第 31 号"),
        way=way(
            finding=SUBSTANTIATED,
            outcome="measure",
            words="警示谈话，责令改正。",
            reply="石司律答〔2026〕3号",
        ),
    ),
    Tale(
        kind="lawyers.complaint",
        about=FIRM,
        back=110,
        values=told("fee", "收费未开票据"),
        way=way(
            finding=UNFOUNDED, outcome="no_violation", words="收费有合同和票据。", reply="石司律答〔2026〕7号"
        ),
    ),
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=75,
        values=told("private", "个人收取代理费两万元", source="visit"),
        way=way(
            finding=SUBSTANTIATED, outcome="penalty", words="转行政处罚立案。", reply="石司律答〔2026〕11号"
        ),
    ),
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=40,
        values=told("conflict", "先后代理双方当事人"),
        way=(*INVESTIGATED, ("SuspendComplaint", 15, {"suspension_reason": "等待法院对同一事实的判决"})),
    ),
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=33,
        opening="ReceiveReferral",
        values=told("court", "庭审中多次打断审判长", source="transfer", transferred_from="桥西区人民法院"),
        way=found(PARTLY),
    ),
    Tale(
        kind="lawyers.complaint",
        about=FIRM,
        back=26,
        values=told("other", "律师辱骂对方当事人", source="hotline"),
        way=(("TransferComplaint", 3, {"transferred_to": "石家庄市律师协会"}), ("NotifyTransfer", 5, {})),
    ),
    # Nobody looked at it within ten working days.
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=21,
        values=told("secrecy", "在网络上公开案件材料", source="online"),
    ),
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=6,
        opening="RecordLead",
        values=told("fee", "来信未署名，反映风险代理收费过高"),
    ),
    Tale(
        kind="lawyers.complaint",
        about=LAWYER,
        back=4,
        values=told("diligence", "超过上诉期才告知判决"),
        way=(SUPPLEMENT,),
    ),
    Tale(
        kind="lawyers.association_complaint",
        about=LAWYER,
        back=95,
        values=told("other", "在朋友圈发布不实的胜诉率广告"),
        way=(
            ("AcceptComplaint", 6, {}),
            ("NotifyAcceptance", 9, {}),
            ("StartInvestigation", 10, {}),
            ("FindAllegations", 25, {"findings": ({"no": 1, "finding": SUBSTANTIATED},)}),
            ("DecideComplaint", 30, {"outcome": "criticism", "decision_summary": "通报批评。"}),
            ("ReplyComplaint", 33, {"reply_no": "石律惩〔2026〕4号"}),
            ("CloseComplaint", 70, {}),
        ),
    ),
    Tale(
        kind="lawyers.association_complaint",
        about=LAWYER,
        back=48,
        values=told("conflict", "未作利益冲突审查即接受委托"),
        way=(
            ("AcceptComplaint", 6, {}),
            ("NotifyAcceptance", 9, {}),
            ("StartInvestigation", 10, {}),
            ("FindAllegations", 25, {"findings": ({"no": 1, "finding": SUBSTANTIATED},)}),
            ("OfferComplaintHearing", 27, {}),
            ("DecideComplaint", 38, {"outcome": "suspension", "decision_summary": "中止会员权利三个月。"}),
            ("ReplyComplaint", 41, {"reply_no": "石律惩〔2026〕6号"}),
        ),
    ),
    Tale(kind="lawyers.association_complaint", about=FIRM, back=8, values=told("fee", "合同外加收“协调费”")),
    Tale(
        kind="lawyers.counsel_complaint",
        about=LAWYER,
        back=62,
        values=told(
            "absent", "三个月没有到村服务，群内不答复", counsel_kind="village", served_name="长安区南村镇某村"
        ),
        way=way(
            finding=SUBSTANTIATED,
            outcome="replacement",
            words="建议更换顾问，扣减当季补贴。",
            reply="石司顾答〔2026〕2号",
        ),
    ),
    Tale(
        kind="lawyers.counsel_complaint",
        about=LAWYER,
        back=12,
        values=told(
            "quality", "审查的合同遗漏违约条款", counsel_kind="government", served_name="某街道办事处"
        ),
        way=ACCEPTED,
    ),
    Tale(
        kind="lawyers.rights_request",
        about=LAWYER,
        back=20,
        opening="OpenRightsRequest",
        days={"happened_on": 2},
        values={
            "right": "meeting",
            "organ": "某县公安局",
            "place": "某县看守所",
            "obstacle": "手续齐全，四十八小时内未安排会见",
        },
        way=(
            ("ForwardRightsRequest", 1, {"forwarded_to": "某县公安局"}),
            ("RecordOrganAnswer", 8, {"answer": "已安排会见，并提醒值班民警。", "result": "corrected"}),
            ("CloseRightsRequest", 9, {}),
        ),
    ),
    Tale(
        kind="lawyers.rights_request",
        about=LAWYER,
        back=15,
        opening="OpenRightsRequest",
        days={"happened_on": 1},
        values={"right": "reading", "organ": "某区人民检察院", "obstacle": "审查起诉阶段不准复制讯问录像"},
        way=(("ForwardRightsRequest", 1, {"forwarded_to": "某区人民检察院"}),),
    ),
)
