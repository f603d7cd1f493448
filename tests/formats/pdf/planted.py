"""Faults planted in sound files for printers, each with all that must be told of it (``planting`` says how).

A fault may break several rules; then all of them are told, and nothing else.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from planting import (
    SOUND,
    Plant,
    a_font,
    called_otherwise,
    changed,
    fade,
    filled,
    first,
    form,
    having,
    info,
    ink_of_its_own,
    intent,
    laid_out,
    longer,
    moved,
    no_fonts,
    packed,
    packed_by_lzw,
    painted,
    palette,
    recoloured,
    renumbered,
    screen_profile,
    seen_through,
    sound,
    spoilt,
    stencil,
    table_of_colours,
    tiles,
    twice,
    whitened,
    without,
    written,
)
from press_pages import BODY, THROUGH, laid

from publish.formats.pdf.finishing.inks import icc

LINK = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
PROGRAM = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
NEAR = "“Running head” stands 8.1 mm from the head edge; 12.7 are asked for"
INNER = "“An essay” stands 8.2 mm from the left edge; 9.5 are asked for"
RED, THROUGH_HALF = "1 0 0 rg", {"ExtGState": {"/G": Dictionary(ca=0.5)}}
WHITE_EDGE = SOUND.replace("background: #e4d9c0", "")
BAND = '<div style="margin: 0 calc(-20mm - 8px); height: 20mm; background: #06c"></div>'
FREE = "only CMYK and grey is printed"

CLAIMS = {
    "no title": changed("offset", without("/Title", info), "the file does not say its Title"),
    "no date": changed("ingram", without("/CreationDate", info), "the file does not say its CreationDate"),
    "no date of changes": changed("offset", without("/ModDate", info), "the file does not say its ModDate"),
    "no word of trapping": changed("offset", without("/Trapped", info), "the file does not say whether it is trapped"),
    "trapped in part": changed(
        "ingram", having("/Trapped", Name.Unknown, info), "the file does not say whether it is trapped"
    ),
    "no number": Plant("offset", renumbered, ("the file has no number (ID)",)),
    "encrypted": changed(
        "offset",
        lambda _: None,
        "the file is encrypted",
        encryption=pikepdf.Encryption(owner="printer", user="", R=3, aes=False, metadata=False),
    ),
    "no conformance": changed(
        "ingram", without("/GTS_PDFXConformance", info), "the file does not say that it is PDF/X-1a:2001"
    ),
    "a later PDF/X-1a": changed(
        "ingram", having("/GTS_PDFXVersion", "PDF/X-1a:2003", info), "the file does not say that it is PDF/X-1a:2001"
    ),
    "PDF 1.4": changed(
        "ingram", lambda _: None, "PDF/X-1a:2001 is PDF 1.3, and the file is PDF 1.4", force_version="1.4"
    ),
    "PDF 1.4 in the catalog": changed(
        "ingram", having("/Version", Name("/1.4")), "PDF/X-1a:2001 is PDF 1.3, and the file is PDF 1.4"
    ),
    "PDF 1.7": changed("offset", lambda _: None, "PDF/X-4 is PDF 1.6, and the file is PDF 1.7", force_version="1.7"),
    "packed objects": Plant("ingram", packed, ("the file is packed as PDF 1.3 does not know it (object streams)",)),
    "another PDF/X": changed("offset", called_otherwise, "the file does not say that it is PDF/X-4"),
    "no intent": changed(
        "offset", without("/OutputIntents"), "the file has no output intents for PDF/X, and should have one"
    ),
    "two intents": changed("ingram", twice, "the file has 2 output intents for PDF/X, and should have one"),
    "no condition": changed(
        "offset",
        having("/OutputConditionIdentifier", String(""), intent),
        "the output intent names no printing condition",
    ),
    "an unregistered condition": changed(
        "ingram",
        without("/RegistryName", intent),
        "the output intent says neither where its name is registered nor has a profile",
    ),
    "no press profile": changed(
        "offset", without("/DestOutputProfile", intent), "the profile of the press is not in the file"
    ),
    "a press profile": changed(
        "ingram",
        having("/DestOutputProfile", lambda pdf: pdf.make_stream(icc("fogra39"), N=4), intent),
        "the profile of the press is in the file, and this printer wants none there",
    ),
    "a screen's profile": changed(
        "offset",
        having("/DestOutputProfile", lambda pdf: pdf.make_stream(icc("srgb"), N=3), intent),
        "the profile in the file is not that of a CMYK press",
    ),
    "an action": changed("offset", having("/OpenAction", PROGRAM), "the file does something when it is opened"),
    "an action of a page": changed(
        "ingram", having("/AA", Dictionary(O=PROGRAM), first), "the file does something when it is opened"
    ),
    "a program": changed(
        "offset", having("/Names", Dictionary(JavaScript=Dictionary())), "the file holds a program (JavaScript)"
    ),
    "other files": changed(
        "ingram", having("/Names", Dictionary(EmbeddedFiles=Dictionary())), "the file holds other files"
    ),
    "layers": changed(
        "ingram", having("/OCProperties", Dictionary(OCGs=[])), "the file has layers, which PDF/X-1a does not know"
    ),
    "LZW": changed(
        "ingram",
        packed_by_lzw,
        "the file is packed by LZW, which PDF/X does not allow",
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    ),
    "PostScript": painted(
        "offset",
        "",
        "the file holds a program (PostScript)",
        XObject={"/X": lambda pdf: pdf.make_stream(b"beep", Type=Name.XObject, Subtype=Name.PS)},
    ),
    "a transfer function": painted(
        "offset",
        "/G gs",
        "the file changes the inks once more by a curve of its own (a transfer function)",
        ExtGState={"/G": Dictionary(TR=Dictionary(FunctionType=2, Domain=[0, 1], N=2))},
    ),
    "a font that is not there": changed("offset", no_fonts, "the font ABKUEG+Text-Serif is not in the PDF"),
    "a font that is not there, untagged": changed("ingram", no_fonts, "the font ABKUEG+Text-Serif is not in the PDF"),
}

BOXES = {
    "no trim": changed("offset", without("/TrimBox", first), "the page has no TrimBox", "the pages are of 2 sizes"),
    "a sheet that begins elsewhere": changed("offset", moved, "the page does not begin at 0 0 but at -1 -1"),
    "a bleed inside the trim": changed(
        "offset",
        having("/BleedBox", Array([20, 20, 250, 350]), first),
        "the boxes do not lie one inside the other: trim, bleed, sheet",
    ),
    "a bleed outside the sheet": changed(
        "offset",
        having("/BleedBox", Array([-9, -9, 320, 440]), first),
        "the boxes do not lie one inside the other: trim, bleed, sheet",
    ),
    "no bleed": changed(
        "offset",
        having("/BleedBox", lambda pdf: pdf.pages[0].TrimBox, first),
        "the bleed is 0.0 mm wide, and 3 mm are asked for",
    ),
    "no word of a bleed": changed(
        "offset", without("/BleedBox", first), "the bleed is 0.0 mm wide, and 3 mm are asked for"
    ),
    "an art box": changed(
        "offset",
        having("/ArtBox", lambda pdf: pdf.pages[0].TrimBox, first),
        "the page has an ArtBox as well as a TrimBox",
    ),
    "a turned page": changed("pod-grey", having("/Rotate", 90, first), "the page is turned"),
    "a link": changed("offset", having("/Annots", Array([LINK]), first), "there are links or notes on the page"),
    "another size": changed(
        "pod-grey",
        having("/TrimBox", Array([-9, -9, 300, 420]), first),
        "the pages are of 2 sizes",
        "the boxes do not lie one inside the other: trim, bleed, sheet",
    ),
    "an odd page": changed(
        "offset", lambda pdf: pdf.pages.__delitem__(-1), "the file has 3 pages, which is no multiple of 4"
    ),
    "too few pages": Plant(
        "ingram", lambda: sound("ingram"), ("the file has 2 pages; ingram binds books of 18 pages and more",), few=True
    ),
    "too many pages": Plant(
        "pod-grey",
        lambda: spoilt("pod-grey", longer(830)),
        ("the file has 830 pages; pod-grey binds books of at most 828",),
        few=True,
    ),
    "a white bleed": changed(
        "offset",
        whitened(0, 1, 2, 3),
        *(
            f"what reaches the {side} edge does not fill the bleed of 3 mm"
            for side in ("left", "foot", "right", "head")
        ),
    ),
    "one white side": changed("offset", whitened(3), "what reaches the head edge does not fill the bleed of 3 mm"),
    "an area that ends at the knife": laid_out(
        "offset",
        BAND,
        WHITE_EDGE,
        *(f"what reaches the {side} edge does not fill the bleed of 3 mm" for side in ("left", "right")),
    ),
    "text at the knife": laid_out("ingram", BODY, SOUND + "@page { margin: 12mm }", NEAR),
    "text in the gutter": laid_out("pod-grey", BODY, SOUND + "@page { margin-left: 6mm }", INNER),
}

COLOURS = {
    "RGB text": painted("offset", written(RED), f"text is in RGB; {FREE}", Font={"/f": a_font}),
    "an RGB area": painted("offset", f"{RED} 50 50 5 5 re f", f"an area is in RGB; {FREE}"),
    "an RGB line": painted("ingram", "0 0 1 RG 50 50 m 60 60 l S", f"a line is in RGB; {FREE}"),
    "an RGB picture": changed("offset", filled(Name.DeviceRGB, (200, 0, 0)), f"a picture is in RGB; {FREE}"),
    "a picture for screens": changed(
        "offset", filled(screen_profile, (200, 0, 0)), f"a picture is in ICCBased; {FREE}"
    ),
    "a picture of a palette": changed("ingram", filled(palette, (0,)), f"a picture is in Indexed; {FREE}"),
    "an RGB picture in the stream": painted(
        "offset",
        "1 0 0 1 50 50 cm BI /W 5 /H 5 /BPC 8 /CS /RGB ID " + "ab0" * 25 + " EI",
        f"a picture is in RGB; {FREE}",
    ),
    "an RGB stencil": painted(
        "offset", f"{RED} 5 0 0 5 50 50 cm /X Do", f"an area is in RGB; {FREE}", XObject={"/X": stencil}
    ),
    "an RGB stencil in the stream": painted(
        "offset", f"{RED} BI /W 8 /H 1 /IM true ID U EI", f"an area is in RGB; {FREE}"
    ),
    "an RGB gradient": painted(
        "offset",
        "/S sh",
        f"a gradient is in RGB; {FREE}",
        Shading={"/S": fade(Name.DeviceRGB, (1, 0, 0), (0, 0, 1))},
    ),
    "a gradient without stops": painted(
        "offset", "/S sh", f"a gradient is in RGB; {FREE}", Shading={"/S": table_of_colours}
    ),
    "RGB tiles": painted(
        "offset", "/Pattern cs /P scn 50 50 9 9 re f", f"an area is in RGB; {FREE}", Pattern={"/P": tiles}
    ),
    "RGB in a form": painted(
        "ingram", "/X Do", f"an area is in RGB; {FREE}", XObject={"/X": form(b"1 0 0 rg 50 50 9 9 re f")}
    ),
    "RGB by a profile": painted(
        "offset",
        "/C cs 1 0 0 scn 50 50 9 9 re f",
        f"an area is in ICCBased; {FREE}",
        ColorSpace={"/C": screen_profile},
    ),
    "an ink of its own": painted(
        "offset",
        "/C cs 1 scn 50 50 9 9 re f",
        f"an area is in the spot colour Gold; {FREE}",
        ColorSpace={"/C": ink_of_its_own("Gold")},
    ),
    "all plates at once": painted(
        "offset",
        "/C cs 1 scn 50 50 9 9 re f",
        f"an area is in the colour of crop marks, which is on all plates; {FREE}",
        ColorSpace={"/C": ink_of_its_own("All")},
    ),
    "CMYK in a grey book": painted("pod-grey", "0 1 0 0 k 50 50 5 5 re f", "an area is in CMYK; only grey is printed"),
    "a coloured picture in a grey book": changed(
        "pod-grey", filled(Name.DeviceRGB, (200, 0, 0)), "a picture is in RGB; only grey is printed"
    ),
    "an area of all inks": painted(
        "offset", "1 1 1 1 k 50 50 5 5 re f", "an area takes 400% of ink, and 300 % is the most"
    ),
    "an area of too much ink": painted(
        "ingram", ".8 .7 .7 .5 k 50 50 5 5 re f", "an area takes 270% of ink, and 240 % is the most"
    ),
    "a picture of too much ink": changed(
        "ingram", filled(Name.DeviceCMYK, (255, 255, 255, 128)), "a picture takes 350% of ink, and 240 % is the most"
    ),
    "a gradient of too much ink": painted(
        "ingram",
        "/S sh",
        "a gradient takes 300% of ink, and 240 % is the most",
        Shading={"/S": fade(Name.DeviceCMYK, (0, 0, 0, 0), (1, 1, 0, 1))},
    ),
    "rich black": painted(
        "offset",
        written(".6 .4 .4 1 k"),
        "text of 10.0 points is printed in rich black, not in black alone",
        Font={"/f": a_font},
    ),
    "rich black, drawn round": painted(
        "ingram",
        "1 Tr " + written(".1 0 0 .9 K"),
        "text of 10.0 points is printed in rich black, not in black alone",
        Font={"/f": a_font},
    ),
    "half there": painted("ingram", "/G gs 0 g 50 50 9 9 re f", "an area is transparent", **THROUGH_HALF),
    "multiplied": painted(
        "ingram",
        "/G gs 0 G 50 50 m 60 60 l S",
        "a line is transparent",
        ExtGState={"/G": Dictionary(BM=Name.Multiply)},
    ),
    "seen through": painted(
        "ingram", "50 0 0 50 50 50 cm /X Do", "a picture is transparent", XObject={"/X": seen_through}
    ),
    "faded and not flattened": Plant(
        "ingram",
        lambda: recoloured(laid(BODY + THROUGH, SOUND)),
        ("a picture is transparent", "an area is transparent", "text is transparent"),
    ),
    "few pixels": changed(
        "offset",
        filled(Name.DeviceCMYK, (0, 200, 0, 0), (120, 60)),
        "a picture has 203 pixels an inch, and 300 are asked for",
    ),
    "hardly any pixels": changed(
        "ingram",
        filled(Name.DeviceCMYK, (0, 200, 0, 0), (24, 12)),
        "a picture has 41 pixels an inch, and 300 are asked for",
    ),
}

PLANTS = {**CLAIMS, **BOXES, **COLOURS}
"""The faults by name."""
