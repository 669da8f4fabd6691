"""Pictures of pages, for readers inside the house.

They arrive as fresh WebP pixels from the child that rendered them and are placed as they are; nothing else is ever
taken for a picture.
"""

from pathlib import Path

from kbtool import durable
from kbtool.errors import PublishRefused
from kbtool.site.projection import Projection, image_address


def is_webp(data: bytes) -> bool:
    """Whether the bytes begin as a WebP file does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def place(projection: Projection, out: Path) -> int:
    """Write every page picture into the tree; returns how many."""
    count = 0
    for document in projection.documents:
        for page in document.pages:
            if page.image is not None:
                _place(page.image, out / image_address(document.slug, page.number))
                count += 1
    return count


def _place(image: Path | bytes, target: Path) -> None:
    """Copied, never linked: an edit in the site must not reach the picture that the next site is made from."""
    data = image if isinstance(image, bytes) else image.read_bytes()
    if not is_webp(data):
        raise PublishRefused("site_image", image=target.name)
    durable.write(target, data)
