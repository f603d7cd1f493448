"""Who made a work, as records tell them: persons and organisations, and what each did."""

from __future__ import annotations

from collections.abc import Iterable

from publish.metadata import Contributor, Metadata

AUTHORS = ("aut", "cre")
EDITORS = ("edt", "edc", "com")


def is_organisation(contributor: Contributor) -> bool:
    """Whether a contributor is sorted as written though the name has several words: an organisation."""
    return contributor.name == contributor.file_as and " " in contributor.name


def authors(metadata: Metadata) -> tuple[Contributor, ...]:
    """Give the authors of a work, or its editors when it has none."""
    return metadata.by_role(*AUTHORS) or metadata.by_role(*EDITORS)


def inverted(contributor: Contributor) -> tuple[str, str]:
    """Give a person's family name and the rest ("Author", "An"); an organisation is a name and nothing."""
    if is_organisation(contributor) or ", " not in contributor.file_as:
        return contributor.name, ""
    family, _, given = contributor.file_as.partition(", ")
    return family, given


def others(contributors: Iterable[Contributor], *roles: str) -> tuple[Contributor, ...]:
    """Give the contributors with none of these roles."""
    return tuple(c for c in contributors if c.role not in roles)
