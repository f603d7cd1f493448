"""A page of a PDF as a picture."""

from __future__ import annotations

from io import BytesIO


def first_page(pdf: bytes, width: int) -> bytes:
    """Give page one as a JPEG (RGB, no metadata), ``width`` pixels wide. The same bytes give the same picture.

    Raises ValueError for bytes that are no PDF or have no page.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"not a PDF: {error}") from error
    try:
        if not len(document):
            raise ValueError("the PDF has no page")
        page = document[0]
        image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    # Pdfium rounds up, so that a page can come out a pixel too wide.
    image = image.crop((0, 0, width, image.height))
    out = BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, optimize=True)
    return out.getvalue()
