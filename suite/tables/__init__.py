"""The core data model, in one room: the areas refer to one another by foreign key."""

from suite.tables.accounts import Grant, Password, Request, Section, User
from suite.tables.audit import AuditEntry, AuditLink, AuditSecret, AuditTransaction
from suite.tables.base import CoreBase
from suite.tables.exchange import ImportRow, ImportRun
from suite.tables.history import DatedValue, Licence, LicenceEvent, Post
from suite.tables.house import CalendarDay, ParameterValue, SavedView
from suite.tables.places import District, Township, Village
from suite.tables.subjects import Identity, Person, SearchKey, Subject

__all__ = [
    "AuditEntry",
    "AuditLink",
    "AuditSecret",
    "AuditTransaction",
    "CalendarDay",
    "CoreBase",
    "DatedValue",
    "District",
    "Grant",
    "Identity",
    "ImportRow",
    "ImportRun",
    "Licence",
    "LicenceEvent",
    "ParameterValue",
    "Password",
    "Person",
    "Post",
    "Request",
    "SavedView",
    "SearchKey",
    "Section",
    "Subject",
    "Township",
    "User",
    "Village",
]
