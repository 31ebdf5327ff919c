"""The core data model, in one room: the areas refer to one another by foreign key."""

from suite.tables.accounts import Grant, HandOver, Password, Request, Section, SectionKind, StandIn, User
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
    LineOfCase,
    NumberSeriesYear,
)
from suite.tables.credit import (
    CreditEvent,
    CreditRecord,
    PlatformExport,
    PlatformItem,
    Publicity,
    PublicitySend,
    PublicityValue,
)
from suite.tables.cross_notices import CrossNotice, CrossNoticeLine
from suite.tables.documents import (
    Attachment,
    CaseContent,
    CaseFiling,
    DocumentService,
    IssuedDocument,
    TemplateVersion,
)
from suite.tables.editions import RosterEdition, RosterEditionRow
from suite.tables.exchange import ImportCase, ImportEntry, ImportLayout, ImportRow, ImportRun, ImportSecret
from suite.tables.figures import FigureValue
from suite.tables.history import DatedValue, Licence, LicenceEvent, Post
from suite.tables.house import CalendarDay, CalendarYear, ParameterValue, SavedView
from suite.tables.inspections import Draw, DrawPick, InspectionPlan, Recusal
from suite.tables.ledgers import LedgerEntry, LedgerFile, LedgerSubject
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
from suite.tables.penalties import DisciplineColumns, PenaltyColumns, Task
from suite.tables.places import District, Township, Village
from suite.tables.snapshots import Report, SavedQuestion, Snapshot, SnapshotPart
from suite.tables.subjects import Identity, Person, SearchKey, SearchScope, Subject
from suite.tables.surveys import SurveyAnswer

__all__ = [
    "MERGED",
    "STAYS",
    "Allegation",
    "Assessment",
    "AssessmentEvent",
    "Attachment",
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
    "CaseContent",
    "CaseEvent",
    "CaseFiling",
    "CaseParty",
    "Complainant",
    "CoreBase",
    "CreditEvent",
    "CreditRecord",
    "CrossNotice",
    "CrossNoticeLine",
    "DatedValue",
    "DisciplineColumns",
    "District",
    "DocumentService",
    "Draw",
    "DrawPick",
    "FigureValue",
    "ForeignUid",
    "Grant",
    "HandOver",
    "House",
    "Identity",
    "ImportCase",
    "ImportEntry",
    "ImportLayout",
    "ImportRow",
    "ImportRun",
    "ImportSecret",
    "InspectionPlan",
    "IssuedDocument",
    "LedgerEntry",
    "LedgerFile",
    "LedgerSubject",
    "Licence",
    "LicenceEvent",
    "LineOfCase",
    "Merge",
    "MergeRow",
    "Notice",
    "NoticeReceipt",
    "NumberSeriesYear",
    "Objection",
    "ParameterValue",
    "Partner",
    "Password",
    "PenaltyColumns",
    "Person",
    "PlatformExport",
    "PlatformItem",
    "Post",
    "Publicity",
    "PublicitySend",
    "PublicityValue",
    "Reconciled",
    "Recusal",
    "Report",
    "Request",
    "RosterEdition",
    "RosterEditionRow",
    "RosterExchange",
    "RosterExchangeRow",
    "SavedQuestion",
    "SavedView",
    "SchemeGrade",
    "SchemeItem",
    "SchemeVersion",
    "Score",
    "SearchKey",
    "SearchScope",
    "Section",
    "SectionKind",
    "Snapshot",
    "SnapshotPart",
    "StandIn",
    "Subject",
    "SubjectUid",
    "SurveyAnswer",
    "Task",
    "TemplateVersion",
    "Township",
    "User",
    "Village",
]
