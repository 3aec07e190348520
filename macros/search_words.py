"""How text becomes the words that search looks for, and what a typed word may stand for.

A reader's browser does the same with what they type: `words.js` has the same steps, and gets the lists here as data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS as _LUNR_STOP_WORDS

from macros.collection import Collection
from macros.folders import DOCS
from macros.shared import Need

STOP_WORDS = frozenset(_LUNR_STOP_WORDS) | frozenset(
    word
    for row in (
        "am any are aren doing don done does gets getting going having isn it its ll me more much my myself one ought",
        "our ours please re shall some someone something them theirs then there these they those too up us use used",
        "using ve very was were what when where which who whom why will with would you your yours",
        "arent cant couldnt didnt doesnt dont hasnt havent hows id im isnt ive shouldnt thats theyre theyve wasnt",
        "werent whats wheres whos wont wouldnt youre youve",
    )
    for word in row.split()
)
"""Words that say nothing about what is looked for."""

NOT = frozenset(
    word
    for row in (
        "not no never nobody none nothing cannot cant couldnt didnt doesnt dont hasnt havent isnt wasnt wont wouldnt",
    )
    for word in row.split()
)
"""Words that deny. In a name of several words each of them is *not*: nobody listens is also they do not listen."""

FRAME = frozenset(
    word
    for row in (
        "actually advice ago already anybody anyone around ask asked asking best between bit bring bringing brings",
        "come current day days dealing everybody everyone example examples explain few find free give good handle",
        "handling happen happened happens hello help hi info information instead involve involved involvement",
        "involving keep keeping keeps kind know learn lets like look looking lot lots made make makes making mean",
        "meaning means month months need new nice nobody off old out people person pls plz probably project projects",
        "proper properly quite really right saying see seen show soon start started starting starts stuff suddenly",
        "sure take takes taking talk tell thing things tip tips today told tomorrow try trying type types uk very via",
        "want way ways week well went without work works yesterday",
    )
    for word in row.split()
)
"""Words that people wrap a question in. They are left out as long as another word is left."""

EVERYDAY = frozenset(
    word
    for row in (
        "agenda art bank bid board book boss break budget call card chair change checklist child class club computer",
        "contact cost course credit cycle danger data deadline difference digital download drama drawing effect error",
        "exchange family fee feel feeling film form game goal government history home hospital idea job join journal",
        "label ladder laptop learn letter level licence limit manual measure meeting money mother music number",
        "offline online paper parent parking partner past phone photo plan policy poll post power problem product",
        "progress race rate rating reading record report result reward role room rule rush safe sale sample scale",
        "schedule school science score shock slide slow source staff stage start step stress student symbol tablet",
        "tax taxi teach team test theatre time tip tool toy track train training transport travel trial university",
        "update upload user venue video voucher wage website weight wheelchair wifi women workshop young zoom",
    )
    for word in row.split()
)
"""Names of things here that are words for many other things too. Beside a word that nobody knows, one says nothing."""

INFLECTIONS = (
    ("ies", "y"), ("ied", "y"), ("ying", "ie"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""),
    ("es", "e"), ("s", ""), ("ers", ""), ("er", ""), ("er", "e"),
)  # fmt: skip
"""Endings that an unknown word is tried without, and what is put in their place."""

DERIVATIONS = (
    ("ly", ""), ("ment", ""), ("ness", ""), ("ful", ""), ("ation", "e"), ("ation", ""), ("ion", ""), ("ion", "e"),
    ("ity", ""), ("ity", "e"), ("al", ""),
)  # fmt: skip
"""The same for endings that make another word of a word."""

SPELLINGS = (
    ("iz", "is"), ("yz", "ys"), ("or", "our"), ("er", "re"), ("ense", "ence"), ("og", "ogue"), ("am", "amme"),
    ("l", "ll"), ("e", "ae"), ("tion", "xion"), ("is", "iz"), ("our", "or"), ("ll", "l"),
)  # fmt: skip
"""American and British ways to spell, each tried in an unknown word."""

SHORTEST_PART = 3
"""Letters that a part of a word with a hyphen has to have to count as a word of its own."""

_HYPHENED = re.compile(r"[\u2010-\u2015-]")
_APOSTROPHE = re.compile(r"['\u2018\u2019](?:s\b)?")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_AMERICAN = re.compile(r"iz(e|ed|er|ers|es|ing|ation|ations)$")
_stem = PorterStemmer().stem


def fold(text: str) -> list[str]:
    """The words of a text in small letters, without accents and apostrophes; hyphens stay inside words."""
    plain = text
    if not text.isascii():
        plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if unicodedata.category(mark) != "Mn")
    return _WORD.findall(_APOSTROPHE.sub("", _HYPHENED.sub("-", plain)).lower())


def forms(text: str) -> Iterator[str]:
    """The words of a text as they are looked up: one with a hyphen is one word, and its longer parts are words too."""
    for word in fold(text):
        yield word.replace("-", "")
        if "-" in word:
            yield from (part for part in word.split("-") if len(part) >= SHORTEST_PART)


@lru_cache(maxsize=100_000)
def term(form: str) -> str:
    """What a word's forms have in common, in British and American spelling."""
    return str(_stem(_AMERICAN.sub(r"is\1", form)))


def names_in_capitals(text: str) -> Iterator[str]:
    """Names such as WHO that would be lost as stop words, as terms of their own."""
    for word in re.findall(r"\b[A-Z]{2,}\b", text):
        if word.lower() in STOP_WORDS:
            yield capital_name(word)


def capital_name(word: str) -> str:
    """The term of a word in capitals that is a stop word in small letters."""
    return f"={word.lower()}"


def key(text: str) -> str:
    """A short text as it is compared with a whole question: its words that say something, without a plural's s."""
    said = [form for form in (word.replace("-", "") for word in fold(text)) if form not in STOP_WORDS]
    told = [form for form in said if form not in FRAME] or said
    return "_".join(map(base, told))


@lru_cache(maxsize=100_000)
def base(form: str) -> str:
    """A word without the s of a plural, to compare names by."""
    return form[:-1] if len(form) > 3 and re.search(r"[^s]s$", form) else form


HELP = f"{DOCS}/support.md"
"""The page for readers in distress. It must not stand below what others learned about distress, nor be left out."""

MENTIONED = ("term", "people", "powers")
"""Kinds of things that a text is about when it names them; the names of the other kinds are everyday words."""


Thing = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Its term in the index, what it is called, other names for it in a text, and words that people only type."""


def concepts(collection: Collection) -> Iterator[Thing]:
    """Everything that people may look for by more than one name."""
    for entry in collection.dictionary:
        yield f"~term:{entry.id}", entry.term, (entry.term, *entry.also), entry.typed
    for group, values in collection.vocabulary:
        for value in values:
            yield f"~{group}:{value.id}", value.label, (value.label, *value.also), value.typed
    for need in collection.needs:
        yield need_term(need), need.label, (), need.typed
    for path, page in collection.pages.items():
        if typed := page.front.get("typed"):
            yield page_term(path), str(page.front["title"]), (), tuple(typed)


def need_term(need: Need) -> str:
    """The term of a need."""
    return f"~need:{need.id}"


def page_term(path: str) -> str:
    """The term of a page that is looked for by words of its own. `question.js` knows that of the page for help."""
    return "~help" if path == HELP else f"~page:{path}"
