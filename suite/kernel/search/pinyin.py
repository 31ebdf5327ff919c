"""Readings of Chinese names without tones, with polyphones both ways."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

#: Surnames whose reading differs from the common one of the character.
SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "曾": "zeng", "朴": "piao",
    "任": "ren", "华": "hua", "盖": "ge", "翟": "zhai", "乐": "yue", "员": "yun", "黑": "he",
    "尉": "wei", "缪": "miao", "种": "chong", "秘": "bi", "冼": "xian", "召": "shao", "覃": "qin",
}  # fmt: skip
MOST_READINGS = 4

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


@lru_cache(maxsize=50_000)
def readings(character: str) -> tuple[str, ...]:
    """The toneless readings of one character, the commonest first; other characters are their own."""
    from pypinyin.constants import PINYIN_DICT

    listed = PINYIN_DICT.get(ord(character))
    if not listed:
        return (character.lower(),)
    plain = (reading.translate(_TONES) for reading in listed.split(","))
    return tuple(dict.fromkeys("".join(letter for letter in text if "a" <= letter <= "z") for text in plain))


def sort_key(name: str) -> str:
    """A key that orders names by pinyin, then by character."""
    syllables = [SURNAMES.get(name[0], readings(name[0])[0])] if name else []
    syllables += [readings(character)[0] for character in name[1:]]
    return f"{' '.join(syllables)}\x01{name}"[:400]


def spellings(name: str) -> list[tuple[str, ...]]:
    """The likely readings of a whole name, syllable by syllable; few, the commonest first."""
    choices = [readings(character)[:2] for character in name]
    if name and name[0] in SURNAMES:
        choices[0] = tuple(dict.fromkeys((SURNAMES[name[0]], *choices[0])))
    if len(name) > 4:
        # A body's long name: the commonest reading only, or the keys would multiply.
        choices = [choice[:1] for choice in choices]
    return list(islice(product(*choices), MOST_READINGS))
