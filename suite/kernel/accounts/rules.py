"""What a grant means: a role's permissions in the grant's scope."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase, translate
from functools import lru_cache

from suite.contract.commands import Actor, Granted, Scope, Side
from suite.contract.problems import Problem
from suite.contract.roles import Role

#: What holds everywhere whatever the grant's scope: everybody looks up villages and the ledgers of the house,
#: keeps views, notices and a password of his own, decides on requests within his other permissions, and as
#: head of a section names a stand-in.
SHARED = frozenset(
    {
        "core:roster:read",
        "core:ledger:read",
        "core:view:save",
        "core:password:change",
        "core:request:decide",
        "core:section:stand_in",
        "core:notice:keep",
    }
)

#: What everybody holds who works here, also without any role.
EVERYONES = frozenset({"core:password:change"})

#: What concerns the whole house, and so comes with a grant of the whole house only: a county's administrator
#: sets no parameter for the others.
WHOLE = frozenset(
    {
        "core:parameter:edit",
        "core:places:edit",
        "core:house:name",
        "core:calendar:edit",
        "core:figure:edit",
        "core:indicator_set:edit",
        "core:report:make",
        "core:snapshot:take",
        "core:audit:read",
        "core:audit:verify",
        "core:database:mend",
        "core:database:maintain",
    }
)

#: Who holds it names who works on cases and who keeps the areas, too.
MANAGE = "core:user:manage"
#: How the actions of casework begin; merging two records moves the cases of both, and a calendar that changes
#: the limits of them all.
CASEWORK = ("case:", "complainant:", "calendar:", "roster:merge")

#: The classes of characters of which a password is to have some.
CLASSES = (
    ("小写字母", str.islower),
    ("大写字母", str.isupper),
    ("数字", str.isdigit),
    ("其他字符", lambda character: not character.isalnum()),
)
MOST_CHARACTERS = 200


def expand(
    role: Role,
    *,
    profession: str | None,
    district: str | None,
    association: str | None,
    professions: Iterable[str],
    permissions: Iterable[str],
    until: dt.date | None = None,
) -> list[Granted]:
    """The permissions that a grant of `role` gives, each with its scope.

    A grant without a profession holds for every profession, and only one without any bound gives what
    concerns the whole house. No pattern gives an area of rights of its own (`appraisal.interference`) that
    does not name it: that is for its keepers alone. `until`: the last day, for a stand-in.
    """
    within = (profession, district, association)
    return list(_expanded(role, within, tuple(professions), tuple(permissions), until))


@lru_cache(maxsize=1024)
def _expanded(
    role: Role,
    within: tuple[str | None, str | None, str | None],
    professions: tuple[str, ...],
    permissions: tuple[str, ...],
    until: dt.date | None,
) -> tuple[Granted, ...]:
    """See `expand`. Remembered, since every command and every question asks it of the same grants."""
    granted = []
    profession, district, association = within
    bounded = within != (None, None, None)
    for pattern in role.permissions:
        wanted = [pattern]
        if "{profession}" in pattern:
            chosen = professions if profession is None else (profession,)
            wanted = [pattern.replace("{profession}", name) for name in chosen]
        for asked in wanted:
            for key in _matching(asked, permissions):
                if (bounded and key in WHOLE) or any(fnmatchcase(key, held_back) for held_back in role.but):
                    continue
                everywhere = key in SHARED
                scope = Scope(
                    professions=None if profession is None or everywhere else _areas(profession, key),
                    districts=None if district is None or everywhere else frozenset((district,)),
                    associations=None if association is None or everywhere else frozenset((association,)),
                )
                granted.append(Granted(permission=key, scope=scope, until=until, side=role.side))
    return tuple(granted)


def area_of(permission: str) -> str | None:
    """The area of rights of its own that a permission is of; None where it is of a whole profession."""
    owner = permission.partition(":")[0]
    return owner if "." in owner else None


def _matching(pattern: str, permissions: Sequence[str]) -> list[str]:
    """The permissions that a pattern asks for; of an area of rights only if it names it."""
    matches, own = re.compile(translate(pattern)).match, area_of(pattern)
    return [key for key in permissions if matches(key) and area_of(key) in (None, own)]


def _areas(profession: str, permission: str) -> frozenset[str]:
    """A grant of a profession holds in its areas of rights too, each for the permissions of its own."""
    area = permission.partition(":")[0]
    return frozenset((area if area.startswith(f"{profession}.") else profession,))


def holds_somewhere(actor: Actor, permission: str) -> bool:
    """Whether a permission is held in a place where its own profession has rows at all."""
    owner = permission.partition(":")[0]
    return any(
        owner == "core" or scope.professions is None or owner in scope.professions
        for scope in actor.scopes(permission)
    )


def holds_at(actor: Actor, permission: str, district: str | None, association: str | None) -> bool:
    """Whether a permission is held where something of its own profession lies."""
    owner = permission.partition(":")[0]
    return any(
        (owner == "core" or scope.professions is None or owner in scope.professions)
        and replace(scope, professions=None).holds(None, district, association)
        for scope in actor.scopes(permission)
    )


def side_of(granted: Iterable[Granted], permission: str) -> Side | None:
    """On whose side somebody holds a permission; None where he does not hold it in his own name.

    Who holds it on both is the bureau's. PostgreSQL's `core_same_side` says the same.
    """
    owner = permission.partition(":")[0]
    sides = {
        item.side
        for item in granted
        if item.permission == permission and not item.behalf
        if owner == "core" or item.scope.professions is None or owner in item.scope.professions
    }
    return Side.BUREAU if Side.BUREAU in sides else next(iter(sides), None)


def is_casework(permission: str) -> bool:
    """Whether a permission is about cases: whoever administers accounts has none of them."""
    return permission.partition(":")[2].startswith(CASEWORK)


def lies_within(
    asked: Granted, held: Iterable[Granted], *, himself: bool = False, passing: bool = False
) -> bool:
    """Whether somebody who holds `held` may give `asked` to another: nobody gives more than he has.

    But who works on cases, and who keeps an area, is named by who manages the users there, who does neither.
    himself: he gives it to himself, and so must hold it. passing: he passes on what another holds of cases,
    by a stand-in or a handing over, and must hold that too. PostgreSQL's `core_gives`, `core_gives_himself`
    and `core_passes_on` say the same.
    """
    wanted, area = [asked], area_of(asked.permission)
    if area is None and is_casework(asked.permission) and not (himself or passing):
        wanted.append(replace(asked, permission=MANAGE))
    elif area is not None and not himself:
        inside = asked.scope.professions and frozenset((area.partition(".")[0],))
        wanted.append(replace(asked, permission=MANAGE, scope=replace(asked.scope, professions=inside)))
    return any(
        one.permission == item.permission and _inside(one.scope, item.scope)
        for item in held
        for one in wanted
    )


def _inside(inner: Scope, outer: Scope) -> bool:
    pairs = (
        (inner.professions, outer.professions),
        (inner.districts, outer.districts),
        (inner.associations, outer.associations),
    )
    return all(wide is None or (narrow is not None and narrow <= wide) for narrow, wide in pairs)


def password_problems(password: str, login: str, *, length: int, classes: int) -> list[Problem]:
    """What the policy has against a password: too short, too few classes of characters, the login in it."""
    found = []
    if not length <= len(password) <= MOST_CHARACTERS:
        found.append(f"密码应有 {length} 至 {MOST_CHARACTERS} 个字符，现为 {len(password)} 个。")
    if sum(any(test(character) for character in password) for _, test in CLASSES) < classes:
        names = "、".join(name for name, _ in CLASSES)
        found.append(f"密码应含{names}中的至少 {classes} 类。")
    if login.casefold() in password.casefold():
        found.append("密码不能含有登录名。")
    return [Problem(code="password.policy", text=text, field="password") for text in found]
