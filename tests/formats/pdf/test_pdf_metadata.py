"""What the PDF says about itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pypdf
from lxml import etree
from pdf_pages import METADATA, make, rendition

from publish.document import Metadata


def test_information_and_xmp_agree() -> None:
    made = make(rendition("<p>x</p>"))
    info = made.pdf.docinfo
    assert {key: str(info[key]) for key in info.keys()} == {  # noqa: SIM118 - it is no mapping
        "/Title": "North & East",
        "/Author": "An Author, Zoë Ünal",
        "/Subject": "Essays on a border <and> more.",
        "/Keywords": "rivers, Правда, Borders",
        "/Creator": str(info["/Creator"]),
        "/Producer": str(info["/Producer"]),
        "/CreationDate": "D:20160302120000Z",
        "/ModDate": "D:20160302120000Z",
    }
    assert str(info["/Creator"]).startswith("publish ")
    with made.pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:title"] == "North & East"
        assert xmp["dc:creator"] == ["An Author", "Zoë Ünal"]
        assert xmp["dc:contributor"] == {"An Editor"}
        assert xmp["dc:description"] == "Essays on a border <and> more."
        assert xmp["dc:subject"] == {"rivers", "Правда", "Borders"}
        assert xmp["dc:language"] == {"en-GB"}
        assert xmp["dc:publisher"] == {"The Border Review"}
        assert xmp["dc:rights"] == "© 2016 the authors"
        assert xmp["dc:date"] == ["2016-03-02"]
        assert xmp["dc:identifier"] == "urn:uuid:4fb9e1a3-0a1c-5d4e-8f2b-000000000001"
        assert xmp["xmp:Identifier"] == {"urn:isbn:9783161484100"}
        assert xmp["xmpRights:Marked"] == "True"
        assert xmp["xmpRights:WebStatement"] == METADATA.license
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == xmp["xmp:MetadataDate"] == "2016-03-02T12:00:00Z"


def test_one_description_that_other_readers_read() -> None:
    made = make(rendition("<p>x</p>"))
    assert made.written is not None
    packet = made.pdf.Root.Metadata.read_bytes()
    tree = etree.fromstring(packet)
    assert len(tree.findall(".//{*}RDF")) == 1
    assert len(tree.findall(".//{*}Description")) == 1
    found = pypdf.PdfReader(BytesIO(made.written.data)).xmp_metadata
    assert found is not None
    assert found.dc_creator == ["An Author", "Zoë Ünal"]


def test_the_catalog() -> None:
    pdf = make(rendition("<p>x</p>")).pdf
    root = pdf.Root
    assert str(root.Lang) == "en-GB"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)


def test_what_is_not_known_is_not_said() -> None:
    made = make(rendition("<p>x</p>", metadata=Metadata("Bare", language="en-GB")))
    assert "/Author" not in made.pdf.docinfo
    assert "/Subject" not in made.pdf.docinfo
    with made.pdf.open_metadata() as xmp:
        for key in ("dc:creator", "dc:description", "dc:rights", "dc:publisher", "dc:date", "xmpRights:Marked"):
            assert key not in xmp


def test_editors_stand_for_authors_where_there_are_none() -> None:
    metadata = replace(METADATA, contributors=METADATA.by_role("edt"))
    made = make(rendition("<p>x</p>", metadata=metadata))
    assert str(made.pdf.docinfo["/Author"]) == "An Editor"


def test_times_are_told_in_utc() -> None:
    local = datetime(2016, 3, 2, 12, tzinfo=UTC).astimezone(timezone(timedelta(hours=9)))
    one, other = make(rendition("<p>x</p>", modified=local)), make(rendition("<p>x</p>"))
    assert one.written == other.written


def test_the_identifier_follows_the_content() -> None:
    one, other = make(rendition("<p>x</p>")).pdf, make(rendition("<p>y</p>")).pdf
    assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])
