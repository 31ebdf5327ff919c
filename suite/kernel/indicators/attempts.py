"""Reading what plugins declare: at once, and where the database does not take a statement, each by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from suite.contract.indicators import Indicator
from suite.contract.problems import Refused
from suite.database.rejections import Rejection, outliving, rejection_of

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Attempt:
    """One go at a reading.

    careful: what the database does not take is told in its place, and the rest is read all the same.
    """

    session: Session
    careful: bool = False

    def apart(self) -> AbstractContextManager[None]:
        """Within it a statement may be one that is not taken, if this is careful."""
        return outliving(self.session.connection()) if self.careful else nullcontext()

    def rejection(self, error: Exception) -> Rejection | None:
        """Why the database did not take a statement; None for what else is wrong with a condition.

        Raises the error again where something else is: the transaction is broken, or the database away, and
        the others cannot be read either.
        """
        rejection = rejection_of(error)
        if isinstance(error, DBAPIError) and (rejection is None or not self.careful):
            raise error
        return rejection

    def fault(self, error: Exception, indicator: Indicator) -> str:
        """What is wrong with an indicator's condition, in words. Raises as `rejection` does."""
        rejection = self.rejection(error)
        if isinstance(error, Refused):
            return str(error)
        log.error("the indicator %s cannot be read", indicator.key, exc_info=error)
        cause = f"{type(error).__name__}: {error}"
        if rejection is not None:
            cause = f"数据库不接受其条件：{rejection.words}"
        return f"口径有误（{cause}），请联系插件的提供者"


def at_once_or_apart(session: Session, read: Callable[[Attempt], T]) -> T:
    """What is read at once; where the database does not take a statement, each indicator by itself."""
    try:
        with outliving(session.connection()):
            return read(Attempt(session))
    except DBAPIError as error:
        if rejection_of(error) is None:
            raise
        return read(Attempt(session, careful=True))
