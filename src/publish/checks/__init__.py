"""Judgement on a publication that could be read: what a careful editor would ask for before it goes to print.

The reader refuses only what it cannot read; what it can read but should not be printed is found here. To add a check:
a row in ``publish.diagnostics``' table of rules, a function here, a case named after the rule in tests/cases/rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.checks import claims, headings, links, pictures
from publish.checks.subject import Check, Subject
from publish.diagnostics import Log
from publish.document import Publication
from publish.images import Picture
from publish.project import Project

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "image-has-alt": pictures.image_has_alt,
        "caption-is-not-alt": pictures.caption_is_not_alt,
        "caption-has-credit": pictures.caption_has_credit,
        "heading-levels": headings.heading_levels,
        "cover-large": pictures.cover_large,
        "claim-holds": claims.claim_holds,
        "link-target-exists": links.link_target_exists,
    }
)
"""The rules that are checked here, each with the function that reports what breaks it."""


def check(publication: Publication, project: Project, sound: Mapping[str, Picture], log: Log) -> None:
    """Report everything in a publication that breaks a rule of the table ``CHECKS``.

    ``sound`` are the pictures that could be used, by path, as ``images.load_all`` gives them.
    """
    subject = Subject(publication, project, sound)
    for find in CHECKS.values():
        find(subject, log)
