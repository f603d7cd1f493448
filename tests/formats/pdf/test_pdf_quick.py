"""What is put off at the start is there when it is wanted."""

from __future__ import annotations

import subprocess
import sys

_PUT_OFF = """
import sys
from publish.formats.pdf import quick
quick.put_off()
from fontTools import subset
from fontTools.varLib.instancer import instantiateVariableFont
assert "fontTools.varLib.featureVars" not in sys.modules

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_v_a_r import TupleVariation
builder = FontBuilder(1000, isTTF=True)
builder.setupGlyphOrder([".notdef", "a"])
builder.setupCharacterMap({97: "a"})
def box(size):
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0)); pen.lineTo((0, size)); pen.lineTo((size, size)); pen.closePath()
    return pen.glyph()
builder.setupGlyf({".notdef": box(10), "a": box(100)})
builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
builder.setupHorizontalHeader(ascent=800, descent=-200)
builder.setupNameTable({"familyName": "X", "styleName": "Y"})
builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
wider = [(0, 0), (0, 0), (50, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
builder.setupGvar({"a": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
builder.setupOS2(); builder.setupPost()
heavy = instantiateVariableFont(builder.font, {"wght": 900})
assert heavy["glyf"]["a"].xMax == 150, heavy["glyf"]["a"].xMax
cut = subset.Subsetter(); cut.populate(text="a"); cut.subset(heavy)
print("fine")
"""


def test_parts_put_off_work() -> None:
    done = subprocess.run([sys.executable, "-c", _PUT_OFF], capture_output=True, text=True, check=False)
    assert done.stdout == "fine\n", done.stderr
