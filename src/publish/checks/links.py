"""Where links lead."""

from __future__ import annotations

import re

from publish.checks.subject import Subject
from publish.diagnostics import Log, did_you_mean
from publish.document import Link, Node

# Schemes that mean something in a book that is read away from where it was made.
_OUTWARD = re.compile(r"(?:https?|mailto|tel|doi|urn|ftp):.", re.IGNORECASE)


def link_target_exists(subject: Subject, log: Log) -> None:
    """Find links to a name (``#id``) that nothing has, and links to files, which no book takes along."""
    known = {node.id for node in subject.nodes(Node) if node.id}
    known |= {division.slug for division in subject.publication.divisions}
    for link in subject.nodes(Link):
        if link.target.startswith("#"):
            name = link.target.removeprefix("#")
            if name not in known:
                hint = did_you_mean(f"#{name}", sorted(f"#{one}" for one in known)) or _name_it(name)
                log.report(
                    "link-target-exists", f"nothing in the publication is called “#{name}”", link.span, hint=hint
                )
        elif not _OUTWARD.match(link.target):
            hint = "a link leads to #name, to a file of the manuscript, or to an address (https://...)"
            log.report("link-target-exists", f"the link “{link.target[:80]}” leads nowhere", link.span, hint=hint)


def _name_it(name: str) -> str:
    return f"give the heading or the figure that name: {{#{name}}}" if name else "name what it leads to: #name"
