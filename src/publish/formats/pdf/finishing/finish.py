"""The order of the finishing, from a laid-out PDF to the file that was ordered."""

from __future__ import annotations

from io import BytesIO

from pikepdf import Name, ObjectStreamMode, Pdf

from publish.formats.pdf.finishing.boxes import fill_up, set_boxes, set_groups
from publish.formats.pdf.finishing.claims import claim
from publish.formats.pdf.finishing.flatten import Told, flatten
from publish.formats.pdf.finishing.inks import Inks, press_profile
from publish.formats.pdf.finishing.newer import renew
from publish.formats.pdf.finishing.recolour import recolour
from publish.formats.pdf.finishing.stripping import strip
from publish.profiles import Order

# ISO 15930-1 (PDF/X-1a:2001) is PDF 1.3, 15930-7 PDF 1.6, ISO 19005-2 PDF 1.7, 19005-4 and 14289-2 PDF 2.0.
_VERSIONS = {"x-1a": "1.3", "x-4": "1.6", "a-4": "2.0"}


def finish(data: bytes, order: Order, told: Told = lambda place: None) -> bytes:
    """Make an order's file of a laid-out PDF; ``told`` hears each place that had to be made a picture.

    ``data`` is a tagged PDF of the pages, with as much bleed as the order's profile asks for. The same bytes and the
    same order give the same bytes. Raises UnfitProfile or OSError for a press profile that cannot be used.
    """
    press = press_profile(order)
    with Pdf.open(BytesIO(data)) as pdf:
        if not order.profile.transparency:
            flatten(pdf, data, told)
        recolour(pdf, Inks(order, press))
        fill_up(pdf, order.profile.multiple)
        set_boxes(pdf, order)
        set_groups(pdf, order)
        claim(pdf, order, press)
        if "ua-2" in order.standards:
            renew(pdf)
        if order.profile.press:
            strip(pdf, tagged=order.profile.tagged)
            pdf.Root.PageLayout = Name.TwoPageRight if order.profile.tagged else Name.TwoColumnRight
        return _saved(pdf, order)


def _saved(pdf: Pdf, order: Order) -> bytes:
    pdf.remove_unreferenced_resources()
    out = BytesIO()
    version = next((_VERSIONS[name] for name in order.standards if name in _VERSIONS), "1.7")
    old = version == "1.3"
    pdf.save(
        out,
        deterministic_id=True,
        force_version=version,
        object_stream_mode=ObjectStreamMode.disable if old else ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return out.getvalue()
