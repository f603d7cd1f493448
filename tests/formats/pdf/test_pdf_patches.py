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

# The functions that patches.py and haste.py stand for or call, as they are in WeasyPrint 70.0. When one of these fails, a new
# release changed the function: compare it with patches.py, mend or drop the patch, and write the new digest here.
_KNOWN = {
    "weasyprint.layout.page.make_all_pages": "b5e4034894841caa",
    "weasyprint.layout.page.remake_page": "1ff09b2dffa17839",
    "weasyprint.layout.block._linebox_layout": "e07bbe000974787e",
    "weasyprint.layout.block.block_level_layout": "c1301dde9284e245",
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
    "weasyprint.text.line_break.Layout.setup": "fb227a55094f41d4",
    "weasyprint.text.line_break._font_style_cache_key": "d6b09d54b8258d58",
    "weasyprint.layout.page.set_page_type_computed_styles": "4e68b396b35c4a06",
    "weasyprint.css.StyleFor.add_page_declarations": "78e388ade2325011",
    "weasyprint.css.StyleFor.set_computed_styles": "b5b15856b8beff3f",
    "weasyprint.css.ComputedStyle.copy": "4398a49b631bf992",
    "pyphen.HyphDict": "57e31328eef1fd65",
    "cffi.cparser.Parser": "6b1f01567471a353",
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
        [sys.executable, "-c", _STOCK, f"file://{FONTS}/"],
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
    doors = ("division", "engine", "footnotes", "haste", "patches", "press", "rhythm", "typefaces")
    assert importing == {f"formats/pdf/{name}.py" for name in doors}


def test_the_package_is_light_to_import() -> None:
    script = (
        "import sys, publish.formats.pdf, publish.formats.pdf.writer as w\n"
        "print([n for n in ('weasyprint', 'pikepdf', 'PIL', 'pypdfium2', 'jpype') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
