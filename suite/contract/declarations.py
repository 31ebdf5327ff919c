"""What a plugin declares. Frozen, keyword-only; lists, forms, imports and exports follow from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Numeric, Table
from sqlalchemy.orm import InstrumentedAttribute

from suite.contract.assessment import AssessmentScheme
from suite.contract.casework import Approval, CaseKind, Guard, Lifecycle, NumberSeries
from suite.contract.codes import CodeList
from suite.contract.coverage import Coverage
from suite.contract.credit import CreditRule, PlatformFeed
from suite.contract.effects import Effect
from suite.contract.holds import Hold
from suite.contract.indicators import FigureSeries, Indicator, IndicatorSet
from suite.contract.ledgers import Ledger
from suite.contract.notices import NoticeKind
from suite.contract.papers import DocumentTemplate
from suite.contract.parameters import Parameter
from suite.contract.penalties import PenaltyKind
from suite.contract.plan import PlanItem
from suite.contract.problems import Problem
from suite.contract.returns import ReturnForm
from suite.contract.roles import Permission, Role
from suite.contract.time_limits import TimeLimit


class SubjectRole(StrEnum):
    """What a kind of subject (监管对象) is."""

    ORGANISATION = "organisation"
    PRACTITIONER = "practitioner"
    PLACE = "place"
    ORGAN = "organ"
    GROUP = "group"


class FieldType(StrEnum):
    """The type of a field's value, from its column and its declaration."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    CODE = "code"
    CODES = "codes"
    LINK = "link"
    DISTRICT = "district"


ValueCheck = Callable[[Any, "CheckContext"], Sequence[Problem]]
RowCheck = Callable[[Mapping[str, Any], "CheckContext"], Sequence[Problem]]
LinkCheck = Callable[[Mapping[str, Any], "Linked", "CheckContext"], Sequence[Problem]]


@dataclass(frozen=True, kw_only=True)
class Linked:
    """What a check may know of the record that a link points to."""

    name: str
    main_no: str | None


@dataclass(frozen=True, kw_only=True)
class CheckContext:
    """What a validator may look at besides its value: the business date and the law's numbers."""

    today: dt.date
    parameters: Mapping[str, Any]

    def number(self, key: str) -> int:
        """The value of a whole-number parameter in force today."""
        return int(self.parameters[key])


@dataclass(frozen=True, init=False)
class Field:
    """One field of a kind: a typed column and how people call, see and type it.

    The column may stand in the plugin's details table or in a core table (`Subject`, `Person`,
    `Identity`). Label, editor, list column, filter, sort, import target, export, audit title and
    masking all follow from this one declaration.

    Example: `Field(Subject.main_no, title="执业证号", headings=("执业证", "律师证号"), required=True,
    checks=(lawyer_number,), listed=True)`
    """

    column: InstrumentedAttribute[Any]
    title: str
    key: str
    help: str
    unit: str
    section: str
    headings: tuple[str, ...]
    codes: str | None
    several: bool
    links: tuple[str, ...]
    link_role: str
    since: str | None
    until: str | None
    span: tuple[str, ...]
    within: str | None
    required: bool
    sensitive: bool
    dated: bool
    unique: bool
    listed: bool
    filtered: bool
    fixed: str | None
    checks: tuple[ValueCheck, ...]
    cleaner: str | None
    width: int

    def __init__(
        self,
        column: InstrumentedAttribute[Any],
        *,
        title: str,
        key: str | None = None,
        help: str = "",
        unit: str = "",
        section: str = "基本信息",
        headings: tuple[str, ...] = (),
        codes: str | None = None,
        several: bool = False,
        links: tuple[str, ...] = (),
        link_role: str = "member",
        since: str | None = None,
        until: str | None = None,
        span: tuple[str, ...] = (),
        within: str | None = None,
        required: bool = False,
        sensitive: bool = False,
        dated: bool = False,
        unique: bool = False,
        listed: bool = False,
        filtered: bool = False,
        fixed: str | None = None,
        checks: tuple[ValueCheck, ...] = (),
        cleaner: str | None = None,
        width: int = 0,
    ) -> None:
        """Declare a field.

        column: mapped attribute. key: defaults to the column's name. unit: in what a number is counted (元):
        the help says it, and an import converts a column whose heading says a multiple (万元). headings:
        other headings met in workbooks. codes: key of a `CodeList`; with `several` the value is a set of its
        values, kept as one text (`code_sets`) in a `key_text` column, typed and shown with 、 between them,
        and a filter asks for membership. links: kinds of subject that the value points to, with `several`
        some of them; with `Subject.body_id` the value is the current post, `link_role` its role and `since`
        the key of the date field that says from when (an import knows it; a form's effective date goes
        before it). until: of a date, the key of the date field in which its span ends; workbooks write both
        in one cell, below a heading of either or of `span` (聘期). within: key of the link whose name, in a
        workbook, tells namesakes apart (the firm of a lawyer).
        required: refused when empty. sensitive: masked unless the reveal permission is held. dated: its
        past values are kept with their dates. unique: two records of the kind with one value are told, and
        taken all the same; what may never be twice has a constraint. listed: a column of the list by default.
        filtered: a filter of the list.
        fixed: why a form shows it as plain text (the act that changes it, e.g. "变更登记"); an import
        and a correction may still set it. checks: validators of one value. cleaner: name of an import
        cleaner where the type alone does not choose it. width: list column width in characters.
        """
        for name, value in (
            ("column", column), ("title", title), ("key", key or column.key), ("help", help),
            ("unit", unit), ("section", section), ("headings", headings), ("codes", codes),
            ("several", several), ("links", links),
            ("link_role", link_role), ("since", since), ("until", until), ("span", span),
            ("within", within), ("required", required),
            ("sensitive", sensitive), ("dated", dated), ("unique", unique), ("listed", listed),
            ("filtered", filtered), ("fixed", fixed), ("checks", checks), ("cleaner", cleaner),
            ("width", width),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    @cached_property
    def hint(self) -> str:
        """What a person who fills it in should know: the help and the unit."""
        unit = f"单位：{self.unit}。" if self.unit and self.unit not in self.title else ""
        return self.help + unit

    @cached_property
    def table(self) -> Table:
        """The table that holds the column."""
        table: Table = self.column.property.columns[0].table
        return table

    @cached_property
    def name(self) -> str:
        """The column's name in its table."""
        return str(self.column.property.columns[0].name)

    @cached_property
    def has_lines(self) -> bool:
        """Whether the value is a long text, which may have several lines."""
        column_type = self.column.property.columns[0].type
        return self.type is FieldType.TEXT and getattr(column_type, "length", None) is None

    @cached_property
    def places(self) -> int | None:
        """How many decimals the column keeps, None where it is no decimal; more would differ by engine."""
        scale: int | None = getattr(self.column.property.columns[0].type, "scale", None)
        return scale if self.type is FieldType.DECIMAL else None

    @cached_property
    def is_year(self) -> bool:
        """Whether the value is a calendar year, which is written without separators; its name says so."""
        return self.type is FieldType.INTEGER and self.name.endswith("_year")

    @cached_property
    def type(self) -> FieldType:
        """The type of the value."""
        if self.codes:
            return FieldType.CODES if self.several else FieldType.CODE
        if self.links:
            return FieldType.LINK
        if self.name == "district_code":
            return FieldType.DISTRICT
        kinds: tuple[tuple[type, FieldType], ...] = (
            (Date, FieldType.DATE),
            (Boolean, FieldType.BOOLEAN),
            (Integer, FieldType.INTEGER),
            (Numeric, FieldType.DECIMAL),
        )
        column_type = self.column.property.columns[0].type
        return next((kind for sql, kind in kinds if isinstance(column_type, sql)), FieldType.TEXT)


@dataclass(frozen=True, kw_only=True)
class LicenceSpec:
    """Which fields of a kind describe its licence (执业许可/执业证书): field keys, or None.

    Example: `LicenceSpec(title="律师执业证", number="main_no", serial="certificate_serial_no",
    valid_from="first_practice_on", valid_to=None)`
    """

    title: str
    number: str
    serial: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class SavedViewSpec:
    """A view that a list brings along: title and filters (field key → values)."""

    title: str
    filters: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """A kind of subject with all its fields.

    Example: see `plugins/lawyers/kinds.py`. `details` is the plugin's one-to-one table, keyed by
    `subject_id`. `match` are the field keys by which an import finds the record again, tried in
    order; several keys together stand in a tuple of their own. `named_after` is the key of the link whose
    record's name is this one's where none is given: a quality of a village is called after the village.
    `status` is the code list of `Subject.status`; `counted` its values that mean "on the
    roster now". `checks` are validators across fields, `link_checks` those that ask for the record that
    a link (its key) points to. `begins` is the key of the date field that says
    since when a record is on the roster; without it that is the licence's `valid_from`, which does not do
    where a renewal moves it. `clashes_with`: kinds that the same person may not hold besides, by
    `clash_article`; saving either tells of the other and takes it all the same. `holds`: what bars a plain
    change of a record, and an application just so. `published` are the keys of the fields that an edition of
    the roster shows unless others are asked for; without them those that the list shows. `known_by`: keys of
    fields of a practitioner's details (工作单位) that tell namesakes apart where no number does, besides
    birth date, body and telephone.
    """

    key: str
    title: str
    role: SubjectRole
    details: Table
    fields: tuple[Field, ...]
    match: tuple[str | tuple[str, ...], ...]
    status: str
    counted: tuple[str, ...] = ("active",)
    unit: str = "人"
    licence: LicenceSpec | None = None
    checks: tuple[RowCheck, ...] = ()
    link_checks: tuple[tuple[str, LinkCheck], ...] = ()
    views: tuple[SavedViewSpec, ...] = ()
    headline: tuple[str, ...] = ()
    begins: str | None = None
    named_after: str | None = None
    clashes_with: tuple[str, ...] = ()
    clash_article: str | None = None
    holds: tuple[Hold, ...] = ()
    published: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    order: int = 100

    @property
    def owner(self) -> str:
        """The plugin that declares it; also the profession that rights are scoped by."""
        return self.key.split(".", 1)[0]

    @property
    def list_title(self) -> str:
        """What a list of them is called."""
        return f"{self.title}名册"

    @property
    def beginning(self) -> str | None:
        """The key of the field that says since when a record is on the roster, where one does."""
        return self.begins or (self.licence.valid_from if self.licence else None)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Field key → field."""
        return {field.key: field for field in self.fields}

    @cached_property
    def match_keys(self) -> tuple[tuple[str, ...], ...]:
        """What an import finds a record again by, each as the keys that are asked for together."""
        return tuple((keys,) if isinstance(keys, str) else keys for keys in self.match)

    @cached_property
    def has_person(self) -> bool:
        """Whether a natural person stands behind each record."""
        return self.role is SubjectRole.PRACTITIONER


@dataclass(frozen=True, kw_only=True)
class Page:
    """A plugin's own page, named by string and imported when first opened.

    Example: `Page(key="lawyers.counsel_map", title="村居顾问分布", section="roster",
    widget="plugins.lawyers.pages.counsel_map:CounselMapPage", permission="lawyers:roster:read")`
    """

    key: str
    title: str
    section: str
    widget: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class SampleData:
    """How the demonstration makes an invented roster of a kind.

    `rows` is named by string ("plugins.lawyers.sample:lawyer_rows") and called with a `SampleRequest`;
    it yields one mapping of heading → cell for each row of the workbook. `order` sorts the imports
    (bodies before their people).
    """

    kind: str
    file_name: str
    title: str
    headings: tuple[str, ...]
    rows: str
    order: int

    @property
    def key(self) -> str:
        """One sample for each kind."""
        return self.kind


@dataclass(frozen=True, kw_only=True)
class SampleRequest:
    """What a sample roster is made from: the same request gives the same rows."""

    practitioners: int
    seed: int
    today: dt.date
    villages: Sequence[tuple[str, str, str, str]]  # code, name, township name, district code
    districts: Sequence[tuple[str, str]]  # code, short name


@dataclass(frozen=True, kw_only=True)
class HelpPage:
    """A page of the help, in Markdown; F1 on one of `pages` opens it.

    Example: `HelpPage(key="lawyers.help.review", title="年度考核", text="plugins.lawyers:help/review.md",
    pages=("review",))`

    `text` is "package:file", read when the page is first opened. A link to `page:import` opens that page of
    the window, one to `help:core.help.import` another help page.
    """

    key: str
    title: str
    text: str
    pages: tuple[str, ...] = ()


Declaration = (
    CodeList
    | Parameter
    | Permission
    | Role
    | RecordKind
    | Page
    | SampleData
    | HelpPage
    | FigureSeries
    | Indicator
    | IndicatorSet
    | ReturnForm
    | AssessmentScheme
    | CaseKind
    | Lifecycle
    | Guard
    | Effect
    | Approval
    | Coverage
    | NumberSeries
    | DocumentTemplate
    | TimeLimit
    | NoticeKind
    | PenaltyKind
    | CreditRule
    | PlatformFeed
    | Ledger
    | PlanItem
)
