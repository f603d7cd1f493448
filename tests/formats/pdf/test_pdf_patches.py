"""The engine is the one that our patches were made for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from pdf_pages import CSS, FONTS
from test_pdf_notes import SEE, SMALL, reflowing

import publish

# The functions that our doors to the engine stand for or call, as they are in WeasyPrint 70.0. When one of these fails, a new
# release changed the function: compare it with patches.py, mend or drop the patch, and write the new digest here.
_KNOWN = {
    "weasyprint.layout.page.make_all_pages": "b5e4034894841caa",
    "weasyprint.layout.page.make_page": "656f183328e8b1b5",
    "weasyprint.layout.page.remake_page": "1ff09b2dffa17839",
    "weasyprint.layout.block._linebox_layout": "e07bbe000974787e",
    "weasyprint.layout.block.block_level_layout": "c1301dde9284e245",
    "weasyprint.layout.block.block_container_layout": "65842ca53a8391eb",
    "weasyprint.layout.block._in_flow_layout": "c2537262836dd981",
    "weasyprint.layout.block._add_break_values": "547eb148b813c006",
    "weasyprint.layout.initialize_page_maker": "5bb3c878d722af53",
    "weasyprint.document.Document._build_layout_context": "2b072254ab89701b",
    "weasyprint.document.Document._render": "ebaceeb0fa8e79aa",
    "weasyprint.css.find_stylesheets": "ac92dbb80c3fd936",
    "weasyprint.pdf.fonts.build_fonts_dictionary": "fc551bef35d0d6c3",
    "weasyprint.pdf.fonts.Font": "1888854798bf8726",
    "weasyprint.pdf.anchors.resolve_links": "f95937bb4e4f1007",
    "weasyprint.layout.page._update_page_groups": "baae519d41beefe1",
    "weasyprint.css.targets.TargetCollector": "ea382c293323197b",
    "weasyprint.layout.layout_document": "a5cbf437e99caf72",
    "weasyprint.pdf.add_tags": "f0e74575b0bafaf3",
    "weasyprint.pdf.anchors.add_links": "262e8b9b299892a7",
    "weasyprint.text.line_break.split_first_line": "39ad1016863ca34d",
    "weasyprint.text.line_break.first_line_metrics": "55ec5d0b58b29a8b",
    "weasyprint.text.line_break.create_layout": "6587192cc0ab3ffa",
    "weasyprint.text.line_break.get_next_word_boundaries": "3aab26b84151036d",
    "weasyprint.text.line_break.Layout.reactivate": "0b89ee097104b713",
    "weasyprint.draw.text.draw_first_line": "1bb8eae6d88e71b1",
    "weasyprint.pdf.stream.Stream.add_font": "e4226e1117477217",
    "weasyprint.pdf.stream.Stream.show_text": "3e008af86f62f42c",
    "weasyprint.text.line_break.Layout.get_first_line": "bb65cbda0e27f135",
    "weasyprint.text.line_break.Layout.set_text": "fe23ca9937dbf520",
    "weasyprint.text.line_break.Layout.setup": "fb227a55094f41d4",
    "weasyprint.text.line_break._font_style_cache_key": "d6b09d54b8258d58",
    "weasyprint.layout.page.set_page_type_computed_styles": "4e68b396b35c4a06",
    "weasyprint.css.StyleFor.add_page_declarations": "78e388ade2325011",
    "weasyprint.css.StyleFor.set_computed_styles": "b5b15856b8beff3f",
    "weasyprint.css.ComputedStyle.copy": "4398a49b631bf992",
    "weasyprint.layout.inline.text_align": "e953d41b87ccfc30",
    "weasyprint.layout.inline.justify_line": "f83b21ff8793ba6b",
    "weasyprint.layout.inline.add_word_spacing": "879516e71f1b80fa",
    "weasyprint.layout.inline.get_next_linebox": "67af458c2545e74f",
    "weasyprint.layout.inline.iter_line_boxes": "04aec48abfcad809",
    "weasyprint.layout.percent.resolve_percentages": "71673078096fcf87",
    "pyphen.HyphDict": "57e31328eef1fd65",
    "weasyprint.pdf.stream.Stream.marked": "3fa3acacbbf66422",
}


def _digest(name: str) -> str:
    """Give the digest of a function's text, taken in a fresh process where nothing is patched."""
    module, _, attribute = name.rpartition(".")
    if module.rpartition(".")[2][0].isupper():
        module, _, owner = module.rpartition(".")
        attribute = f"{owner}.{attribute}"
    script = (
        "import sys, inspect, hashlib, importlib, operator\n"
        f"found = operator.attrgetter({attribute!r})(importlib.import_module({module!r}))\n"
        "print(hashlib.sha256(inspect.getsource(found).encode()).hexdigest()[:16])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("name", _KNOWN)
def test_the_engine_s_functions_are_those_that_we_know(name: str) -> None:
    assert _digest(name) == _KNOWN[name]


_STOCK = """
import sys, weasyprint
css, body = sys.stdin.read().split("\\0")
html = weasyprint.HTML(string=f'<style>{css}</style><article class="body">{body}', base_url=sys.argv[1])
sys.stdout.buffer.write(html.write_pdf())
"""


@pytest.mark.parametrize(("first", "printed"), [(True, {"NOTE1": 2}), (False, {})])
def test_the_engine_still_repeats_and_loses_notes_by_itself(first: bool, printed: dict[str, int]) -> None:
    """When this fails, WeasyPrint has mended its notes and patches.py can do without its own make_all_pages."""
    done = subprocess.run(
        [sys.executable, "-c", _STOCK, f"{FONTS.as_uri()}/"],
        input=f"{CSS + SMALL + SEE}\0{reflowing(first=first)}".encode(),
        capture_output=True,
        check=True,
    )
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(done.stdout)).pages)
    assert Counter(re.findall(r"NOTE\d+", text)) == printed


def test_only_its_doors_import_the_engine() -> None:
    root = Path(publish.__file__).parent
    importing = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"^\s*(import|from) (weasyprint|pydyf|cssselect2)", path.read_text("utf-8"), re.MULTILINE)
    }
    doors = [
        "autospace",
        "breaking",
        "deferring",
        "division",
        "drawing",
        "engine",
        "fitting",
        "footnotes",
        "hanging",
        "haste",
        "lexicon",
        "lines",
        "movable",
        "overleaf",
        "patches",
        "press",
        "rhythm",
        "shrinking",
        "typefaces",
    ]
    assert importing == {f"formats/pdf/{name}.py" for name in doors}


def test_the_package_is_light_to_import() -> None:
    script = (
        "import sys, publish.formats.pdf, publish.formats.pdf.writer as w\n"
        "print([n for n in ('weasyprint', 'pikepdf', 'PIL', 'pypdfium2', 'jpype') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


_TALKS = (
    "Here the two halves of Russian policy caught each other by the sleeve. On 6 January 2016 the North tested a nuclear "
    "device for the fourth time. On 7 February it launched a rocket, and on the same day Seoul and Washington announced "
    "that formal talks on {}THAAD{} would begin."
)
_LINES = """
import sys, weasyprint
from publish.formats.pdf import lines
if sys.argv[2] == "mended":
    lines.install()
css, *texts = sys.stdin.read().split("\\0")
boxes = "".join(f'<p style="width: {half / 2}pt">{text}</p>' for half in range(600, 700) for text in texts)
css += " p { hyphens: auto; text-align: justify; break-inside: avoid }"
html = weasyprint.HTML(string=f'<style>{css}</style><html lang="en">{boxes}', base_url=sys.argv[1])
for page in html.render().pages:
    for box in page._page_box.descendants():
        if box.element_tag == "p" and type(box).__name__ == "BlockBox":
            found = [line for line in box.descendants() if type(line).__name__ == "LineBox"]
            print("|".join("".join(b.text for b in line.descendants() if hasattr(b, "text")).strip() for line in found))
"""


@pytest.mark.parametrize(("how", "whole"), [("stock", False), ("mended", True)])
def test_a_line_that_fits_but_for_its_last_space_stays_whole(how: str, whole: bool) -> None:
    """When the stock case fails, WeasyPrint has mended its lines and lines.py can go."""
    css = f'@font-face {{ font-family: "Source Serif 4"; src: url({FONTS.as_uri()}/SourceSerif4-Regular.ttf) }}'
    css += ' @page { size: 600pt } body { font: 10pt "Source Serif 4" }'
    texts = (_TALKS.format("", ""), _TALKS.format("<span>", "</span>"))
    done = subprocess.run(
        [sys.executable, "-c", _LINES, f"{FONTS.as_uri()}/", how],
        input="\0".join([css, *texts]),
        capture_output=True,
        check=True,
        text=True,
    )
    found = [line for line in done.stdout.splitlines() if line]
    assert len(found) == 200
    assert ("|same|" not in "".join(found)) is whole
