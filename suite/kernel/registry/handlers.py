"""Which function carries out which command of the registry."""

from collections.abc import Mapping

from suite.contract.commands import Command, Handler
from suite.kernel.registry.commands import (
    CorrectHistory,
    DeleteView,
    RecordLicenceEvent,
    RevealIdentity,
    RevealMany,
    SaveRecords,
    SaveView,
    VoidHistory,
)
from suite.kernel.registry.history import correct_history, record_licence_event, void_history
from suite.kernel.registry.integrity import MendDatabase, mend_database
from suite.kernel.registry.places import LoadPlaces, load_places
from suite.kernel.registry.reveal import reveal_identity, reveal_many
from suite.kernel.registry.save import save_records
from suite.kernel.registry.views import delete_view, save_view

HANDLERS: Mapping[type[Command], Handler] = {
    SaveRecords: save_records,
    RecordLicenceEvent: record_licence_event,
    CorrectHistory: correct_history,
    VoidHistory: void_history,
    RevealIdentity: reveal_identity,
    RevealMany: reveal_many,
    LoadPlaces: load_places,
    MendDatabase: mend_database,
    SaveView: save_view,
    DeleteView: delete_view,
}
