"""A publication's folder, its publication.yaml or a single Markdown file, read into a Project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from publish.diagnostics import Log
from publish.document import Contributor, Metadata
from publish.project.divisions import ReadDivision, read_division
from publish.project.files import exists, is_inside, near, read_text
from publish.project.find import MANUSCRIPT, Found, find
from publish.project.headings import plain_text
from publish.project.keys import DIVISION, ESSAY, FORMAT_NAMES, PUBLICATION
from publish.project.kinds import Placed
from publish.project.metadata import metadata, report_absent
from publish.project.metadata_text import LARGEST, MetadataText, read_metadata
from publish.project.model import DivisionSource, Openings, Pages, Project, Style
from publish.project.order import MATTERS, Manuscript, Place, given_order, order_by_name, report_unused
from publish.project.printing import orders
from publish.project.slugs import humanised, slug
from publish.project.sources import bibliography, citation_style
from publish.project.styles import STYLES, styles
from publish.project.tables import Given, read_table


def load(path: Path, log: Log) -> Project | None:
    """Read what ``path`` leads to: a publication's folder, its publication.yaml, or a Markdown file.

    All mistakes are reported in one run, and the Project is as good as it can be beside them: with the divisions
    that could be read and the values that are sound. Warnings that the publication switches off are switched off
    in the log. ``None`` when nothing could be read; the log then knows why.
    """
    found = find(path, log)
    if found is None:
        return None
    if found.settings is not None:
        return _publication(found.root, found.settings, log)
    if found.essay is not None:
        return _essay(found.root, found.essay, log)
    return _folder(found, log)


# --- a folder with publication.yaml --------------------------------------------------------------------------------


def _publication(root: Path, settings: Path, log: Log) -> Project | None:
    if not is_inside(settings, root):
        log.report("file-inside", f"{settings.name} leads out of its folder", file=settings.name)
        return None
    source = read_text(settings, settings.name, LARGEST, log)
    if source is None:
        return None
    text = read_metadata(source, 0, len(source.text), PUBLICATION.spellings.keys(), log)
    given = read_table(PUBLICATION, text.map, log)
    log.switch_off(given.all("rules", str))
    manuscript = Manuscript(root, MANUSCRIPT)
    project = Project(
        root=root,
        manuscript=manuscript.path,
        styles=styles(root, log),
        output=root / "build",
        name="",
        metadata=metadata(given, _title(given, text, root, settings.name, log)),
        divisions=_divisions(given, text, manuscript, log),
        cover=_cover(given, root, log),
        bibliography=bibliography(given, (root, manuscript.path), root, log),
        citation_style=citation_style(given, (root, root / STYLES, manuscript.path), root, log),
    )
    report_absent(given, text, settings.name, log)
    return _named(_made(project, given, log, prelims=True))


def _title(given: Given, text: MetadataText, root: Path, name: str, log: Log) -> str:
    title = given.text("title")
    if not title and "title" not in given and "title" not in text.lost and text.whole:
        hint = "add a line “title: ...”"
        log.report("title-present", "the publication has no title", given.spans.get("title"), file=name, hint=hint)
    return title or humanised(root.resolve().name) or "Untitled"


def _divisions(given: Given, text: MetadataText, manuscript: Manuscript, log: Log) -> tuple[DivisionSource, ...]:
    if not manuscript.path.is_dir():
        hint = "the Markdown files of a publication stand in it"
        log.report("file-exists", f"there is no folder {manuscript.name}", file=manuscript.name, hint=hint)
        return ()
    if not is_inside(manuscript.path, manuscript.root):
        log.report("file-inside", f"{manuscript.name} leads out of the publication's folder", file=manuscript.name)
        return ()
    ordered = any(matter in given for matter in MATTERS)
    places = given_order(given, manuscript, log) if ordered else order_by_name(manuscript, log)
    if places is None:
        return ()
    divisions = tuple(read.division for read in _read(places, manuscript, log))
    if not _order_unsure(given, text, places):
        report_unused(manuscript, places, log, ordered=ordered)
    if not ordered:
        divisions = _by_matter(divisions)
    if not places and not ordered:
        message = f"there is no Markdown file in {manuscript.name}"
        log.report("division-present", message, file=manuscript.name, hint="an essay is a file that ends in .md")
    return divisions


def _order_unsure(given: Given, text: MetadataText, places: tuple[Place, ...]) -> bool:
    """Whether a mistake in the order may be why a file is not in it: then nothing is said of such files."""
    asked = {str(PurePosixPath(item.text)) for matter in MATTERS for item in given.all(matter, Placed)}
    faulty = (text.lost | given.unsound) & set(MATTERS)
    return not text.whole or bool(faulty) or not asked <= {place.name for place in places}


def _read(places: tuple[Place, ...], manuscript: Manuscript, log: Log) -> list[ReadDivision]:
    taken: set[str] = set()
    read = [read_division(place, manuscript, DIVISION, taken, log) for place in places]
    return [division for division in read if division is not None]


def _by_matter(divisions: tuple[DivisionSource, ...]) -> tuple[DivisionSource, ...]:
    """Set front matter first and back matter last, and leave the order as it is within each."""
    return tuple(sorted(divisions, key=lambda division: MATTERS.index(division.matter)))


def _cover(given: Given, root: Path, log: Log) -> str:
    cover = given.one("cover", Placed)
    if cover is None:
        return ""
    name = str(PurePosixPath(cover.text))
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        log.report("file-inside", f"“{cover.text}” leads out of the publication's folder", cover.span)
    elif not exists(root / name, root):
        log.report("file-exists", f"there is no file {name}", cover.span, hint=_near_cover(name, root))
    elif not is_inside(root / name, root):
        log.report("file-inside", f"{name} leads out of the publication's folder", cover.span)
    elif not (root / name).is_file():
        log.report("file-readable", f"{name} is not a file", cover.span)
    else:
        return name
    return ""


def _near_cover(name: str, root: Path) -> str:
    if (root / MANUSCRIPT / name).is_file():
        return f"the cover's path begins at publication.yaml; write: {MANUSCRIPT}/{name}"
    folder = (root / name).parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return near(Path(name).name, names)


# --- without publication.yaml --------------------------------------------------------------------------------------


def _essay(root: Path, essay: Path, log: Log) -> Project | None:
    manuscript = Manuscript(root, "")
    read = read_division(Place(essay, essay.name), manuscript, ESSAY, set(), log, alone=True)
    if read is None:
        return None
    given, division = read.given, read.division
    log.switch_off(given.all("rules", str))
    report_absent(given, read.text, essay.name, log)
    project = Project(
        root=root,
        manuscript=root,
        styles=styles(root, log),
        output=root,
        name=essay.stem,
        metadata=metadata(given, plain_text(division.front.title)),
        divisions=(division,),
        cover=_cover(given, root, log),
        bare=True,
        citation_style=citation_style(given, (root, root / STYLES), root, log),
    )
    return _made(project, given, log, prelims=False)


def _folder(found: Found, log: Log) -> Project | None:
    """Read a folder of several Markdown files: what the publication says of itself is what they say."""
    manuscript = Manuscript(found.root, found.manuscript)
    read = _read(order_by_name(manuscript, log) or (), manuscript, log)
    if not read:
        return None
    hint = "write a publication.yaml; publish new shows how"
    for rule, message in (
        ("author-present", "nothing says whose publication this is"),
        ("date-present", "nothing says when it appears"),
    ):
        log.report(rule, message, file="publication.yaml", hint=hint)
    if not any(one.division.front.language for one in read):
        log.report("language-present", "nothing says in which language it is", file="publication.yaml", hint=hint)
    divisions = _by_matter(tuple(one.division for one in read))
    project = Project(
        root=found.root,
        manuscript=manuscript.path,
        styles=styles(found.root, log),
        output=found.root / "build",
        name="",
        metadata=_gathered(divisions, humanised(found.root.resolve().name) or "Untitled"),
        divisions=divisions,
        bare=True,
    )
    return _named(project)


def _gathered(divisions: tuple[DivisionSource, ...], title: str) -> Metadata:
    """Say of the whole what its divisions say: their people, each once, and the language of the first."""
    people: dict[tuple[str, str], Contributor] = {}
    for division in divisions:
        for person in division.front.contributors:
            people.setdefault((person.name, person.role), person)
    language = next((d.front.language for d in divisions if d.front.language), "en")
    return Metadata(title, contributors=tuple(people.values()), language=language)


# --- both ----------------------------------------------------------------------------------------------------------


def _made(project: Project, given: Given, log: Log, *, prelims: bool) -> Project:
    """Add how the publication looks and what is made of it."""
    said = given.one("style", Given) or Given({}, {}, given.span)
    formats = tuple(dict.fromkeys(given.all("formats", str))) or FORMAT_NAMES
    usual = Style(prelims=prelims, pages="print" if "pdf" in formats else "none")
    options = said.values.get("options")
    style = Style(
        theme=said.text("theme") or usual.theme,
        headings="run-in" if said.text("headings") == "run-in" else usual.headings,
        trim=_trim(said) or usual.trim,
        notes="division" if said.text("notes") == "division" else usual.notes,
        prelims=bool(said.values.get("prelims", prelims)),
        pages=_pages(said) or usual.pages,
        captions="numbered" if said.text("captions") == "numbered" else usual.captions,
        quotes="as-typed" if said.text("quotes") == "as-typed" else usual.quotes,
        options=MappingProxyType(dict(options)) if isinstance(options, dict) else usual.options,
    )
    rules_off, profiles = frozenset(given.all("rules", str)), orders(given, project.root, log)
    style = replace(style, openings=_openings(said) or usual.openings)
    made = replace(project, style=style, formats=formats, rules_off=rules_off, profiles=profiles)
    return replace(made, address=given.text("url"))


def _pages(said: Given) -> Pages | None:
    pages: Mapping[str, Pages] = {"print": "print", "none": "none"}
    return pages.get(said.text("pages"))


def _openings(said: Given) -> Openings | None:
    known: tuple[Openings, ...] = ("plain", "drop-cap", "small-caps", "drop-cap-and-small-caps")
    return next((name for name in known if name == said.text("openings")), None)


def _trim(said: Given) -> tuple[float, float] | None:
    sides = said.all("trim", float)
    return (sides[0], sides[1]) if len(sides) == 2 else None


def _named(project: Project) -> Project:
    """Name the files to be made after the title, or the folder, as far as they are in Latin letters."""
    name = slug(plain_text(project.metadata.title)) or slug(project.root.resolve().name) or "publication"
    return replace(project, name=name)
