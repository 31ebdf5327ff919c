"""The three coverages of the plan: villages by counsel, organs by counsel, organs by government lawyers."""

from plugins.lawyers.counsel.parameters import MAX_VILLAGES, SOON_DAYS
from plugins.lawyers.counsel.sides import (
    FIRMS,
    GOVERNMENT_LAWYERS,
    ORGAN_AGREEMENTS,
    ORGANS,
    PRACTISING,
    SERVED_VILLAGES,
    SHARING_ORGANS,
    SOUND_ORGAN_AGREEMENTS,
    SOUND_VILLAGE_AGREEMENTS,
    VILLAGE_AGREEMENTS,
    VILLAGES,
)
from suite.api import Coverage

NOT_PRACTISING = "顾问律师已不在正常执业"

COVERAGES = (
    Coverage(
        key="lawyers.village_counsel_coverage",
        title="村（居）法律顾问",
        of=VILLAGES,
        by=VILLAGE_AGREEMENTS,
        sound=SOUND_VILLAGE_AGREEMENTS,
        unsound=NOT_PRACTISING,
        served=SERVED_VILLAGES,
        unserved="近期服务记录达不到要求",
        group="body_id",
        begins="starts_on",
        until="valid_until",
        soon=SOON_DAYS,
        who="counsel_id",
        named="counsel_name",
        firm="firm_id",
        firms=FIRMS,
        staff=PRACTISING,
        address="address_code",
        most=MAX_VILLAGES,
        help="当日有有效协议的村（居）为有形覆盖；顾问正常执业且服务记录达到要求的为有效覆盖，"
        "达不到的为只有协议。",
    ),
    Coverage(
        key="lawyers.organ_counsel_coverage",
        title="党政机关法律顾问",
        of=ORGANS,
        by=ORGAN_AGREEMENTS,
        sound=SOUND_ORGAN_AGREEMENTS,
        unsound=NOT_PRACTISING,
        group="unit_level",
        begins="starts_on",
        until="valid_until",
        soon=SOON_DAYS,
        who="counsel_id",
        named="counsel_name",
        firm="firm_id",
        firms=FIRMS,
        staff=PRACTISING,
        help="“用人单位”名册中的市、县、乡级党政机关，当日有在聘法律顾问的为已覆盖。",
    ),
    Coverage(
        key="lawyers.government_lawyer_coverage",
        title="公职律师",
        people="公职律师",
        of=ORGANS,
        by=GOVERNMENT_LAWYERS,
        group="unit_level",
        otherwise=SHARING_ORGANS,
        by_other="统筹共享或委托",
        help="当日有正常执业的公职律师，或经批准统筹共享、委托的党政机关为已覆盖。",
    ),
)
