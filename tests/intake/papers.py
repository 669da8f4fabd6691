"""Small PDF files and pictures for the tests, drawn where they are needed."""

import hashlib
import io
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from kbtool.intake import Source
from kbtool.intake.sniff import sniff

FONT = "HeiseiKakuGo-W5"


def pdf(*pages: list[tuple[float, float, str]], draw: object = None, password: str = "") -> bytes:
    """A4 pages of (x, y from the top, text) in 11 points; ``draw(canvas)`` adds to each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner") if password else None
    paper = canvas.Canvas(buffer, pagesize=(595, 842), invariant=1, encrypt=encrypt)
    for page in pages:
        paper.setFont(FONT, 11)
        for x, y, text in page:
            paper.drawString(x, 842 - y, text)
        if callable(draw):
            draw(paper)
        paper.showPage()
    paper.save()
    return buffer.getvalue()


def picture(words: str = "TEST 123", size: tuple[int, int] = (600, 300), kind: str = "PNG", **save: object) -> bytes:
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text((40, 100), words, fill=0, font_size=60)
    buffer = io.BytesIO()
    image.save(buffer, kind, **save)  # type: ignore[arg-type]
    return buffer.getvalue()


def source(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return Source(name, path, hashlib.sha256(data).hexdigest(), sniff(data[:1024], name))
