"""The words that markdown-it-py reads in a text, and which of them our tree lacks."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from elements import peer

from publish.agreement import lost_words, words_of
from publish.document import CodeBlock, Division, Equation, Math, plain, walk
from publish.places import passages

_TAG = re.compile(
    r"""<!--.*?-->|<(?:style|script)\b.*?</(?:style|script)>|</?[A-Za-z][\w-]*(?:"[^"]*"|'[^']*'|[^<>"'])*>""",
    re.DOTALL,
)
# What we read and markdown-it-py does not: attributes, the marks of blocks, callouts, tasks and captions.
_OURS = re.compile(
    r"\{[^{}\n]*\}|^[ >]*:::.*$|^[ >]*\*\[[^\]]*\]:|^\[![A-Za-z]+\]|^\[[ xX]\](?=\s)|^Table:", re.MULTILINE
)


def missing_words(division: Division, markdown: str) -> tuple[int, Counter[str]]:
    """Give how many words markdown-it-py reads, and those of them that the tree lacks."""
    wanted = words_of(_OURS.sub(" ", "\n".join(_read(markdown))))
    found = words_of("\n".join(_said(division)))
    return wanted.total(), Counter(dict(lost_words(wanted, found)))


def _read(markdown: str) -> list[str]:
    parts: list[str] = []
    for token in peer().parse(markdown):
        if token.type in ("fence", "code_block"):
            parts.append(token.content)
        elif token.type == "html_block":
            parts.append(unescape(_TAG.sub(" ", token.content)))
        parts += ["".join(_inline(child.type, child.content) for child in token.children or ())]
    return parts


def _inline(kind: str, content: str) -> str:
    if kind in ("text", "code_inline"):
        return content
    return "\n" if kind in ("softbreak", "hardbreak", "image") else ""


def _said(division: Division) -> list[str]:
    """Give every passage of words as one text, so that a word with stress inside it stays one."""
    parts = [plain(words.content) for words in passages(division, "")]
    for node in walk(division):
        if isinstance(node, CodeBlock):
            parts.append(node.text)
        elif isinstance(node, Math | Equation):
            parts.append(node.tex)
    return parts
