"""Read the size of pictures from an AV1 stream: the sequence headers that decoders go by.

The names of fields are those of the AV1 Bitstream Specification, sections 5.3 to 5.5.
"""

from __future__ import annotations

from typing import Final

_SEQUENCE_HEADER: Final = 1


class BadStream(ValueError):
    """A stream that cannot be read."""


def largest_frame(stream: bytes) -> tuple[int, int] | None:
    """Return the largest width and height in a stream's sequence headers, or None without one.

    Raises ``BadStream`` if the stream cannot be read.
    """
    width = height = at = 0
    while at < len(stream):
        head = stream[at]
        kind, is_extended, has_size = head >> 3 & 15, head & 4, head & 2
        at += 2 if is_extended else 1
        size = len(stream) - at
        if has_size:
            size, at = _leb128(stream, at)
        if head & 0x80 or size < 0 or at + size > len(stream):
            raise BadStream("a unit of the stream is longer than the stream")
        if kind == _SEQUENCE_HEADER:
            wide, high = _frame_of(_Bits(stream[at : at + size]))
            width, height = max(width, wide), max(height, high)
        at += size
    return (width, height) if width else None


def _leb128(stream: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, lowest first, and the position after it."""
    number = 0
    for index, byte in enumerate(stream[at : at + 8]):
        number |= (byte & 127) << 7 * index
        if byte < 128:
            return number, at + index + 1
    raise BadStream("a number has no end")


class _Bits:
    """A reader of numbers of some bits, highest first."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data[:1_000], 0  # a sequence header has at most some hundred bytes

    def read(self, bits: int) -> int:
        end = self._at + bits
        if end > 8 * len(self._data):
            raise BadStream("a sequence header is cut short")
        whole = int.from_bytes(self._data[self._at // 8 : -(-end // 8)], "big")
        self._at = end
        return whole >> -end % 8 & (1 << bits) - 1

    def skip_uvlc(self) -> None:
        """Skip a number written with as many bits as zeros come before it."""
        zeros = 0
        while not self.read(1):
            zeros += 1
        if zeros < 32:
            self.read(zeros)


def _frame_of(bits: _Bits) -> tuple[int, int]:
    """Return the maximum frame width and height of a sequence header."""
    bits.read(3 + 1)  # seq_profile, still_picture
    if bits.read(1):  # reduced_still_picture_header
        bits.read(5)  # seq_level_idx
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    return bits.read(width_bits) + 1, bits.read(height_bits) + 1


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.read(1):  # timing_info_present_flag
        bits.read(64)
        if bits.read(1):  # equal_picture_interval
            bits.skip_uvlc()
        if bits.read(1):  # decoder_model_info_present_flag
            delay_bits = bits.read(5) + 1
            bits.read(32 + 5 + 5)
    has_display_delay = bits.read(1)
    for _ in range(bits.read(5) + 1):
        bits.read(12)  # operating_point_idc
        if bits.read(5) > 7:  # seq_level_idx
            bits.read(1)
        if delay_bits and bits.read(1):
            bits.read(2 * delay_bits + 1)
        if has_display_delay and bits.read(1):
            bits.read(4)
