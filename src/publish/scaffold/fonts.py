"""What a new publication lacks where the theme's fonts do not have the letters of its language."""

from __future__ import annotations

from publish.words import words


def fonts_wanted(language: str) -> str:
    """Give free fonts, one of which a publication in this language needs; empty when the theme's own will do."""
    if words(language) == words("en"):
        return ""
    # The renderer is loaded for the few that need to know: most new publications are made in English.
    from publish.checks.glyphs import lacking_words
    from publish.diagnostics import Log
    from publish.project import Style
    from publish.renderer import load_theme
    from publish.renderer.coverage import Coverage

    theme = load_theme(Style().theme, None, Log())
    lacking = lacking_words(language, Coverage(theme).lacking) if theme else None
    return lacking[0].fonts if lacking else ""
