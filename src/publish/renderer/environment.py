"""The Jinja2 environment of a theme: strict, escaping, reading nothing but the theme and what is laid over it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import Environment, FunctionLoader, StrictUndefined, __version__
from markupsafe import Markup

from publish.document import Contributor
from publish.renderer.compiled import Compiled
from publish.renderer.theme import Theme
from publish.words import join_names, spell_date, words

_HOW = f"{__version__} escaped strict trimmed"
"""How templates are compiled: to be changed with the options below, since compiled templates are kept."""


_RANGE = re.compile(r"(?<=\d[–—-])(?=\d)")


def css_string(text: str) -> Markup:
    """Give a text as a quoted CSS string (CSS Syntax, section 4.3.5) that is also safe inside XHTML's ``style``."""
    escaped = re.sub(r"[^\w .,;:!?()’‘“”–—-]", lambda m: f"\\{ord(m[0]):x} ", text)
    return Markup(f'"{escaped}"')


def names_of(contributors: Iterable[Contributor], language: str) -> str:
    """Give the names of contributors, joined as the language does."""
    return join_names([c.name for c in contributors], language)


def credits(contributors: Iterable[Contributor], language: str) -> list[str]:
    """Give a line for each kind of contribution ("Edited by A and B"), authors first, others as they were written."""
    by_role: dict[str, list[str]] = {"aut": []}
    for contributor in contributors:
        by_role.setdefault(contributor.role, []).append(contributor.name)
    table = words(language)
    return [
        table.get(f"role-{role}", table["role-ctb"]).format(names=join_names(names, language))
        for role, names in by_role.items()
        if names
    ]


def unbroken(text: str) -> str:
    """Give a title for a page of print, whose lines do not end inside a range (2014–2016)."""
    return _RANGE.sub("\N{WORD JOINER}", text)


def environment(theme: Theme) -> Environment:
    """Give an environment in which a theme's templates are rendered, each compiled once."""

    def source(name: str) -> tuple[str, str, None] | None:
        path = theme.find(name)
        # The file's name makes Jinja2's tracebacks speak of the template, which is how a fault finds its line.
        return (theme.read(name), str(path), None) if path else None

    env = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(_HOW),
    )
    env.filters |= {"css_string": css_string, "names": names_of, "credits": credits, "spell_date": spell_date}
    env.filters["unbroken"] = unbroken
    return env
