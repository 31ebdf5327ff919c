"""The core data model, in one room: the areas refer to one another by foreign key."""

from suite.tables.accounts import Grant, Password, Request, Section, SectionKind, StandIn, User
from suite.tables.assessments import (
    Assessment,
    AssessmentEvent,
    Campaign,
    Objection,
    SchemeGrade,
    SchemeItem,
    SchemeVersion,
    Score,
)
from suite.tables.audit import AuditEntry, AuditLink, AuditSecret, AuditTransaction
from suite.tables.backups import Backup
from suite.tables.base import CoreBase
from suite.tables.cases import (
    Allegation,
    Case,
    CaseApproval,
    CaseClock,
    CaseEvent,
    CaseParty,
    Complainant,
    NumberSeriesYear,
)
from suite.tables.editions import RosterEdition, RosterEditionRow
from suite.tables.exchange import ImportLayout, ImportRow, ImportRun, ImportSecret
from suite.tables.figures import FigureValue
from suite.tables.history import DatedValue, Licence, LicenceEvent, Post
from suite.tables.house import CalendarDay, CalendarYear, ParameterValue, SavedView
from suite.tables.merging import MERGED, STAYS, Merge, MergeRow
from suite.tables.notices import Notice, NoticeReceipt
from suite.tables.partners import (
    ForeignUid,
    House,
    Partner,
    Reconciled,
    RosterExchange,
    RosterExchangeRow,
    SubjectUid,
)
from suite.tables.places import District, Township, Village
from suite.tables.subjects import Identity, Person, SearchKey, SearchScope, Subject

__all__ = [
    "MERGED",
    "STAYS",
    "Allegation",
    "Assessment",
    "AssessmentEvent",
    "AuditEntry",
    "AuditLink",
    "AuditSecret",
    "AuditTransaction",
    "Backup",
    "CalendarDay",
    "CalendarYear",
    "Campaign",
    "Case",
    "CaseApproval",
    "CaseClock",
    "CaseEvent",
    "CaseParty",
    "Complainant",
    "CoreBase",
    "DatedValue",
    "District",
    "FigureValue",
    "ForeignUid",
    "Grant",
    "House",
    "Identity",
    "ImportLayout",
    "ImportRow",
    "ImportRun",
    "ImportSecret",
    "Licence",
    "LicenceEvent",
    "Merge",
    "MergeRow",
    "Notice",
    "NoticeReceipt",
    "NumberSeriesYear",
    "Objection",
    "ParameterValue",
    "Partner",
    "Password",
    "Person",
    "Post",
    "Reconciled",
    "Request",
    "RosterEdition",
    "RosterEditionRow",
    "RosterExchange",
    "RosterExchangeRow",
    "SavedView",
    "SchemeGrade",
    "SchemeItem",
    "SchemeVersion",
    "Score",
    "SearchKey",
    "SearchScope",
    "Section",
    "SectionKind",
    "StandIn",
    "Subject",
    "SubjectUid",
    "Township",
    "User",
    "Village",
]
