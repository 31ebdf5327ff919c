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
from suite.kernel.registry.merging import merge_persons, merge_subjects
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, SplitPerson, UndoMerge
from suite.kernel.registry.merging_split import split_person
from suite.kernel.registry.merging_undo import undo_merge
from suite.kernel.registry.places import LoadPlaces, load_places
from suite.kernel.registry.renewing import RenewWitness, renew_witness
from suite.kernel.registry.reveal import reveal_identity, reveal_many
from suite.kernel.registry.save import save_records
from suite.kernel.registry.views import delete_view, save_view

HANDLERS: Mapping[type[Command], Handler] = {
    SaveRecords: save_records,
    RecordLicenceEvent: record_licence_event,
    CorrectHistory: correct_history,
    VoidHistory: void_history,
    MergeSubjects: merge_subjects,
    MergePersons: merge_persons,
    SplitPerson: split_person,
    UndoMerge: undo_merge,
    RevealIdentity: reveal_identity,
    RevealMany: reveal_many,
    LoadPlaces: load_places,
    MendDatabase: mend_database,
    RenewWitness: renew_witness,
    SaveView: save_view,
    DeleteView: delete_view,
}
