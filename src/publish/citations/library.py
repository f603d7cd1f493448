"""The works that can be cited: every record of every bibliography file, by its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from publish.citations.model import Record
from publish.diagnostics import Log, did_you_mean
from publish.records import dataclass
from publish.source import Source, Span

SUFFIXES = (".bib", ".bibtex", ".json")
"""What the name of a bibliography file ends in."""


@dataclass(frozen=True)
class Library:
    """Records by key. ``again`` holds those whose key came before, with another text; ``lost`` are the keys of those
    that could not be read, of which enough has been said.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    again: Mapping[str, Record] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    def cite(self, key: str, span: Span, log: Log) -> Record | None:
        """Give the record that a citation at a place names; say what is wrong with it, or that there is none."""
        record = self.records.get(key)
        if record is None and key in self.lost:
            return None
        if record is None:
            hint = did_you_mean(key, self.records).replace("“", "“@")
            message = f"no bibliography file has a work “{key}”"
            log.report("citation-defined", message, span, hint=hint or "add it to the bibliography file")
            return None
        for fault in record.faults:
            log.report(fault.rule, fault.message, fault.span, hint=fault.hint)
        if (other := self.again.get(key)) is not None:
            message = f"the key “{key}” is already taken by a work at {record.span}"
            log.report("citation-once", message, other.span, hint="delete one of the two, or give it another key")
        return record


def load(sources: Iterable[Source], log: Log, language: str = "en") -> Library:
    """Read bibliography files: BibTeX, or CSL-JSON where the name ends in ``.json``. What is neither is reported.

    ``language`` is that of works that do not say theirs. A record that stands twice, word for word, counts once.
    """
    records: dict[str, Record] = {}
    again: dict[str, Record] = {}
    lost: set[str] = set()
    from publish.citations import bibtex, csljson  # most publications have no such file

    english = language.lower().split("-")[0] == "en"
    for source in sources:
        if source.name.lower().endswith(".json"):
            found, missing = csljson.read(source, log)
        else:
            found, missing = bibtex.read(source, log, english=english)
        lost |= missing
        for record in found:
            first = records.setdefault(record.key, record)
            if first is not record and first.data != record.data:
                again.setdefault(record.key, record)
    return Library(records, again, frozenset(lost))
