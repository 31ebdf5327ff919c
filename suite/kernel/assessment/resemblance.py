"""The same material handed in twice: equal files by their content, equal texts by what they share."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

#: Characters of a shingle: Chinese has no spaces between words, and five characters are about three words.
WIDTH = 5
#: Shingles kept of a text: the smallest hashes, so that long and short texts compare at the same cost.
KEPT = 400
#: What so many different texts have in common does not make two of them alike.
MANY = 60


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Two materials that resemble each other; `share` of what they have together, 1 where they are equal."""

    first: str
    second: str
    share: float


def shingles(text: str) -> frozenset[int]:
    """What a text is made of, without punctuation, spaces and case; of a long one a sample that is the same
    wherever the same text stands."""
    plain = re.sub(r"[\W_]+", "", text).casefold()
    parts = (
        {plain[place : place + WIDTH] for place in range(max(len(plain) - WIDTH + 1, 1))} if plain else set()
    )
    hashes = sorted(int.from_bytes(hashlib.blake2b(part.encode(), digest_size=8).digest()) for part in parts)
    return frozenset(hashes[:KEPT])


def alike(texts: Mapping[str, str], least: float) -> list[Alike]:
    """Pairs of texts that share at least so much, the most alike first.

    Equal texts are told once each, beside the first of them. Of the others only those that share a shingle
    are compared; what more than `MANY` of them say is a phrase of the trade and brings nobody together.
    """
    equal: defaultdict[frozenset[int], list[str]] = defaultdict(list)
    for key in sorted(texts):
        if made := shingles(texts[key]):
            equal[made].append(key)
    found = [Alike(first=keys[0], second=other, share=1.0) for keys in equal.values() for other in keys[1:]]
    holders: dict[int, list[str]] = defaultdict(list)
    parts_of = {keys[0]: made for made, keys in equal.items()}
    for key, made in parts_of.items():
        for part in made:
            holders[part].append(key)
    pairs = {pair for keys in holders.values() if len(keys) <= MANY for pair in combinations(sorted(keys), 2)}
    found += [
        Alike(first=one, second=other, share=_shared(parts_of[one], parts_of[other])) for one, other in pairs
    ]
    return sorted(
        (pair for pair in found if pair.share >= least), key=lambda p: (-p.share, p.first, p.second)
    )


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    """The share in common, over the smallest hashes of both together: of samples only that is unbiased."""
    both = sorted(one | other)[:KEPT]
    return sum(1 for part in both if part in one and part in other) / len(both)
