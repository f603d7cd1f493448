"""Drawings: what a page shows comes through; what acts, reaches out or explodes is refused by name."""

from __future__ import annotations

import base64
import time
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from publish.images import svg
from publish.images.model import PictureError

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside: str, attributes: str = 'viewBox="0 0 200 100"', before: str = "") -> bytes:
    return f"{before}<svg {SVG} {attributes}>{inside}</svg>".encode()


def refusal(data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        svg.load("map.svg", data)
    return caught.value


def test_what_is_drawn_comes_through_and_what_is_not_goes() -> None:
    data = drawing(
        '<title>Port</title><metadata><rdf:RDF xmlns:rdf="urn:rdf">geheim</rdf:RDF></metadata><!-- geheim -->'
        '<ink:view xmlns:ink="urn:ink" ink:who="geheim"/><style>.a{fill:url(#g)}</style>'
        '<linearGradient id="g"/><g data-name="geheim" ink2:label="geheim" xmlns:ink2="urn:ink2">'
        '<path class="a" d="M0 0h9" fill="url(#g)" transform="rotate(3)"/>Tail</g><use xlink:href="#g"/>'
        '<text xml:lang="ru" xml:space="preserve">Порт</text><a href="https://example.org/"><circle r="2"/></a>',
        before='<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">',
    )
    picture = svg.load("map.svg", data)
    assert b"geheim" not in picture.data
    assert b"DOCTYPE" not in picture.data
    assert b"urn:ink" not in picture.data
    root = etree.fromstring(picture.data)
    names = [etree.QName(element).localname for element in root.iter(etree.Element)]
    assert names == ["svg", "title", "style", "linearGradient", "g", "path", "use", "text", "a", "circle"]
    assert root[-2].text == "Порт"
    assert root[-2].get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    assert root.find(".//{*}path").tail == "Tail"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 200 100"', (200, 100)),
        ('viewBox="-10,-10 , 200,100" width="100%" height="100%"', (200, 100)),
        ('width="100mm" height="50mm"', (378, 189)),
        ('width="1in" viewBox="0 0 200 100"', (96, 48)),
        ('height="72pt" viewBox="0 0 200 100"', (192, 96)),
        ('width="30" height="20" viewBox="0 0 3 2"', (30, 20)),
        ('width=".5cm" height="5e1"', (19, 50)),
        ('width="0.2" height="0.1"', (1, 1)),
    ],
)
def test_every_drawing_gets_a_size_and_a_view_box(attributes: str, size: tuple[int, int]) -> None:
    picture = svg.load("map.svg", drawing("", attributes))
    assert (picture.width, picture.height) == size
    root = etree.fromstring(picture.data)
    assert root.get("viewBox")
    assert "%" not in f"{root.get('width')}{root.get('height')}"


@pytest.mark.parametrize("attributes", ["", 'width="10"', 'width="2em" height="2em"', 'viewBox="0 0 0 5"', 'viewBox="0 0 nan 5"', 'width="-3" height="4"', 'viewBox="0 0 1e99 1"'])  # fmt: skip
def test_a_drawing_without_a_size_is_refused(attributes: str) -> None:
    assert "how large" in refusal(drawing("", attributes)).message


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "a script"),
        ('<rect onclick="alert(1)"/>', "onclick"),
        ('<rect ONLOAD="alert(1)"/>', "ONLOAD"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>lost</p></foreignObject>", "foreignObject"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'>lost</p>", "web page"),
        ('<image href="file:///etc/passwd"/>', "file:///etc/passwd"),
        ('<image xlink:href="http://127.0.0.1/x.png"/>', "http://127.0.0.1"),
        ('<image href="port.jpg"/>', "port.jpg"),
        ('<image href="  //example.org/x.png"/>', "//example.org"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "data:image/svg"),
        ('<use href="other.svg#a"/>', "other.svg"),
        ('<a href="javascript:alert(1)"><path/></a>', "javascript:"),
        ('<a xlink:href="&#x20;java&#x0a;script:alert(1)"><path/></a>', "script:"),
        ('<rect fill="url(http://example.org/a#b)"/>', "http://example.org"),
        ("<rect style=\"fill: URL( 'x.svg#a' )\"/>", "x.svg"),
        (r'<rect style="fill:u\72l(x.svg)"/>', "x.svg"),
        (r'<rect style="fill:\000075rl(x.svg)"/>', "x.svg"),
        ("<style>@import 'x.css';</style>", "from outside"),
        ("<style><![CDATA[rect{fill:url(x.svg)}]]></style>", "x.svg"),
        ("<style>@font-face{src:url(data:font/ttf;base64,AAAA)}</style>", "data:font"),
        ("<style>rect{fill:image-set('x.png' 1x)}</style>", "from outside"),
        ('<animate attributeName="href" to="javascript:1"/>', "animation"),
        ('<set attributeName="x" to="1"/>', "animation"),
        ("<switch><g><handler>1</handler></g></switch>", "a script"),
    ],
)
def test_what_acts_or_reaches_out_is_refused_by_name(inside: str, what: str) -> None:
    error = refusal(drawing(inside))
    assert error.rule == "image-readable"
    assert what in error.message


def test_a_stylesheet_from_elsewhere_is_refused() -> None:
    data = drawing("", before='<?xml-stylesheet href="x.css"?>')
    assert "another file" in refusal(data).message


ENTITIES = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    text = drawing("<text>&b;&x;</text>", before=ENTITIES).decode()
    assert refusal(text.encode(encoding)).rule == "image-readable"


def test_an_external_dtd_is_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "evil.dtd"
    dtd.write_text('<!ENTITY x "geheim">')
    data = drawing("<text>&x;</text>", before=f'<!DOCTYPE svg SYSTEM "{dtd.as_uri()}">')
    try:
        assert b"geheim" not in svg.load("map.svg", data).data
    except PictureError as error:
        assert "geheim" not in error.message


@pytest.mark.parametrize("data", [b"<svg", b"<svg><g></svg>", b'<svg xmlns="urn:x"/>', b"<svg/>", b'<svg xmlns="http://www.w3.org/2000/svg">\xff</svg>'])  # fmt: skip
def test_what_is_not_well_formed_svg_is_refused(data: bytes) -> None:
    assert refusal(data).rule == "image-readable"


def embedded(kind: str, data: bytes) -> bytes:
    return drawing(f'<image href="data:image/{kind};base64,{base64.b64encode(data).decode()}" width="9" height="9"/>')


def test_an_embedded_bitmap_is_as_strictly_judged_as_a_file() -> None:
    out = BytesIO()
    Image.effect_noise((48, 32), 90).save(out, "JPEG", comment=b"geheim")
    data = out.getvalue()
    kept = svg.load("map.svg", embedded("jpeg", data)).data
    written = base64.b64decode(kept.partition(b"base64,")[2].partition(b'"')[0])
    assert b"geheim" in data
    assert b"geheim" not in written
    with Image.open(BytesIO(written)) as image:
        assert image.tobytes() == Image.open(BytesIO(data)).tobytes()
    assert "not whole" in refusal(embedded("jpeg", data[: len(data) // 2])).message
    assert "neither" in refusal(embedded("png", b"GIF89a")).message


def bomb(reference: str, levels: int = 9) -> str:
    layers = "".join(
        f'<g id="l{n}">' + reference.format(n - 1) * 10 + "</g>" if n else '<g id="l0"><rect/></g>'
        for n in range(levels)
    )
    return f"<defs>{layers}</defs><use href='#l{levels - 1}'/>"


@pytest.mark.parametrize(
    "inside",
    [
        bomb('<use href="#l{}"/>'),
        bomb('<use xlink:href="#l{}"/>'),
        bomb('<rect mask="url(#l{})"/>'),
        bomb('<rect style="fill:url(&quot;#l{}&quot;)"/>'),
    ],
)
def test_a_bomb_of_references_is_refused_at_once(inside: str) -> None:
    begin = time.monotonic()
    assert "shapes" in refusal(drawing(inside)).message
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<mask id="m" mask="url(#m)"/>',
        '<pattern id="p"><rect fill="url(#p)"/></pattern>',
    ],
)
def test_a_circle_of_references_is_refused(inside: str) -> None:
    assert "refers to itself" in refusal(drawing(inside)).message


def test_depth_is_limited_in_the_tree_and_through_references() -> None:
    assert "deeper" in refusal(drawing("<g>" * 70 + "</g>" * 70)).message
    chain = "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(5_000))
    assert "deeper" in refusal(drawing(chain)).message
    assert svg.load("map.svg", drawing("<g>" * 50 + "</g>" * 50))


def test_a_map_of_many_shapes_is_taken() -> None:
    picture = svg.load("map.svg", drawing('<path d="M0 0h1"/>' * 100_000))
    assert picture.data.count(b"<path") == 100_000


def test_writing_it_again_changes_nothing() -> None:
    once = svg.load("map.svg", drawing('<g><path d="M0 0"/><text>A &amp; B &lt; C</text></g>')).data
    assert svg.load("map.svg", once).data == once
