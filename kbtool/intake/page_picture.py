"""A page as a picture for people who compare a draft with its source."""

from pathlib import Path

from kbtool.document import Box, Mesh
from kbtool.errors import SourceError
from kbtool.intake import untrusted
from kbtool.intake.child import ChildEnded
from kbtool.intake.frames import BadFrame
from kbtool.intake.opening import Opener
from kbtool.intake.sniff import HEAD_BYTES, FileKind, sniff
from kbtool.intake.sources import open_source, shown_name

_WHOLE = Box(0.0, 0.0, 1.0, 1.0)
_MOST_WIDTH_PX = 4_000
#: Beyond what any reading says: points a side, distance outside of the picture, strip of paper.
_MOST_NODES, _FARTHEST, _MOST_ASPECT = 100, 10.0, 20.0


def page_image(
    path: Path,
    page: int,
    *,
    width_px: int,
    rotation: int = 0,
    mesh: Mesh = (),
    aspect: float = 1.0,
    crop: Box | None = None,
) -> bytes:
    """Draw page ``page`` (from 1) of a source as WebP, ``width_px`` pixels wide.

    ``rotation`` turns it clockwise by 0, 90, 180 or 270 degrees; ``mesh`` (as in ``Page``) then sets it straight, so
    that its height is ``aspect`` times its width; ``crop`` is a part of the straight page in fractions. Decoding and
    encoding happen in a child. Raises ``SourceError``.
    """
    crop = crop or _WHOLE
    if not (0 <= crop.x0 < crop.x1 <= 1 and 0 <= crop.y0 < crop.y1 <= 1 and rotation in (0, 90, 180, 270) and page > 0):
        raise ValueError((page, rotation, crop))
    if mesh and not (_is_regular(mesh) and 1 / _MOST_ASPECT <= aspect <= _MOST_ASPECT):
        raise ValueError((page, aspect))
    wanted: dict[str, object] = {
        "width_px": max(1, min(width_px, _MOST_WIDTH_PX)),
        "rotation": rotation,
        "mesh": mesh,
        "aspect": aspect,
        "crop": list(crop),
    }
    with open_source(path) as file:
        kind = sniff(file.read(HEAD_BYTES), path.name)
        if kind not in (FileKind.PDF, FileKind.IMAGE, FileKind.PICTURES):
            raise SourceError("intake_no_picture", source=shown_name(path.name))
        try:
            with Opener(file, kind, most=1) as opener:
                opener.ask([page - 1], picture=wanted)
                return _picture(opener, shown_name(path.name), page)
        except ChildEnded as end:
            raise SourceError(f"intake_{end.args[0]}", source=shown_name(path.name)) from end
        except BadFrame as error:
            raise SourceError("intake_bad_frame", source=shown_name(path.name)) from error


def _is_regular(mesh: Mesh) -> bool:
    """Whether a mesh has enough rows and columns, but not too many, and no place far outside."""
    columns = {len(row) for row in mesh}
    return (
        len(columns) == 1
        and 2 <= len(mesh) <= _MOST_NODES
        and 2 <= columns.pop() <= _MOST_NODES
        and all(abs(x) < _FARTHEST and abs(y) < _FARTHEST for row in mesh for x, y in row)
    )


def _picture(opener: Opener, name: str, page: int) -> bytes:
    header, payload = opener.read()
    if header.get("frame") == "opened":
        header, payload = opener.read()
    if header.get("frame") != "picture":
        raise SourceError(untrusted.code(header), source=name, page=page)
    return untrusted.picture(payload)
