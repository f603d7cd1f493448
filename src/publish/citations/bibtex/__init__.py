"""BibTeX and biblatex files, read to records."""

from __future__ import annotations

from collections.abc import Mapping

from publish.citations.bibtex.convert import Conversion
from publish.citations.bibtex.dates import MONTHS
from publish.citations.bibtex.parse import Entry, Field, parse
from publish.citations.bibtex.tables import INHERITED, INSIDE, NOT_INHERITED, TYPES
from publish.citations.model import Fault, Record
from publish.diagnostics import Log, did_you_mean
from publish.source import Source

__all__ = ["read"]

_SILENT = frozenset({"string", "comment", "preamble", "xdata", "set", "control"})
_DEEPEST = 8


def read(source: Source, log: Log, *, english: bool = True) -> tuple[list[Record], set[str]]:
    """Read the records of a file, in order, those whose key came before among them; and the keys of those lost.

    What is no BibTeX is reported; what is wrong with one record is kept with it. ``english`` says that works whose
    language is not given are English: their titles are brought to sentence case, as CSL wants them.
    """
    strings = dict(MONTHS)
    entries, lost = parse(source, strings, log)
    by_key = {entry.key: entry for entry in reversed(entries)}
    found = (entry for entry in entries if entry.kind not in _SILENT)
    return [_Recorder(source, by_key, strings, english).record(entry) for entry in found], lost


class _Recorder:
    """Makes a record of an entry, with what it borrows from others."""

    def __init__(self, source: Source, entries: Mapping[str, Entry], strings: Mapping[str, str], english: bool) -> None:
        self._source, self._entries, self._strings, self._english = source, entries, strings, english
        self._faults: list[Fault] = []

    def record(self, entry: Entry) -> Record:
        fields = self._with_borrowed(entry, 0)
        conversion = Conversion(entry.kind, {name: one.text for name, one in fields.items()}, self._english)
        item = {"id": entry.key, **conversion.item()}
        self._own_faults(entry, fields, conversion)
        span = self._source.span(entry.key_at, entry.key_at + len(entry.key))
        return Record(entry.key, item, span, tuple(self._faults))

    def _fault(self, rule: str, message: str, start: int, end: int, hint: str = "") -> None:
        self._faults.append(Fault(rule, message, self._source.span(start, end), hint))

    def _own_faults(self, entry: Entry, fields: Mapping[str, Field], conversion: Conversion) -> None:
        if entry.kind not in TYPES:
            at = self._source.text.rfind("@", 0, entry.key_at)
            hint = did_you_mean(entry.kind, TYPES) or "it is printed as a work of no particular kind (misc)"
            self._fault(
                "bibliography-known", f"there is no kind of entry “{entry.kind}”", at, at + 1 + len(entry.kind), hint
            )
        for name, at in entry.twice:
            message = f"the field “{name}” is given twice; the first one counts"
            self._fault("bibliography-known", message, at, at + len(name), "delete one of them")
        for one in fields.values():
            for name, at in one.unknown:
                hint = did_you_mean(name, self._strings) or "put it in braces, or define it with @string"
                self._fault("bibliography-wellformed", f"the string “{name}” is not defined", at, at + len(name), hint)
        for name, commands in conversion.unknown.items():
            for command in commands:
                at = max(fields[name].start, self._source.text.find(f"\\{command}", fields[name].start))
                message = f"“\\{command}” is LaTeX that cannot be printed here"
                self._fault("bibliography-known", message, at, at + len(command) + 1, "write the character itself")
        for name in conversion.unread:
            one = fields[name]
            message = f"“{one.text}” is not a date"
            self._fault("bibliography-known", message, one.start, one.end, "write it as 2019, 2019-03 or 2019-03-05")

    def _with_borrowed(self, entry: Entry, depth: int) -> dict[str, Field]:
        """Give an entry's fields with those that ``crossref`` and ``xdata`` lend it."""
        fields = dict(entry.fields)
        if depth > _DEEPEST:
            return fields
        for name in ("xdata", "crossref"):
            given = entry.fields.get(name)
            for key in filter(None, (part.strip() for part in given.text.split(","))) if given else ():
                lender = self._entries.get(key)
                if lender is None:
                    assert given is not None
                    hint = did_you_mean(key, self._entries)
                    message = f"this {name} leads to “{key}”, which is not in the file"
                    self._fault("bibliography-known", message, given.start, given.end, hint)
                    continue
                _borrow(fields, entry.kind, self._with_borrowed(lender, depth + 1), renamed=name == "crossref")
        return fields


def _borrow(fields: dict[str, Field], kind: str, lent: Mapping[str, Field], *, renamed: bool) -> None:
    inside = renamed and kind in INSIDE
    for name, one in lent.items():
        if name in NOT_INHERITED:
            continue
        own = INHERITED.get(name, name) if inside else name
        if inside and kind in ("article", "suppperiodical", "review") and own == "booktitle":
            own = "journaltitle"
        fields.setdefault(own, one)
    if inside and "title" in lent and "booktitle" in lent and "booktitle" not in fields:
        fields["booktitle"] = lent["booktitle"]
