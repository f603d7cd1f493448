"""Where links lead."""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.diagnostics import Log, did_you_mean
from publish.document import Link, Node, Note


def link_target_exists(subject: Subject, log: Log) -> None:
    """Find links to a name (``#id``) that nothing in the publication has.

    Links to other files of the manuscript have become such names in the reader, which reports those that lead to
    no file.
    """
    named = {node.id for node in subject.nodes(Node) if node.id and not isinstance(node, Note)}
    named |= {division.slug for division in subject.publication.divisions}
    known = named | {note.id for note in subject.publication.notes}
    for link in subject.nodes(Link):
        name = link.target.removeprefix("#")
        if link.target.startswith("#") and name not in known:
            hint = did_you_mean(f"#{name}", sorted(f"#{one}" for one in named)) or _name_it(name)
            log.report("link-target-exists", f"nothing in the publication is called “#{name}”", link.span, hint=hint)


def _name_it(name: str) -> str:
    return f"give the heading or the figure that name: {{#{name}}}" if name else "name what it leads to: #name"
