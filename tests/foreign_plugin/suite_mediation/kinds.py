"""人民调解委员会 and 人民调解员."""

from __future__ import annotations

from collections.abc import Sequence

from suite.api import (
    DISTRICT_FIELD,
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    CheckContext,
    Code,
    CodeList,
    Field,
    Problem,
    RecordKind,
    SavedViewSpec,
    StateKind,
    Subject,
    SubjectRole,
    category_field,
    identity_agrees,
    name_field,
    past_date,
    status_field,
    table_of,
)
from suite_mediation.tables import Committee, Mediator

CODE_LISTS = (
    CodeList(
        key="mediation.committee_kind",
        title="类别",
        codes=(
            Code(value="village", title="村（居）调委会", also=("村居", "村（社区）")),
            Code(value="township", title="乡镇（街道）调委会", also=("乡镇", "街道")),
            Code(value="trade", title="行业性、专业性调委会", also=("行业", "专业")),
        ),
    ),
    CodeList(
        key="mediation.committee_status",
        title="状态",
        codes=(
            Code(value="active", title="在册", also=("正常",), state=StateKind.OK),
            Code(value="ended", title="已撤销", also=("撤销",), state=StateKind.ENDED),
        ),
    ),
    CodeList(
        key="mediation.employment",
        title="专兼职",
        codes=(
            Code(value="full_time", title="专职", also=("专职调解员",)),
            Code(value="part_time", title="兼职", also=("兼职调解员",)),
        ),
    ),
    CodeList(
        key="mediation.mediator_status",
        title="状态",
        codes=(
            Code(value="active", title="在岗", also=("正常",), state=StateKind.OK),
            Code(value="left", title="已解聘", also=("解聘", "离任"), state=StateKind.ENDED),
        ),
    ),
)


def three_to_nine(value: int, context: CheckContext) -> Sequence[Problem]:
    """A committee has three to nine members (人民调解法第八条)."""
    if 3 <= value <= 9:
        return ()
    text = f"人民调解委员会由委员三至九人组成，现填 {value} 人，请核对。"
    return (Problem(code="mediation.members", text=text, article="人民调解法第八条"),)


COMMITTEE = RecordKind(
    key="mediation.committee",
    title="人民调解委员会",
    role=SubjectRole.ORGANISATION,
    details=table_of(Committee),
    status="mediation.committee_status",
    begins="founded_on",
    unit="个",
    order=20,
    match=("name",),
    headline=("category", "district_code", "members", "founded_on"),
    views=(SavedViewSpec(title="在册调委会", filters={"status": ("active",)}),),
    fields=(
        name_field("调委会名称", ("名称", "调委会", "人民调解委员会"), width=26),
        category_field("类别", "mediation.committee_kind", ("调委会类别",), width=20),
        DISTRICT_FIELD,
        Field(
            Committee.members,
            title="委员人数",
            headings=("委员数",),
            checks=(three_to_nine,),
            listed=True,
        ),
        Field(
            Committee.founded_on, title="设立日期", headings=("成立日期",), checks=(past_date,), listed=True
        ),
        Field(Committee.address, title="地址", headings=("住所",), width=30),
        status_field("mediation.committee_status", ("调委会状态",), title="状态"),
    ),
)

MEDIATOR = RecordKind(
    key="mediation.mediator",
    title="人民调解员",
    role=SubjectRole.PRACTITIONER,
    details=table_of(Mediator),
    status="mediation.mediator_status",
    begins="engaged_on",
    order=10,
    match=("id_number",),
    headline=("body_id", "category", "engaged_on", "phone"),
    checks=(identity_agrees,),
    views=(SavedViewSpec(title="在岗调解员", filters={"status": ("active",)}),),
    fields=(
        name_field("姓名", ("调解员姓名", "调解员"), width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        DISTRICT_FIELD,
        Field(
            Subject.body_id,
            title="所在调委会",
            headings=("所属调委会", "调委会"),
            links=("mediation.committee",),
            since="engaged_on",
            required=True,
            listed=True,
            filtered=True,
            width=26,
        ),
        category_field("专兼职", "mediation.employment", ("专职或兼职",)),
        Field(
            Mediator.engaged_on, title="聘任日期", headings=("聘用日期",), checks=(past_date,), listed=True
        ),
        status_field("mediation.mediator_status", ("调解员状态",), title="状态"),
    ),
)

KINDS = (MEDIATOR, COMMITTEE)
