"""Requests about contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.contact_deeds import (
    ChangeContact,
    ContactRemoved,
    ContactTrouble,
    FindContacts,
    ImportUndone,
    ListImports,
    LookAtContact,
    MergeContacts,
    PastImport,
    ReadRowsToMend,
    RegroupContact,
    RemoveContact,
    RowsToMend,
    UndoImport,
)
from dialogs.domain.organizers.contacts import ContactCard, Reach, ReadReach, TakeList
from storage.contacts import directory, imports, reachability, sent_lists
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]

IMPORTS = 6
"""Imports that are shown in the chat."""


def _read(context: RequestContext, request: OrganizersRequest) -> Reach:
    groups = reachability.by_country_and_language(context.session)
    return Reach(tuple(groups), sent_lists.newest(context.session, context.person))


def _take(context: RequestContext, request: TakeList) -> Reach:
    sent_lists.add(context.session, context.person, request.file, context.now)
    return _read(context, request)


def _find(context: RequestContext, request: FindContacts) -> tuple[ContactCard, ...]:
    return tuple(directory.find(context.session, request.text, request.limit))


def _look(context: RequestContext, request: LookAtContact) -> ContactCard | ContactTrouble:
    return directory.get(context.session, request.id) or ContactTrouble.GONE


def _as_it_is(context: RequestContext, id: int, why: str) -> ContactCard | ContactTrouble:
    """The contact as it is now, or why nothing was done."""
    return ContactTrouble(why) if why else _look(context, LookAtContact(id))


def _change(context: RequestContext, request: ChangeContact) -> ContactCard | ContactTrouble:
    said = {request.field: request.value}
    why = directory.change(context.session, context.person, request.id, said, context.now)
    return _as_it_is(context, request.id, why)


def _regroup(context: RequestContext, request: RegroupContact) -> ContactCard | ContactTrouble:
    card = directory.get(context.session, request.id)
    if card is None:
        return ContactTrouble.GONE
    into, out_of = set(request.groups) - set(card.groups), set(card.groups) - set(request.groups)
    directory.regroup(context.session, context.person, request.id, sorted(into), sorted(out_of), context.now)
    return _look(context, LookAtContact(request.id))


def _merge(context: RequestContext, request: MergeContacts) -> ContactCard | ContactTrouble:
    why = directory.merge(context.session, context.person, request.id, request.other, context.now)
    return _as_it_is(context, request.id, why)


def _remove(context: RequestContext, request: RemoveContact) -> ContactRemoved | ContactTrouble:
    done = directory.remove(context.session, context.person, request.id, context.now)
    return ContactRemoved(request.id) if done else ContactTrouble.GONE


def _imports(context: RequestContext, request: ListImports) -> tuple[PastImport, ...]:
    found = imports.listed(context.session, IMPORTS)
    return tuple(PastImport(each.id, each.name, each.at, each.new, each.changed, each.undone) for each in found)


def _undo(context: RequestContext, request: UndoImport) -> ImportUndone | ContactTrouble:
    done = imports.undo(context.session, context.person, request.id, context.now)
    return ImportUndone(**asdict(done)) if done is not None else ContactTrouble.UNDONE


def _to_mend(context: RequestContext, request: ReadRowsToMend) -> RowsToMend:
    return sent_lists.rows_to_mend(context.session, context.person)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ReadReach: _read,
    TakeList: _take,
    FindContacts: _find,
    LookAtContact: _look,
    ChangeContact: _change,
    RegroupContact: _regroup,
    MergeContacts: _merge,
    RemoveContact: _remove,
    ListImports: _imports,
    UndoImport: _undo,
    ReadRowsToMend: _to_mend,
}
