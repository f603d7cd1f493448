"""Colours for code: what each piece of a program is. The only door to Pygments, which is loaded when code is met.

The names of the pieces are ours, few and settled, so that a theme can set them: ``comment``, ``keyword``, ``string``,
``number``, ``name`` (what is defined here), ``inserted`` and ``deleted`` (in a patch). Everything else has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from publish.cache import once
from publish.diagnostics import did_you_mean

if TYPE_CHECKING:
    from pygments.token import _TokenType

# Words that say: this is in no language.
PLAIN = frozenset({"", "console-output", "nohighlight", "no-highlight", "none", "output", "plain", "plaintext", "raw"})
LONGEST = 100_000
"""How many characters a block of code may have to be coloured."""


def known(language: str) -> bool:
    """Whether code in a language (by the name after the fence) can be coloured, or is meant to stay plain."""
    return language.lower() in PLAIN or _found(language.lower())


def near(language: str) -> str:
    """Give ``did you mean “python”?`` for the nearest known language, or an empty string."""
    from pygments.lexers import get_all_lexers

    return did_you_mean(
        language.lower(), sorted({name for _, names, _, _ in get_all_lexers(plugins=False) for name in names})
    )


@cache
def _found(language: str) -> bool:
    return once(lambda: b"known" if _is_known(language) else b"", "language of code", language) == b"known"


def _is_known(language: str) -> bool:
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        find_lexer_class_by_name(language)
    except ClassNotFound:
        return False
    return True


def pieces(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Give the pieces of some code in order, each with what it is, or an empty string; together they are the code.

    Code in an unknown language, or too long to be coloured, is one piece.
    """
    language = language.lower()
    if language in PLAIN or len(code) > LONGEST or not _found(language):
        yield "", code
        return
    kept = json.loads(once(lambda: json.dumps(_coloured(code, language)).encode(), "code", language, code))
    yield from ((kind, words) for kind, words in kept)


def _coloured(code: str, language: str) -> list[tuple[str, str]]:
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    found = [(_kind(token), words) for token, words in lexer.get_tokens(code) if words]
    if "".join(words for _, words in found) != code:  # a lexer that mends what it reads
        return [("", code)]
    return [(kind, "".join(words for _, words in group)) for kind, group in groupby(found, key=lambda one: one[0])]


@cache
def _kind(token: _TokenType) -> str:
    from pygments import token as t

    kinds = (
        (t.Comment, "comment"),
        (t.Keyword, "keyword"),
        (t.Operator.Word, "keyword"),
        (t.Name.Tag, "keyword"),
        (t.String, "string"),
        (t.Number, "number"),
        (t.Name.Class, "name"),
        (t.Name.Function, "name"),
        (t.Generic.Heading, "name"),
        (t.Generic.Inserted, "inserted"),
        (t.Generic.Deleted, "deleted"),
    )
    return next((name for parent, name in kinds if token in parent), "")  # type: ignore[comparison-overlap]
