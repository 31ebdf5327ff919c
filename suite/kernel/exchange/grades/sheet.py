"""The grades of years past as the importer sees them: who, of which year, which grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from suite.contract.assessment import AssessmentScheme
from suite.contract.declarations import Field, RecordKind, SubjectRole
from suite.database.base import table_of
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign

WHO, YEAR, GRADE, DOCUMENT = "subject_id", "year", "grade", "document_no"


@dataclass(frozen=True, kw_only=True)
class GradeSheet(RecordKind):
    """A list of grades of one scheme."""

    scheme: AssessmentScheme

    @property
    def list_title(self) -> str:
        """What a list of them is called."""
        return self.title


_sheets: WeakKeyDictionary[Catalog, dict[str, GradeSheet]] = WeakKeyDictionary()


def grade_sheets(catalog: Catalog) -> Mapping[str, GradeSheet]:
    """Key of the scheme → its list of grades, of every scheme that is declared."""
    if catalog not in _sheets:
        schemes = sorted(catalog.schemes.values(), key=lambda scheme: (scheme.order, scheme.key))
        _sheets[catalog] = {scheme.key: _sheet(catalog, scheme) for scheme in schemes}
    return _sheets[catalog]


def _sheet(catalog: Catalog, scheme: AssessmentScheme) -> GradeSheet:
    named = "、".join(catalog.kinds[key].title for key in scheme.kinds)
    return GradeSheet(
        key=scheme.key,
        title=f"{scheme.title}往年等次",
        role=SubjectRole.GROUP,
        details=table_of(Assessment),
        fields=(
            Field(
                Assessment.subject_id, key=WHO, title="考核对象", links=scheme.kinds, required=True,
                headings=(
                    "姓名", "名称", "机构名称", "单位名称", "律师姓名", "执业证号", "证号", "编号",
                ),
                help=f"{named}名册中的名称或编号；同名的填编号。",
            ),
            Field(
                Campaign.title, key=YEAR, title="年度", required=True, listed=True,
                headings=("考核年度", "年份", "评定年度", "考核年份"), help="如 2023。",
            ),
            Field(
                Assessment.grade, key=GRADE, title="等次", codes=scheme.grades_key, required=True,
                headings=("考核等次", "考核结果", "评定等次", "等级", "诚信等级", "结果", "评定结果"),
            ),
            Field(
                Assessment.departure, key=DOCUMENT, title="文号", headings=("公布文号", "文件号", "备案文号"),
            ),
        ),
        match=(WHO,),
        status=scheme.grades_key,
        unit="个",
        order=scheme.order,
        scheme=scheme,
    )  # fmt: skip
