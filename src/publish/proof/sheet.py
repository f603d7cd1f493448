"""The proof put together: what stands on it, as plain values, and the template that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from publish.diagnostics import Diagnostic
from publish.formats.pdf.picture import PageShot, page_shots
from publish.proof.browser import shots as photographed
from publish.proof.guides import Guides, guides
from publish.proof.model import Material
from publish.proof.placing import pages_of
from publish.proof.screens import Screen, Screens
from publish.records import dataclass
from publish.renderer.sheets import fill
from publish.words import direction

_TEMPLATES = Path(__file__).parent / "templates"
_SMALL, _LARGE = 180, 960
_DEVICES = (("phone", 390, 844), ("tablet", 820, 1180))
_MOST_SHOTS = 24


@dataclass(frozen=True)
class PageView:
    """A page as the proof shows it. ``place`` counts from 0; ``margins`` and ``lines`` are in points, ``None`` or none
    where the page is not of the size that the theme means.
    """

    place: int
    label: str
    shot: PageShot
    margins: tuple[float, float, float, float] | None = None
    lines: Sequence[float] = ()
    diagnostics: Sequence[Diagnostic] = ()

    @property
    def name(self) -> str:
        """What the page is called: by what is printed on it, else by its place."""
        return self.label or f"({self.place + 1})"


@dataclass(frozen=True)
class Device:
    """A size at which the EPUB is shown, and pictures of the documents' first screens with their titles."""

    name: str
    width: int
    height: int
    pictures: Sequence[tuple[str, bytes]] = field(default=(), repr=False)


def sheet(material: Material) -> str:
    """Give the proof of a publication: one HTML document with everything inside it.

    Raises ValueError when what should be a PDF is none.
    """
    placed = pages_of(material.shown, material.diagnostics) if material.shown and material.pdf else {}
    pages = _pages(material, placed)
    screens = Screens(material.epub) if material.epub else None
    documents = list(screens.documents()) if screens else []
    return fill(
        _TEMPLATES,
        "proof.html",
        title=material.title,
        language=material.language,
        direction=direction(material.language),
        pages=pages,
        spreads=_spreads(pages),
        guided=any(page.margins for page in pages),
        gridded=any(page.lines for page in pages),
        cover=screens.cover if screens else "",
        book=screens.whole() if screens else "",
        devices=[_device(name, width, height, documents, material.browser) for name, width, height in _DEVICES],
        elsewhere=[d for d in material.diagnostics if d not in placed],
        count=len(material.diagnostics),
        files=[(kind, len(data)) for kind, data in (("PDF", material.pdf), ("EPUB", material.epub)) if data],
    )


def _pages(material: Material, placed: Mapping[Diagnostic, int]) -> list[PageView]:
    if not material.pdf:
        return []
    shots = list(page_shots(material.pdf, (_SMALL, _LARGE)))
    meant = guides(material.printed) if material.printed else None
    guided = {place for place, shot in enumerate(shots) if meant and _is_of_size(shot, meant)}
    phase = meant.phase((place, shots[place].baselines) for place in guided) if meant else None
    labels = [entry.title for entry in material.shown.pages] if material.shown else []
    # An EPUB lists the pages of the print; those for screens may have a cover before them.
    ahead = max(0, len(shots) - len(labels)) if labels and material.shown else 0
    labels = [material.shown.words.get("cover", "")] * ahead + labels if material.shown else []
    return [
        PageView(
            place,
            labels[place] if place < len(labels) else str(place + 1),
            shot,
            meant.margins(place) if meant and place in guided else None,
            meant.lines(place, phase) if meant and phase is not None and place in guided else (),
            tuple(d for d, page in placed.items() if page + ahead == place),
        )
        for place, shot in enumerate(shots)
    ]


def _is_of_size(shot: PageShot, meant: Guides) -> bool:
    return abs(shot.width - meant.width) < 1 and abs(shot.height - meant.height) < 1


def _spreads(pages: Sequence[PageView]) -> list[tuple[PageView | None, PageView | None]]:
    """Give the pages as an open book shows them: the first stands alone, on the second side."""
    halves: list[PageView | None] = [None, *pages]
    if len(halves) % 2:
        halves.append(None)
    return list(zip(halves[::2], halves[1::2], strict=True)) if pages else []


def _device(name: str, width: int, height: int, documents: Sequence[Screen], browser: Path | None) -> Device:
    shown = documents[:_MOST_SHOTS]
    taken = photographed(browser, [screen.html for screen in shown], (width, height)) if browser and shown else []
    titled = [(screen.title, picture) for screen, picture in zip(shown, taken, strict=False)]
    return Device(name, width, height, titled)
