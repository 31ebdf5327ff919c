"""Short forms of the names of bodies: 太行所 for 河北太行律师事务所, 黄家庄村 for 黄家庄村民委员会.

Only what is left out or written short is understood: a text that says more or other than the name (another
place in front, another kind of body behind) is no short form of it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from suite.kernel.search.keys import folded

_PLACE = re.compile(r"(河北省?)?(石家庄市?)?")
_KINDS = (
    ("firm", ("律师事务所", "律师所", "律所", "事务所")),
    ("notary", ("公证处",)),
    ("appraisal", ("司法鉴定中心", "司法鉴定所", "鉴定中心", "鉴定所")),
    ("grass_roots", ("基层法律服务所", "法律服务所")),
    ("arbitration", ("仲裁委员会", "仲裁委")),
    ("village", ("村村民委员会", "村民委员会", "村村委会", "村委会", "村")),
    ("community", ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区")),
)
_SHORTEST = 2
_SO_SHORT = "所"
"""Behind a firm's or an institution's name this alone may stand for its kind."""


def without_place(name: str) -> str:
    """A name without the province and the city in front."""
    return _PLACE.sub("", name, count=1)


class Parts(NamedTuple):
    """A name taken apart: the place in front, what makes the name, and the kind of body behind."""

    place: str
    core: str
    kind: str


def parts_of(name: str) -> Parts | None:
    """The parts of a name; None if too little is left of it to tell one from another."""
    text = folded(name)
    kind = ""
    for found, endings in _KINDS:
        ending = next((ending for ending in endings if text.endswith(ending)), None)
        if ending is not None:
            kind, text = found, text.removesuffix(ending)
            break
    else:
        if text.endswith(_SO_SHORT):
            kind, text = _SO_SHORT, text.removesuffix(_SO_SHORT)
    place = _PLACE.match(text)
    front = place[0] if place else ""
    core = text.removeprefix(front)
    if len(core) < _SHORTEST:
        # 石家庄仲裁委员会: the place itself is the name.
        front, core = "", text
    if len(core) < _SHORTEST:
        return None
    return Parts(place=front.replace("省", "").replace("市", ""), core=core, kind=kind)


def is_short_for(text: Parts, name: Parts) -> bool:
    """Whether a text leaves out or shortens parts of a name and says nothing else."""
    kind_fits = text.kind in ("", name.kind) or (
        text.kind == _SO_SHORT and name.kind in ("firm", "appraisal", "grass_roots")
    )
    return text.core == name.core and kind_fits and name.place.endswith(text.place)
