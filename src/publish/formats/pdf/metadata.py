"""The data that a PDF carries about itself: the document information dictionary and one XMP packet.

Both say the same (ISO 32000-1, 14.3; ISO 16684-1); PDF/UA-1 (ISO 14289-1, clauses 5 and 7.1) asks for the packet,
for its identification and for the title in it. The only time that is written is ``Rendition.modified``.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from publish.formats.pdf.description import CREATOR, Description

PRODUCER = f"WeasyPrint {version('weasyprint')}"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACES = {
    "rdf": _RDF,
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def information(description: Description) -> dict[str, str]:
    """Give the entries of the information dictionary; an empty one is not written."""
    time = description.modified.strftime("D:%Y%m%d%H%M%SZ")
    return {
        "Title": description.title,
        "Author": ", ".join(description.authors),
        "Subject": description.description,
        "Keywords": ", ".join(description.keywords),
        "Creator": CREATOR,
        "Producer": PRODUCER,
        "CreationDate": time,
        "ModDate": time,
    }


def packet(description: Description) -> bytes:
    """Give the XMP packet: one rdf:RDF with one description."""
    for prefix, uri in _NAMESPACES.items():
        ElementTree.register_namespace(prefix, uri)
    rdf = Element(_name("rdf:RDF"))
    about = SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    time = description.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    _text(about, "pdfuaid:part", "1")
    _text(about, "dc:format", "application/pdf")
    _text(about, "dc:identifier", description.identifier)
    _alternatives(about, "dc:title", description.title)
    _alternatives(about, "dc:description", description.description)
    _alternatives(about, "dc:rights", description.rights)
    _array(about, "dc:creator", "rdf:Seq", description.authors)
    _array(about, "dc:contributor", "rdf:Bag", description.contributors)
    _array(about, "dc:publisher", "rdf:Bag", [description.publisher])
    _array(about, "dc:subject", "rdf:Bag", description.keywords)
    _array(about, "dc:language", "rdf:Bag", [description.language])
    _array(about, "dc:date", "rdf:Seq", [description.date])
    _array(about, "xmp:Identifier", "rdf:Bag", description.identifiers)
    _text(about, "xmp:CreatorTool", CREATOR)
    for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        _text(about, key, time)
    _text(about, "xmpRights:Marked", "True" if description.rights or description.license else "")
    _text(about, "xmpRights:WebStatement", description.license if ":" in description.license else "")
    _text(about, "pdf:Keywords", ", ".join(description.keywords))
    _text(about, "pdf:Producer", PRODUCER)
    ElementTree.indent(rdf, " ")
    return b"\n".join(
        (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode(),
            b'<x:xmpmeta xmlns:x="adobe:ns:meta/">',
            ElementTree.tostring(rdf, encoding="utf-8"),
            b'</x:xmpmeta>\n<?xpacket end="r"?>',
        )
    )


def _name(qualified: str) -> str:
    prefix, _, local = qualified.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _text(parent: Element, name: str, value: str) -> None:
    if value:
        SubElement(parent, _name(name)).text = value


def _array(parent: Element, name: str, kind: str, values: Iterable[str]) -> None:
    values = [value for value in values if value]
    if values:
        array = SubElement(SubElement(parent, _name(name)), _name(kind))
        for value in values:
            SubElement(array, _name("rdf:li")).text = value


def _alternatives(parent: Element, name: str, value: str) -> None:
    if value:
        array = SubElement(SubElement(parent, _name(name)), _name("rdf:Alt"))
        item = SubElement(array, _name("rdf:li"), {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"})
        item.text = value
