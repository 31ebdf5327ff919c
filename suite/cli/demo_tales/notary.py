"""The three channels of complaint about notaries, and an inspection of quality."""

from suite.cli.demo_tales.tale import (
    INVESTIGATED,
    NOTARY,
    OFFICE,
    PARTLY,
    SUBSTANTIATED,
    Tale,
    told,
    way,
)

NOTARIES = (
    Tale(
        kind="notary.complaint",
        about=OFFICE,
        back=130,
        days={"known_on": 60},
        values=told("fee", "继承公证在标准外另收“调查费”", certificate_no="（2026）冀石证民字第118号"),
        way=(
            *way(
                finding=SUBSTANTIATED, outcome="order", words="责令退还并改正。", reply="石司公答〔2026〕1号"
            ),
            ("ConfirmRectification", 50, {}),
            ("ReportResult", 52, {"reported_to": "石家庄市公证协会"}),
        ),
    ),
    Tale(
        kind="notary.complaint",
        about=NOTARY,
        back=85,
        days={"known_on": 20},
        values=told("untrue", "未核实委托人本人到场", certificate_no="（2026）冀石证民字第240号"),
        way=(
            *way(finding=PARTLY, outcome="talk", words="约谈公证员。", reply="石司公答〔2026〕3号"),
            ("AnnulFindings", 60, {"annul": (1,), "annulment_document": "冀司复决〔2026〕9号"}),
        ),
    ),
    Tale(
        kind="notary.complaint",
        about=OFFICE,
        back=50,
        values=told("refusal", "以材料过期为由拒绝受理", source="hotline"),
        way=(("RefuseComplaint", 5, {"refusal_ground": "content"}), ("NotifyRefusal", 6, {})),
    ),
    Tale(
        kind="notary.complaint",
        about=OFFICE,
        back=30,
        values=told("area", "到邻县招揽业务"),
        way=INVESTIGATED,
    ),
    Tale(
        kind="notary.complaint",
        about=NOTARY,
        back=16,
        values=told("recusal", "为亲属办理公证", source="online"),
    ),
    Tale(
        kind="notary.recheck",
        about=OFFICE,
        back=70,
        opening="OpenRecheck",
        days={"certified_on": 200, "known_on": 30},
        values={"certificate_no": "（2026）冀石证民字第77号", "is_party": False, "request": "撤销委托公证"},
        way=(
            ("DecideRecheck", 25, {"result": "withdraw", "decision_no": "石公复决〔2026〕2号"}),
            ("AnnounceWithdrawal", 30, {"announced_in": "石家庄日报"}),
        ),
    ),
    Tale(
        kind="notary.recheck",
        about=OFFICE,
        back=18,
        opening="OpenRecheck",
        days={"certified_on": 90, "known_on": 40},
        values={"certificate_no": "（2026）冀石证经字第15号", "is_party": True, "request": "更正金额"},
    ),
    Tale(
        kind="notary.review_dispute",
        about=OFFICE,
        back=35,
        days={"reviewed_on": 20},
        values=told("content", "复查未核对笔迹即维持", certificate_no="（2026）冀石证民字第52号"),
        way=(*INVESTIGATED, ("ConsultExperts", 15, {"expert_opinion": "建议重新核对签名样本。"})),
    ),
    Tale(
        kind="notary.quality_inspection",
        about=OFFICE,
        back=40,
        opening="PlanQualityInspection",
        values={
            "matter_year": 2025,
            "population": 1860,
            "sample_size": 3,
            "seed": "石家庄2026质检-7",
            "sampling": "按卷宗编号排列，以种子随机抽取，不重复",
        },
        way=(
            (
                "AddSampledFiles",
                6,
                {
                    "lines": (
                        {
                            "list_key": "files",
                            "figure": 212,
                            "name": "（2025）冀石证民字第212号",
                            "grade": "qualified",
                        },
                        {
                            "list_key": "files",
                            "figure": 905,
                            "name": "（2025）冀石证民字第905号",
                            "grade": "basic",
                            "text": "谈话笔录过简",
                        },
                        {
                            "list_key": "files",
                            "figure": 1571,
                            "name": "（2025）冀石证经字第171号",
                            "grade": "qualified",
                        },
                    )
                },
            ),
            (
                "ConcludeQualityInspection",
                10,
                {
                    "qualified": 2,
                    "basic": 1,
                    "unqualified": 0,
                    "wrong": 0,
                    "summary": "总体合格，谈话笔录需规范。",
                },
            ),
            ("TellQualityResult", 14, {}),
        ),
    ),
)
