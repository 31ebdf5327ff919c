"""Appearances in court, and the restricted log of interference."""

from suite.cli.demo_tales.tale import (
    APPRAISER,
    INSTITUTION,
    Tale,
)

COURT = (
    Tale(
        kind="appraisal.court_appearance",
        about=APPRAISER,
        back=45,
        opening="RegisterCourtNotice",
        days={"notified_on": 1},
        values={"court": "桥西区人民法院", "court_case_no": "（2026）冀0104民初331号"},
        way=(("RecordAppearance", 10, {"way": "present"}), ("RecordAdoption", 40, {"adopted": "adopted"})),
    ),
    Tale(
        kind="appraisal.court_appearance",
        about=APPRAISER,
        back=30,
        opening="RegisterCourtNotice",
        days={"notified_on": 1},
        values={"court": "长安区人民法院"},
        way=(
            ("RecordRefusal", 11, {"refusal_reason": "未到庭，未说明理由"}),
            ("ReferRefusal", 15, {"referred_to": "河北省司法厅"}),
        ),
    ),
    Tale(
        kind="appraisal.court_appearance",
        about=APPRAISER,
        back=4,
        opening="RegisterCourtNotice",
        days={"notified_on": 1},
        values={"court": "正定县人民法院"},
    ),
    Tale(
        kind="appraisal.interference",
        about=INSTITUTION,
        back=22,
        opening="RecordInterference",
        days={"happened_on": 1},
        values={
            "interferer_unit": "某保险公司",
            "means": "plea",
            "course": "来电要求降低伤残等级",
            "keeper": "机构负责人",
            "interferer": ("张某",),
        },
        way=(
            ("ReportInterference", 2, {}),
            ("HandleInterference", 9, {"handled": "函告其单位，已批评教育。"}),
        ),
    ),
)
