"""Which stylesheets let the divisions of a book be laid out one by one.

A rule that reaches over the border of a division (a counter that runs on, the total of pages, what is fixed to every
page) needs the whole book. What is found here is found in the text of the rules and rather too often than too seldom:
then the book is laid out as one, which takes longer and gives the same pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NOISE = re.compile(r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_PAGE_RULE = re.compile(r"@page\b([^{;]*)\{", re.IGNORECASE)
_COUNTING = re.compile(r"counter-(?:reset|increment|set)\s*:\s*([^;}]*)", re.IGNORECASE)
_OF_PAGES = re.compile(r"(?:page(?:\s+[-+]?\d+)?|none|auto|inherit|initial)\s*(?:!\s*important)?\s*", re.IGNORECASE)
_TARGET = re.compile(r"target-counter\((?!\s*attr\(\s*href(?:\s+(?:url|string))?\s*\)\s*,\s*page\b)", re.IGNORECASE)

# What no rule may have, and why; case does not matter.
_EVERYWHERE = {
    r"counters?\(\s*pages\b": "it prints how many pages the book has",
    r"\b\d*\.?\d+(?:vw|vh|vi|vb|vmin|vmax)\b": "it measures by the first page",
    r"\bstring\([^()]*,": "a running head asks where on the page something stands",
    r":has\(": "it looks from one part into another",
    r"\brunning\(|\belement\(": "an element runs on from page to page",
    r"\bfixed\b": "something stands on every page",
    r"target-(?:counters|text)\(": "it prints what stands in another part",
    r"(?<![-\w.#])no-(?:open|close)-quote\b": "it counts quotation marks without printing them",
    r"@color-profile\b|\bdevice-cmyk\b": "it has colour profiles",
}
_IN_TEXT = {r"counters?\(\s*(?!list-item\b)": "a counter of its own runs through the text"}

_POSITIONAL = re.compile(r":(?:first|last|only|nth|empty)[-\w]*|\([^()]*[+~]", re.IGNORECASE)
_COMPOUND = re.compile(r"(?P<before>[+~]?)\s*(?P<text>(?:[^\s>+~()\[\]]|\([^()]*\)|\[[^\[\]]*\])+)")
_NO_NAME = re.compile(r"::?[-\w]+(?:\([^()]*\))?|\[[^\]]*\]")
_NAMES = re.compile(r"(?<![\w-])([a-z][\w-]*)|\.([\w-]+)|#([\w-]+)", re.IGNORECASE)


def obstacles(sheets: Iterable[str], attributes: Iterable[str]) -> Iterator[str]:
    """Give why divisions with these stylesheets and ``style`` attributes cannot be laid out one by one."""
    rules = "\n".join(_NOISE.sub('""', sheet) for sheet in sheets)
    rules += "\n" + "\n".join(f"x {{ {_NOISE.sub(repr(''), text)} }}" for text in dict.fromkeys(attributes))
    pages, text = _apart(rules)
    for pattern, why in _EVERYWHERE.items():
        if re.search(pattern, rules, re.IGNORECASE):
            yield why
    for pattern, why in _IN_TEXT.items():
        if re.search(pattern, re.sub(r"target-counter\(", "target(", text), re.IGNORECASE):
            yield why
    if _COUNTING.search(text) or not all(_OF_PAGES.fullmatch(m[1]) for m in _COUNTING.finditer(pages)):
        yield "a counter of its own runs through the book"
    if _TARGET.search(rules):
        yield "it prints what stands in another part"
    if any(":nth(" in m[1] and " of " not in m[1] for m in _PAGE_RULE.finditer(rules)):
        yield "it counts the pages of the book"


def looks_aside(sheets: Iterable[str], parts: Iterable[tuple[str, str, str]]) -> bool:
    """Whether a rule may style a part by the parts around it; ``parts`` are their tags, ids and class attributes."""
    known = {word for tag, name, classes in parts for word in (tag, name, *classes.split())}
    for sheet in sheets:
        for selector in re.findall(r"([^{};]+)\{", _NOISE.sub('""', sheet)):
            if selector.strip().startswith("@"):
                continue
            for match in _COMPOUND.finditer(selector):
                if match["before"] or _POSITIONAL.search(match["text"]):
                    found = _NAMES.findall(_NO_NAME.sub("", match["text"]))
                    names = {word for words in found for word in words if word}
                    if names <= known:
                        return True
    return False


def _apart(rules: str) -> tuple[str, str]:
    """Give the page rules, and everything else."""
    pages, rest, place = [], [], 0
    for match in _PAGE_RULE.finditer(rules):
        if match.start() < place:
            continue
        rest.append(rules[place : match.start()])
        depth, place = 1, match.end()
        while depth and place < len(rules):
            depth += {"{": 1, "}": -1}.get(rules[place], 0)
            place += 1
        pages.append(rules[match.start() : place])
    rest.append(rules[place:])
    return "\n".join(pages), "\n".join(rest)
