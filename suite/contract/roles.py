"""What may be done, and which roles may do it."""

from __future__ import annotations

from dataclasses import dataclass

from suite.contract.commands import Side


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Something that a role may do: `<owner>:<resource>:<action>`."""

    key: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Role:
    """A named bundle of permissions; where it holds is said by the grant's scope.

    A permission key may end in `:*`; `{profession}` stands for each profession of the grant. but: keys, with
    `*` for any part, that it does not have all the same.
    rail: keys of the sections that the window's rail shows to who holds such roles only; none means all.
    side: of which side of the house it is, by which it is known who may agree to what another one asks.
    """

    key: str
    title: str
    permissions: tuple[str, ...]
    but: tuple[str, ...] = ()
    help: str = ""
    rail: tuple[str, ...] = ()
    side: Side = Side.BUREAU
