"""Around the change of one's own password: wrong tries are counted, and what the keyring keeps is renewed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.database.address import keyring_name
from suite.database.engine import is_sqlite
from suite.kernel.accounts.passwords import LOCKED, WRONG, ChangePassword, NoteTry
from suite.settings import Settings, forget_secret, keep_secret, kept_secret

if TYPE_CHECKING:
    from suite.bootstrap import Suite


@contextmanager
def changing(suite: Suite, actor: Actor, command: ChangePassword) -> Iterator[None]:
    """Count a wrong old one as at signing in; after the change renew the new one in this desk's keyring."""
    try:
        yield
    except Refused as refused:
        tried = refused.codes & {WRONG, LOCKED}
        if tried and is_sqlite(suite.engine):
            note_try(suite, actor, next(iter(tried)))
        raise
    renew_kept(suite.settings, actor.login, command.password)


def note_try(suite: Suite, actor: Actor, refused: str) -> None:
    """Write a try of a password down as the login itself; `refused` is the code, empty for a right one."""
    own = Granted(permission=NoteTry.permission, scope=Scope())
    suite.run(NoteTry(refused=refused), replace(actor, granted=(own,)))


def renew_kept(settings: Settings, login: str, password: str) -> None:
    """Put the new password where the keyring keeps the old one, or take that out: it opens nothing more."""
    url = make_url(settings.url)
    name = keyring_name(url)
    if url.get_backend_name() == "sqlite" or url.username != login or kept_secret(name, login) is None:
        return
    if not keep_secret(name, login, password):
        forget_secret(name, login)
