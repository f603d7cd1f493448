"""Judgement on a publication that could be read: what a careful editor would ask for before it goes to print.

The reader refuses only what it cannot read; what it can read but should not be printed is found here. To add a check:
a row in ``publish.diagnostics``' table of rules, a function here, a case named after the rule in tests/cases/rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.checks import claims, code, glyphs, headings, indexes, leftovers, letters, links, pictures, quotes, scripts
from publish.checks.subject import Check, Page, Subject
from publish.diagnostics import Log
from publish.document import Publication
from publish.images import Picture
from publish.project import Project

__all__ = ["CHECKS", "Page", "check"]

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "image-has-alt": pictures.image_has_alt,
        "caption-is-not-alt": pictures.caption_is_not_alt,
        "caption-has-credit": pictures.caption_has_credit,
        "heading-levels": headings.heading_levels,
        "cover-large": pictures.cover_large,
        "claim-holds": claims.claim_holds,
        "link-target-exists": links.link_target_exists,
        "index-entry-known": indexes.index_entry_known,
        "image-resolution": pictures.image_resolution,
        "glyph-exists": glyphs.glyph_exists,
        "no-template-syntax": leftovers.no_template_syntax,
        "heading-marked": leftovers.heading_marked,
        "list-apart": leftovers.list_apart,
        "text-composed": letters.text_composed,
        "quotes-not-mixed": quotes.quotes_not_mixed,
        "language-of-script": scripts.language_of_script,
        "code-language-known": code.code_language_known,
    }
)
"""The rules that are checked here, each with the function that reports what breaks it."""


def check(
    publication: Publication, project: Project, sound: Mapping[str, Picture], log: Log, page: Page | None = None
) -> None:
    """Report everything in a publication that breaks a rule of the table ``CHECKS``.

    ``sound`` are the pictures that could be used, by path, as ``images.load_all`` gives them; ``page`` is the page on
    which it is to be printed, if it is.
    """
    subject = Subject(publication, project, sound, page)
    for find in CHECKS.values():
        find(subject, log)
