"""Pages for the web: a theme's templates of HTML, its style sheet and its fonts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from publish.diagnostics import Log
from publish.records import dataclass
from publish.renderer.theme import Theme, load
from publish.words import direction, words

if TYPE_CHECKING:
    from jinja2 import Environment

USUAL = "journal"
"""The theme whose pages are taken when a theme has none of its own."""

_FONT = re.compile(r"""url\(["']?\.\./fonts/([^"')]+)["']?\)""")


@dataclass(frozen=True)
class Site:
    """The look of pages for the web."""

    theme: Theme

    def page(self, name: str, language: str, **values: Any) -> str:
        """Render a page (``landing.html``) with these values. Raises what ``publish.renderer.render`` catches."""

        def word(key: str, /, **parts: object) -> str:
            return words(language)[key].format(**parts)

        template = self._environment.get_template(name)
        return template.render(language=language, word=word, direction=direction(language), **values) + "\n"

    @cached_property
    def _environment(self) -> Environment:
        from publish.renderer.environment import environment

        env = environment(self.theme)
        env.filters |= {"amount": amount}
        return env

    @cached_property
    def sheet(self) -> str:
        """The style sheet: the theme's several in one, fonts as WOFF2 in ``fonts/`` beside it."""
        sheets = "\n".join(self.theme.read(name) for name in self.theme.settings["stylesheets"]["web"])
        return _FONT.sub(lambda found: f'url("fonts/{Path(found[1]).stem}.woff2")', sheets)

    @cached_property
    def fonts(self) -> Mapping[str, bytes]:
        """The fonts that the style sheet names, by the name of their file without suffix."""
        named = {n for s in self.theme.settings["stylesheets"]["web"] for n in _FONT.findall(self.theme.read(s))}
        return {Path(name).stem: self.theme.fonts[name].read_bytes() for name in sorted(named & {*self.theme.fonts})}


def site(theme: str, overlay: Path | None, log: Log) -> Site | None:
    """Find the look of a theme's pages under a publication's own layer; ``None`` when there is no such theme."""
    found = load(theme, overlay, log)
    if found is not None and "web" not in found.settings["stylesheets"]:
        found = load(USUAL, overlay, log)
    return Site(found) if found else None


def amount(size: int) -> str:
    """Give a number of bytes as people say it: ``38 kB``, ``1.2 MB``."""
    return f"{size / 1_000_000:.1f} MB" if size >= 999_500 else f"{max(1, round(size / 1000))} kB"


def trusted(html: str) -> Markup:
    """Give markup that publish made itself, for a template to set as it is."""
    return Markup(html)
