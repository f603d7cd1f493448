"""What a finished file says of itself: the standards that it claims, its printing condition, its times and numbers.

The XMP packet that was laid out is taken and added to; it stays one rdf:RDF with one description of the document.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from hashlib import sha256
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pikepdf import Array, Dictionary, Name, Pdf, String

from publish.formats.pdf.finishing.inks import SRGB, icc
from publish.profiles import Order, Standard

_REGISTRY = "http://www.color.org"
_PARSE_TYPE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}parseType"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfd": "http://pdfa.org/declarations/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# What each standard has said of itself in XMP: ISO 14289-1 and -2, 5; ISO 19005-2, 6.6.4; ISO 19005-4, 6.7.3;
# ISO 15930-7. PDF/X-1a (ISO 15930-1) knows no XMP.
_SAID: dict[Standard, dict[str, str]] = {
    "ua-1": {"pdfuaid:part": "1"},
    "ua-2": {"pdfuaid:part": "2", "pdfuaid:rev": "2024"},
    "a-2a": {"pdfaid:part": "2", "pdfaid:conformance": "A"},
    "a-4": {"pdfaid:part": "4", "pdfaid:rev": "2020"},
    "x-4": {"pdfxid:GTS_PDFXVersion": "PDF/X-4", "pdf:Trapped": "False"},
}
# Properties that PDF/A-2 does not know and wants described (ISO 19005-2, 6.6.2.3).
_DESCRIBED = {
    "pdfuaid": ("PDF/UA identification", (("part", "Integer"),)),
    "pdfxid": ("PDF/X identification", (("GTS_PDFXVersion", "Text"),)),
    "pdf": ("Adobe PDF", (("Trapped", "Text"),)),
}
# WTPDF 1.0, 5: what the file declares to conform to (PDF Declarations).
_WTPDF = ("http://pdfa.org/declarations/wtpdf#accessibility1.0", "http://pdfa.org/declarations/wtpdf#reuse1.0")


def claim(pdf: Pdf, order: Order, press: bytes) -> None:
    """Write what the file claims to be, and for which printing condition its colours are meant."""
    standards = order.standards
    _intents(pdf, order, press)
    pdf.Root.Metadata = pdf.make_stream(_packet(pdf, standards), Type=Name.Metadata, Subtype=Name.XML)
    if any(name.startswith("x-") for name in standards):
        pdf.docinfo["/Trapped"] = Name("/False")
    if "x-1a" in standards:  # ISO 15930-1: in the information dictionary
        pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1:2001")
        pdf.docinfo["/GTS_PDFXConformance"] = String("PDF/X-1a:2001")


def _intents(pdf: Pdf, order: Order, press: bytes) -> None:
    kinds = [kind for prefix, kind in (("x-", Name.GTS_PDFX), ("a-", Name.GTS_PDFA1)) if _any(order, prefix)]
    if "/OutputIntents" in pdf.Root:
        del pdf.Root["/OutputIntents"]
    if not kinds:
        return
    said = _screen() if order.profile.colour == "rgb" else _condition(order)
    if order.profile.colour == "rgb":
        profile, channels = icc(SRGB), 3
    else:
        profile, channels = press, 4
    if order.profile.embeds or order.profile.colour == "rgb":
        said["/DestOutputProfile"] = pdf.make_stream(profile, N=channels)
    intents = [Dictionary({"/Type": Name.OutputIntent, "/S": kind, **said}) for kind in kinds]
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent) for intent in intents])


def _any(order: Order, prefix: str) -> bool:
    return any(name.startswith(prefix) for name in order.standards)


def _screen() -> dict[str, object]:
    return {"/OutputConditionIdentifier": String("sRGB"), "/Info": String("sRGB IEC61966-2.1")}


def _condition(order: Order) -> dict[str, object]:
    """Name the printing condition as it is registered (ISO 32000-1, 14.11.5)."""
    name = order.condition or order.profile.condition
    return {
        "/OutputConditionIdentifier": String(name),
        "/OutputCondition": String(name),
        "/Info": String(name),
        "/RegistryName": String(_REGISTRY),
    }


def _packet(pdf: Pdf, standards: tuple[Standard, ...]) -> bytes:
    for prefix, uri in _NAMESPACES.items():
        ElementTree.register_namespace(prefix, uri)
    text = pdf.Root.Metadata.read_bytes()
    root = ElementTree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", text, flags=re.DOTALL).strip())
    about = next(root.iter(f"{_RDF}Description"))
    for key in ("pdfuaid:part", "pdfuaid:rev"):
        for found in about.findall(_name(key)):
            about.remove(found)
    said = {key: value for standard in standards for key, value in _SAID.get(standard, {}).items()}
    for key, value in said.items():
        SubElement(about, _name(key)).text = value
    if "x-4" in standards:
        _number(about, text, standards)
    if "wtpdf" in standards:
        _declare(about)
    if "a-2a" in standards:
        _describe(about, {key.partition(":")[0] for key in said} & set(_DESCRIBED))
    ElementTree.indent(root, " ")
    opened = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
    made: bytes = ElementTree.tostring(root, encoding="utf-8")
    return opened + made + b'\n<?xpacket end="r"?>'


def _number(about: Element, text: bytes, standards: tuple[Standard, ...]) -> None:
    """Number the document, as ISO 15930-7 asks: the same publication has the same numbers."""
    urn = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, sha256(text).hexdigest() + '/'.join(standards))}"
    for key, value in (("DocumentID", urn), ("InstanceID", urn), ("VersionID", "1"), ("RenditionClass", "default")):
        SubElement(about, _name(f"xmpMM:{key}")).text = value


def _declare(about: Element) -> None:
    bag = SubElement(SubElement(about, _name("pdfd:declarations")), _name("rdf:Bag"))
    for uri in _WTPDF:
        item = SubElement(bag, _name("rdf:li"), {_PARSE_TYPE: "Resource"})
        SubElement(item, _name("pdfd:conformsTo")).text = uri


def _describe(about: Element, prefixes: set[str]) -> None:
    if not prefixes:
        return
    bag = SubElement(SubElement(about, _name("pdfaExtension:schemas")), _name("rdf:Bag"))
    for prefix in sorted(prefixes):
        title, properties = _DESCRIBED[prefix]
        schema = SubElement(bag, _name("rdf:li"), {_PARSE_TYPE: "Resource"})
        facts = (("schema", title), ("namespaceURI", _NAMESPACES[prefix]), ("prefix", prefix))
        for key, value in facts:
            SubElement(schema, _name(f"pdfaSchema:{key}")).text = value
        listed = SubElement(SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
        for name, kind in properties:
            item = SubElement(listed, _name("rdf:li"), {_PARSE_TYPE: "Resource"})
            for key, value in _property(name, kind):
                SubElement(item, _name(f"pdfaProperty:{key}")).text = value


def _property(name: str, kind: str) -> Iterator[tuple[str, str]]:
    yield from (("name", name), ("valueType", kind), ("category", "internal"), ("description", name))


def _name(qualified: str) -> str:
    prefix, _, local = qualified.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
