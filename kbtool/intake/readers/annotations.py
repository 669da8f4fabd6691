"""What was laid over a PDF page later: text boxes, stamps, marker pens, and the values of filled form fields.

Separate because pdfium keeps it apart from the page: its words are in no text layer until it is made part of the page.
"""

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

#: What shows nothing of its own.
_UNSEEN = frozenset({pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP})
#: A page with more of them is a drawing, or a bomb.
_MOST = 1_000


def settle(page: pdfium.PdfPage) -> bool:
    """Make what shows part of the page; it has to be opened anew where this returns True."""
    count = min(_MOST, pdfium_c.FPDFPage_GetAnnotCount(page.raw))
    if not any(_shows(page, index) for index in range(count)):
        return False
    return bool(pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _shows(page: pdfium.PdfPage, index: int) -> bool:
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return False
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    return kind not in _UNSEEN
