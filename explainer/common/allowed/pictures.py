"""Read the size of a raster picture from its header, without decoding it.

A few kilobytes can describe a picture of billions of pixels, and a browser needs four or more bytes
of memory for each. So the size given in the file is read and limited. Browsers recognise a picture
by its content, not by its name, and so does this module.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from explainer.common.allowed.av1 import BadStream, largest_frame

MOST_POINTS: Final = 40_000_000
"""The most pixels of one picture, and of all pictures in one file together. A camera's picture has
about 24 million.
"""
MOST_OF_PAGE: Final = 100_000_000
"""The most pixels of all pictures on one page together."""
_MOST_WORK: Final = 1_000_000_000
"""The most pixels drawn for all frames of an animation, or for all passes of a JPEG file."""
_MOST_FRAMES: Final = 5_000
_SHORTEST: Final = 16
"""The fewest bytes in which a browser recognises a picture."""
_MOST_BOXES: Final = 10_000
"""The most boxes of an AVIF file."""
_DEEPEST: Final = 10
"""The most boxes of an AVIF file that may be nested in each other."""
_BOXES_WITHIN: Final = {
    b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0, b"mdia": 0,
    b"minf": 0, b"stbl": 0,
}  # fmt: skip
"""The boxes of an AVIF file whose inner boxes are read, and how many bytes precede these."""
_PUT_TOGETHER: Final = (b"grid", b"iovl")
"""The item types of an AVIF picture that is composed of others. Its size is given elsewhere."""
_KINDS: Final = "PNG, JPEG, GIF, WebP, AVIF or ICO"


class Size(NamedTuple):
    """What a browser has to draw for a picture."""

    width: int
    height: int
    passes: int = 1
    """The number of frames, or of passes over the whole picture."""

    @property
    def points(self) -> int:
        """The pixels of one frame."""
        return self.width * self.height


class BadPicture(ValueError):
    """A file that is not a picture, or whose size cannot be determined. The message is a clause."""


def size_of(data: bytes) -> Size:
    """Return the size of a picture, whatever its file is called. Raises ``BadPicture``."""
    read = _reader(data)
    try:
        size = read(data)
    except (struct.error, IndexError) as error:
        raise BadPicture("it ends before it says how large it is") from error
    if not size.width or not size.height:
        raise BadPicture("it says that it has no width or no height")
    return size


def faults(data: bytes) -> list[str]:
    """Return what is wrong with the size of a picture."""
    if len(data) < _SHORTEST:
        return []
    try:
        size = size_of(data)
    except BadPicture as bad:
        return [str(bad)]
    if size.points > MOST_POINTS:
        return [
            f"it has {size.width:,} by {size.height:,} points, and a browser takes memory for each;"
            f" a picture may have {MOST_POINTS // 1_000_000} million"
        ]
    if size.passes > _MOST_FRAMES or size.points * size.passes > _MOST_WORK:
        return [
            f"it is drawn in {size.passes:,} frames or passes of {size.width:,} by {size.height:,} "
            f"points; all of them may have {_MOST_WORK // 1_000_000:,} million points, and be "
            f"{_MOST_FRAMES:,} at most"
        ]
    return []


def points_of(data: bytes) -> int:
    """Return the number of pixels of a picture, or ``MOST_POINTS`` if it cannot be determined."""
    if len(data) < _SHORTEST:
        return 0
    try:
        return size_of(data).points
    except BadPicture:
        return MOST_POINTS


def too_many(points: int) -> str:
    """Return the message for a file or page whose pictures have too many pixels together."""
    return f"its pictures have {points:,} points together, and a browser takes memory for each"


def _reader(data: bytes) -> Callable[[bytes], Size]:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _gif
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp
    if data[4:8] == b"ftyp":
        return _avif
    if data.startswith((b"\0\0\1\0", b"\0\0\2\0")):
        return _icon
    raise BadPicture(f"it is no picture that is {_KINDS}")


def _png(data: bytes) -> Size:
    if data[12:16] != b"IHDR":
        raise BadPicture("it does not begin as a PNG file does")
    width, height = struct.unpack_from(">II", data, 16)
    frames, at = 1, 8
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IHDR" and at > 8:
            raise BadPicture("it says twice how large it is")
        if kind == b"IEND":
            break
        frames += kind == b"fcTL"
        at += 12 + length
    return Size(width, height, frames)


_STARTS_OF_FRAME: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER: Final = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)
"""A JPEG marker that begins a segment with a length, begins another file, or ends the file."""


def _jpeg(data: bytes) -> Size:
    """Return the size of the largest frame, and the number of passes."""
    width = height = passes = 0
    found = _MARKER.search(data, 2)
    while found and (kind := found[1][0]) != 0xD9:
        at = found.start()
        if kind == 0xD8:
            raise BadPicture("it holds a JPEG file within another")
        (length,) = struct.unpack_from(">H", data, at + 2)
        if kind in _STARTS_OF_FRAME:
            high, wide = struct.unpack_from(">HH", data, at + 5)
            if not high:
                raise BadPicture("it says how high it is only after it has been drawn")
            width, height = max(width, wide), max(height, high)
        passes += kind == 0xDA
        found = _MARKER.search(data, at + 2 + max(length, 2))
    if not width:
        raise BadPicture("it does not say how large it is")
    return Size(width, height, max(passes, 1))


def _gif(data: bytes) -> Size:
    """Return the area that all frames need. Some browsers use that of the first frame."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _colours(flags)
    frames = 0
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, at + 1)
            width, height = max(width, left + wide), max(height, top + high)
            frames += 1
            at += 11 + _colours(flags)
        elif data[at] == 0x21:
            at += 2
        else:
            break  # browsers read no further
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return Size(width, height, max(frames, 1))


def _colours(flags: int) -> int:
    """Return the length in bytes of the colour table that some flags describe."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> Size:
    """Return the size of the canvas or of the largest picture on it, whichever is larger."""
    width = height = frames = 0
    for kind, at, length in _chunks(data, 12):
        wide, high = _webp_chunk(kind, data, at)
        width, height = max(width, wide), max(height, high)
        if kind == b"ANMF":
            frames += 1
            for inner, start, _ in _chunks(data[: at + length], at + 16):
                wide, high = _webp_chunk(inner, data, start)
                width, height = max(width, wide), max(height, high)
    return Size(width, height, max(frames, 1))


def _chunks(data: bytes, at: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each chunk, and the start and length of its content."""
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, at + 8, length
        at += 8 + length + length % 2


def _webp_chunk(kind: bytes, data: bytes, at: int) -> tuple[int, int]:
    """Return the width and height given in a chunk, or zeros if it gives none."""
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", data, at + 6)
        return wide & 0x3FFF, high & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, at + 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return _three(data, at + 4) + 1, _three(data, at + 7) + 1
    if kind == b"ANMF":
        return _three(data, at + 6) + 1, _three(data, at + 9) + 1
    return 0, 0


def _three(data: bytes, at: int) -> int:
    """Return a little-endian number of three bytes."""
    low, high = struct.unpack_from("<HB", data, at)
    return int(low | high << 16)


def _avif(data: bytes) -> Size:
    """Return the largest size given in a box or in the AV1 stream. Decoders go by the stream."""
    brands = data[8 : struct.unpack_from(">I", data)[0]]
    if not {brands[at : at + 4] for at in range(0, min(len(brands), 400), 4)} & {b"avif", b"avis"}:
        raise BadPicture(f"it is no picture that is {_KINDS}")
    width = height = frames = 0
    boxes = list(_boxes(data))
    try:
        coded = [largest_frame(stream) for stream in _streams(data, boxes)]
    except BadStream as error:
        raise BadPicture(f"the size in its AV1 stream cannot be read: {error}") from error
    if not any(coded):
        raise BadPicture("the size in its AV1 stream cannot be read: it has none")
    for wide, high in filter(None, coded):
        width, height = max(width, wide), max(height, high)
    for kind, start, end in boxes:
        wide = high = 0
        if kind == b"iinf" and any(name in data[start:end] for name in _PUT_TOGETHER):
            raise BadPicture("it is put together from tiles; save it as one picture")
        if kind == b"ispe":
            wide, high = struct.unpack_from(">II", data, start + 4)
        elif kind == b"tkhd":  # of a track, as fixed-point numbers with 16 fraction bits
            wide, high = (each >> 16 for each in struct.unpack_from(">II", data, end - 8))
        elif kind == b"stsz":
            frames += struct.unpack_from(">I", data, start + 8)[0]
        width, height = max(width, wide), max(height, high)
    return Size(width, height, max(frames, 1))


def _streams(data: bytes, boxes: list[tuple[bytes, int, int]]) -> Iterator[bytes]:
    """Yield the AV1 streams of an AVIF file: of its pictures, and of the samples of its tracks."""
    found: dict[bytes, list[tuple[int, int]]] = {}
    for kind, start, end in boxes:
        found.setdefault(kind, []).append((start, end))
    if len(found.get(b"iloc", ())) > 1 or len(found.get(b"iinf", ())) > 1:
        raise BadPicture("it has two lists of pictures")
    coded = {number for start, end in found.get(b"iinf", ()) for number in _coded(data, start, end)}
    inner = found.get(b"idat", [(0, 0)])[0][0]
    left = len(data)
    for start, _ in found.get(b"iloc", ()):
        for number, pieces in _located(data, start, inner):
            if number not in coded:
                continue
            stream = b"".join(data[at : at + size if size else None] for at, size in pieces[:1_000])
            left -= len(stream)
            if left < 0 or len(pieces) > 1_000:
                raise BadPicture("its pictures overlap")
            yield stream
    yield from _of_tracks(data, found)


def _of_tracks(data: bytes, found: Mapping[bytes, list[tuple[int, int]]]) -> Iterator[bytes]:
    """Yield the samples of the tracks of an AVIF file. ``found`` has the places of its boxes."""
    left = len(data)
    offsets = sorted(
        (start, end, kind) for kind in (b"stco", b"co64") for start, end in found.get(kind, ())
    )
    sizes, runs = sorted(found.get(b"stsz", ())), sorted(found.get(b"stsc", ()))
    if not len(offsets) == len(sizes) == len(runs):
        raise BadPicture("its tracks cannot be read")
    for (chunks, _, kind), (sized, _), (run, _) in zip(offsets, sizes, runs, strict=True):
        for at, size in _samples(data, chunks, kind == b"co64", sized, run):
            left -= size
            if left < 0:
                raise BadPicture("its samples overlap")
            yield data[at : at + size]


def _coded(data: bytes, start: int, end: int) -> Iterator[int]:
    """Yield the numbers of the AV1 pictures in a list of pictures (``iinf``)."""
    at = start + (8 if data[start] else 6)
    for kind, entry, _ in _boxes(data, at, end):
        if kind == b"infe":
            number, width = (">I", 4) if data[entry] > 2 else (">H", 2)
            if data[entry + 4 + width + 2 : entry + 8 + width + 2] == b"av01":
                yield struct.unpack_from(number, data, entry + 4)[0]


def _located(data: bytes, start: int, inner: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the number of each picture, and where its pieces begin and their lengths (``iloc``).

    ``inner`` is where the content of ``idat`` begins.
    """
    at = start + 6
    version, sizes = data[start], struct.unpack_from(">H", data, start + 4)[0]
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))

    def read(width: int) -> int:
        nonlocal at
        at += width
        if at > len(data):
            raise BadPicture("its list of places is cut short")
        return int.from_bytes(data[at - width : at], "big")

    if not offset + length:  # pieces of no bytes could be counted without end
        raise BadPicture("its list of places is empty")
    for _ in range(read(4 if version > 1 else 2)):
        number = read(4 if version > 1 else 2)
        method = read(2) & 15 if version else 0
        if method > 1 or read(2):
            raise BadPicture("its picture lies in another")
        begin = read(base) + (inner if method else 0)
        pieces = []
        for _ in range(read(2)):
            read(index if version else 0)
            pieces.append((begin + read(offset), read(length)))
        yield number, pieces


def _samples(
    data: bytes, chunks: int, wide: bool, sized: int, run: int
) -> Iterator[tuple[int, int]]:
    """Yield the place and the length of each sample of a track.

    The arguments are where the contents of its boxes of chunks, sizes and runs begin.
    """
    same, count = struct.unpack_from(">II", data, sized + 4)
    (many,) = struct.unpack_from(">I", data, chunks + 4)
    runs = [
        struct.unpack_from(">II", data, run + 8 + 12 * each)
        for each in range(struct.unpack_from(">I", data, run + 4)[0])
    ]
    sample = step = 0
    for chunk in range(1, many + 1):
        while step + 1 < len(runs) and runs[step + 1][0] <= chunk:
            step += 1
        (at,) = struct.unpack_from(
            ">Q" if wide else ">I", data, chunks + 8 + (chunk - 1) * (8 if wide else 4)
        )
        for _ in range(runs[step][1] if runs else 0):
            if sample >= count:
                break
            size = same or struct.unpack_from(">I", data, sized + 12 + 4 * sample)[0]
            yield at, size
            at, sample = at + size, sample + 1
    if sample < count:
        raise BadPicture("its samples cannot be found")


def _boxes(
    data: bytes, first: int = 0, last: int | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each box of an AVIF file, and where its content begins and ends.

    ``first`` and ``last`` limit what is read.
    """
    left = _MOST_BOXES
    ahead = [(first, len(data) if last is None else last, 0)]
    while ahead:
        at, end, depth = ahead.pop()
        while at + 8 <= end:
            left -= 1
            if left < 0 or depth > _DEEPEST:
                raise BadPicture(
                    f"it has more than {_MOST_BOXES:,} parts, or too many in one another"
                )
            length, kind = struct.unpack_from(">I4s", data, at)
            start = at + 8
            if length == 1:
                (length,) = struct.unpack_from(">Q", data, start)
                start += 8
            after = min(at + length, end) if length else end
            if after < start:
                break
            yield kind, start, after
            if kind in _BOXES_WITHIN:
                ahead.append((start + _BOXES_WITHIN[kind], after, depth + 1))
            at = after


def _icon(data: bytes) -> Size:
    """Return the largest size that its pictures themselves give. Each picture counts as a frame."""
    (count,) = struct.unpack_from("<H", data, 4)
    width = height = 0
    for index in range(count):
        (at,) = struct.unpack_from("<I", data, 6 + 16 * index + 12)
        if data[at : at + 8] == b"\x89PNG\r\n\x1a\n":
            wide, high = struct.unpack_from(">II", data, at + 16)
        else:
            wide, high = map(abs, struct.unpack_from("<ii", data, at + 4))
        width, height = max(width, wide), max(height, high)
    return Size(width, height, max(count, 1))
