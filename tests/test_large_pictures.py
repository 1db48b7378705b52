"""Small files that take a browser's memory: pictures of billions of points, and drawings in addresses that stand for millions of parts."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from urllib.parse import quote

import pytest
from PIL import Image

from explainer.assemble import audit as auditing
from explainer.assemble.page_index import Rules, read
from explainer.common.allowed import addresses, drawings, pictures, styles
from explainer.common.allowed import files as allowed_files
from explainer.common.allowed.scripts import Scripts
from explainer.incremental.cache import Cache
from explainer.incremental.files import Files

SIDE = 15_000


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side: int = SIDE, frames: int = 0) -> bytes:
    """A PNG file of one colour, which is small however large it says it is."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    animated = chunk(b"fcTL", bytes(26)) * frames
    body = zlib.compress(bytes((side // 8 + 1) * min(side, 1000)), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + animated
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def box(kind: bytes, *parts: bytes) -> bytes:
    """One part of an AVIF file."""
    data = b"".join(parts)
    return struct.pack(">I4s", 8 + len(data), kind) + data


def avif(*parts: bytes) -> bytes:
    """An AVIF file that holds some parts."""
    return box(b"ftyp", b"avif", bytes(4), b"mif1miaf") + b"".join(parts)


def spatial(side: int) -> bytes:
    """The parts of an AVIF file that tell a size."""
    sized = box(b"ispe", bytes(4), struct.pack(">II", side, side))
    return box(b"meta", bytes(4), box(b"iprp", box(b"ipco", sized)))


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP file of some chunks."""
    body = b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def three(number: int) -> bytes:
    """A number of three bytes."""
    return number.to_bytes(3, "little")


def jpeg(side: int, passes: int = 1, before: bytes = b"") -> bytes:
    """A JPEG file of which only the parts that tell of its size are there."""
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, side, side, 3) + bytes(9)
    scan = b"\xff\xda" + struct.pack(">H", 8) + bytes(6) + b"\xff\x00\x12"
    return b"\xff\xd8" + before + frame + scan * passes + b"\xff\xd9"


def gif(side: int, *frames: tuple[int, int, int, int]) -> bytes:
    """A GIF file with frames at places of their own."""
    drawn = b"".join(
        b"\x2c" + struct.pack("<HHHHB", *frame, 0) + b"\x02\x01\x00\x00" for frame in frames
    )
    return b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6) + drawn + b";"


def icon(*held: bytes) -> bytes:
    """An ICO file of pictures, each of which its directory calls a small one."""
    at, entries = 6 + 16 * len(held), b""
    for data in held:
        entries += struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 1, len(data), at)
        at += len(data)
    return struct.pack("<HHH", 0, 1, len(held)) + entries + b"".join(held)


VP8X = struct.pack("<I", 0) + three(SIDE - 1) * 2
LARGE = {
    "PNG": png(), "PNG of a great width": png(60_000), "PNG of frames": png(2_000, 300), "PNG of many frames": png(8, 6_000),
    "JPEG": jpeg(SIDE), "JPEG behind notes": jpeg(SIDE, before=b"\xff\xe0\x00\x10" + b"\xff\xc0" * 7), "JPEG of passes": jpeg(6_000, 100),
    "JPEG filled up": jpeg(SIDE, before=b"\xff" * 1_000), "JPEG in a JPEG": jpeg(8, before=b"\xff\xd8"), "JPEG sized later": jpeg(0),
    "GIF": gif(SIDE, (0, 0, 1, 1)), "GIF of a large frame": gif(1, (0, 0, SIDE, SIDE)), "GIF of a far frame": gif(1, (60_000, 60_000, 1, 1)),
    "GIF of frames": gif(2_000, *[(0, 0, 1, 1)] * 300),
    "WebP": webp((b"VP8X", VP8X)), "WebP with loss": webp((b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", SIDE, SIDE) + bytes(8))),
    "WebP without loss": webp((b"VP8L", b"\x2f" + struct.pack("<I", (SIDE - 1) | (SIDE - 1) << 14) + bytes(8))),
    "WebP of frames": webp((b"VP8X", struct.pack("<I", 2) + three(1_999) * 2), *[(b"ANMF", bytes(6) + three(1_999) * 2 + bytes(4))] * 300),
    "WebP of a large frame": webp((b"VP8X", struct.pack("<I", 2) + three(7) * 2), (b"ANMF", bytes(6) + three(SIDE) * 2 + bytes(4))),
    "AVIF": avif(spatial(SIDE)), "AVIF of a track": avif(box(b"moov", box(b"trak", box(b"tkhd", bytes(76), struct.pack(">II", SIDE << 16, SIDE << 16))))),
    "AVIF of tiles": avif(box(b"meta", bytes(4), box(b"iinf", bytes(6), box(b"infe", bytes(8), b"grid"))), spatial(8)),
    "AVIF without an end": avif(box(b"free") * 20_000),
    "AVIF of frames": avif(spatial(2_000), box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsz", bytes(8), struct.pack(">I", 300)))))))),
    "ICO": icon(png()), "ICO behind a small one": icon(png(16), png()), "ICO of a bitmap": icon(struct.pack("<IiiHHI", 40, SIDE, -SIDE, 1, 1, 0) + bytes(20)),
    "AVIF without a stream": avif(spatial(8)),
    "AVIF of empty places": avif(
        box(b"meta", bytes(4), box(b"iprp"), box(b"iloc", bytes(8), b"\xff\xff" + b"\0\1\0\0\xff\xff" * 65_535))
    ),
    "TIFF": b"II*\0" + bytes(40), "bitmap": b"BM" + bytes(60), "JPEG XL": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(30), "HEIC": box(b"ftyp", b"heic", bytes(4), b"mif1") + spatial(8),
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>', "page": b"<!doctype html><script>alert(1)</script>", "cut short": png()[:18], "no size": png(0),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("suffix", ["png", "JPG", "gif", "webp", "avif", "ico"])
def test_a_picture_too_large_for_a_browser_is_refused(name: str, suffix: str) -> None:
    """By what the file holds, whatever it is called, among the assets and in the finished site."""
    assert allowed_files.asset_faults(f"x.{suffix}", LARGE[name], trusted=False)
    assert allowed_files.faults(f"assets/x.{suffix}", {f"assets/x.{suffix}": LARGE[name]})


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp", "avif", "ico"])
def test_the_size_of_a_picture_is_the_one_that_another_reader_finds(kind: str) -> None:
    """Pillow's pictures of each kind, still and moving, have the size and the frames that were drawn, and are taken."""
    for side in (1, 48, 255):
        still, held = (
            Image.new("RGB", (side, side + 1 if kind != "ico" else side), (9, 99, 199)),
            io.BytesIO(),
        )
        still.save(held, kind, **({"sizes": [(side, side)]} if kind == "ico" else {}))
        assert pictures.size_of(held.getvalue()) == (*still.size, 1)
        assert allowed_files.asset_faults(f"x.{kind}", held.getvalue(), trusted=False) == []
    if kind in ("png", "gif", "webp", "avif"):
        frames, held = (
            [Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in (0, 90, 180)],
            io.BytesIO(),
        )
        frames[0].save(held, kind, save_all=True, append_images=frames[1:], duration=100)
        wide, high, passes = pictures.size_of(held.getvalue())
        assert (wide, high) == (40, 30)
        assert passes >= 3
        assert pictures.faults(held.getvalue()) == []


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("box_side", [8, 64])
def test_the_size_in_an_av1_stream_counts(moving: bool, box_side: int) -> None:
    """A size in the boxes that is smaller than the one in the stream hides nothing."""
    frames, held = (
        [Image.new("RGB", (7_000, 6_000), (each, 9, 9)) for each in (0, 200)],
        io.BytesIO(),
    )
    frames[0].save(
        held,
        "avif",
        speed=10,
        quality=1,
        save_all=moving,
        append_images=frames[1:] if moving else [],
    )
    data = held.getvalue()
    small = data.replace(struct.pack(">II", 7_000, 6_000), struct.pack(">II", box_side, box_side))
    small = small.replace(
        struct.pack(">II", 7_000 << 16, 6_000 << 16),
        struct.pack(">II", box_side << 16, box_side << 16),
    )
    assert small != data
    assert pictures.size_of(small)[:2] == (7_000, 6_000)
    assert pictures.faults(small)
    for lost in () if moving else (b"iloc", b"av01"):
        with pytest.raises(pictures.BadPicture):
            pictures.size_of(small.replace(lost, b"free"))


def test_a_progressive_photograph_is_taken() -> None:
    """The passes of a JPEG file as programs write it are counted, and are few enough for a large picture."""
    held = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(held, "jpeg", progressive=True)
    size = pictures.size_of(held.getvalue())
    assert size[:2] == (400, 300)
    assert 3 <= size.passes <= 20


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "WebP", "TIFF"])
def test_a_picture_that_a_drawing_or_a_style_holds_is_looked_at(name: str) -> None:
    """Many points are as many where an address holds them, whatever kind of picture it says it is."""
    address = "data:image/png;base64," + base64.b64encode(LARGE[name]).decode()
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    assert drawings.svg_faults(svg.format(f'<image href="{address}"/>').encode())
    assert drawings.svg_faults(svg.format(f"<style>a{{b:url({address})}}</style>").encode())
    assert styles.faults(f"a{{b:url({address})}}")
    assert styles.faults(f'a{{b:image-set("{address}" 1x)}}')


def test_many_pictures_in_one_file_are_counted_together() -> None:
    """Pictures that are small enough one by one are too large together, in a drawing and in a stylesheet."""
    held = [
        "data:image/gif;base64," + base64.b64encode(gif(5_000 + at, (0, 0, 1, 1))).decode()
        for at in range(3)
    ]
    for count, refused in ((1, False), (3, True)):
        images = "".join(f'<image href="{each}"/>' for each in held[:count])
        assert (
            bool(
                drawings.svg_faults(
                    f'<svg xmlns="http://www.w3.org/2000/svg">{images}</svg>'.encode()
                )
            )
            == refused
        )
        assert (
            bool(styles.faults("".join(f"a{{b:url({each})}}" for each in held[:count]))) == refused
        )


PAGE = (
    '<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{}"><meta charset=utf-8><title>x</title>{}</head>'
    "<body>{}</body></html>"
)


def _heavy(files: dict[str, bytes], body: str, head: str = "") -> list[str]:
    """What the audit says of a page of some files that is about pictures' sizes."""
    site = Files()
    site.update({**files, "index.html": PAGE.format("default-src 'none'", head, body).encode()})
    page = read("index.html", site["index.html"], Rules(Scripts("mkdocs")))
    return [
        each.message
        for each in auditing._heavy(
            {"index.html": auditing._pictures_of("index.html", page)}, site, {}
        )
    ]


def test_all_pictures_of_a_page_are_counted() -> None:
    """Four pictures of thirty million points are too many for a page, however it names them; three, or one four times, are not."""
    files = {f"assets/{at}.gif": gif(5_480 + at, (0, 0, 1, 1)) for at in range(4)}
    images = [f'<img alt="" src="assets/{at}.gif">' for at in range(4)]
    css = "".join(f"a{{b:url({at}.gif)}}" for at in range(4)).encode()
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/gif;base64,{}"/></svg>'
    drawn = {
        f"assets/{at}.svg": svg.format(base64.b64encode(data).decode()).encode()
        for at, data in enumerate(files.values())
    }
    held = [
        f'<img alt="" src="data:image/gif;base64,{base64.b64encode(data).decode()}">'
        for data in files.values()
    ]
    assert _heavy(files, "".join(images))
    assert _heavy(
        files,
        '<img alt="" src="assets/0.gif" srcset="assets/1.gif 1x, assets/2.gif 2x, assets/3.gif 3x">',
    )
    assert _heavy({**files, "assets/x.css": css}, "", '<link rel="stylesheet" href="assets/x.css">')
    assert _heavy(drawn, "".join(each.replace("gif", "svg") for each in images))
    assert _heavy({}, "".join(held))
    assert _heavy(files, "".join(images[:3])) == []
    assert _heavy(files, images[0] * 4) == []
    assert _heavy({**files, "assets/x.css": css}, "".join(images[:1])) == []


def test_a_page_whose_picture_grew_is_looked_at_again() -> None:
    """A build that changes a picture and no page says so too."""
    cache, rules = Cache(), Rules(Scripts("mkdocs"))
    for side, refused in ((100, False), (5_480, True)):
        site = Files()
        site.update({f"assets/{at}.gif": gif(side + at, (0, 0, 1, 1)) for at in range(4)})
        body = "".join(f'<img alt="" src="assets/{at}.gif">' for at in range(4))
        policy = "default-src 'none'; base-uri 'none'; form-action 'none'"
        site["index.html"] = PAGE.format(policy, "", body).encode()
        found = [each.message for each in auditing.audit(site, cache, rules)]
        assert any("together" in each for each in found) == refused, found


BOMB = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"><path d="M0 0h1"/></g>{}<use href="#a5"/></svg>'.format(
    "".join(f'<g id="a{at}">' + f'<use href="#a{at - 1}"/>' * 10 + "</g>" for at in range(1, 6))
)
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0h24v24z" fill="#123"/></svg>'


def written(svg: str) -> list[str]:
    """Ways to write a drawing as an address."""
    packed = base64.b64encode(svg.encode()).decode()
    return [
        "data:image/svg+xml," + quote(svg),
        "DATA:image/SVG+xml;charset=utf-8," + quote(svg, safe="<>=:/ "),
        "data:image/svg+xml;utf8," + svg.replace('"', "'").replace("#", "%23"),
        "data:image/svg+xml;base64," + packed,
        "data:image/svg+xml;charset=UTF-8;base64," + packed.rstrip("="),
        "data:image/svg+xml;base64," + "".join(f"%{ord(each):02x}" for each in packed),
        "data:image/svg+xml," + "".join(f"%{each:02X}" for each in svg.encode()),
    ]


HOSTILE = {
    "a bomb": BOMB,
    "a script": PLAIN.replace("<path", "<script>alert(1)</script><path"),
    "a handler": PLAIN.replace("<path", "<path onload='alert(1)'"),
    "another host": PLAIN.replace("<path", "<image href='https://evil.example/x.png'/><path"),
    "a drawing within": PLAIN.replace(
        "<path", f"<style>a{{b:url(&quot;data:image/svg+xml,{quote(PLAIN)}&quot;)}}</style><path"
    ),
    "a large picture": PLAIN.replace(
        "<path", f"<image href='data:image/png;base64,{base64.b64encode(png()).decode()}'/><path"
    ),
    "nesting": PLAIN.replace("<path", f"<path transform='{'scale(' * 2_000}'"),
    "no XML": "<svg>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_drawing_in_an_address_is_looked_into(name: str) -> None:
    """However it is written, a stylesheet and a page hold no drawing that may not stand there as a file; plain ones are taken."""
    rules = Rules(Scripts("mkdocs"))

    def in_page(address: str) -> list[str]:
        escaped = address.replace("&", "&amp;").replace('"', "&quot;")
        page = PAGE.format(
            "default-src 'none'; base-uri 'none'; form-action 'none'",
            "",
            f'<img alt="" src="{escaped}">',
        )
        return [
            each for each in read("about/index.html", page.encode(), rules).faults if "img" in each
        ]

    for plain, hostile in zip(written(PLAIN), written(HOSTILE[name]), strict=True):
        for template in (
            'a{{b:url("{}")}}',
            'a{{--x:url("{}")}}',
            '@media all{{a{{b:image-set("{}" 1x)}}}}',
        ):
            assert styles.faults(template.format(plain.replace('"', "%22"))) == (), plain
            assert styles.faults(template.format(hostile.replace('"', "%22"))), hostile
        assert in_page(plain) == []
        assert in_page(hostile)


def test_no_drawing_holds_another() -> None:
    """A drawing holds no drawing, not even a harmless one, in a style, an attribute or a picture."""
    for address in written(PLAIN):
        escaped = address.replace('"', "%22").replace("<", "&lt;").replace("'", "%27")
        for part in (
            '<style>a{{b:url("{}")}}</style>',
            "<g style='fill:url(\"{}\")'/>",
            "<g fill='url(\"{}\")'/>",
            '<image href="{}"/>',
        ):
            assert drawings.svg_faults(
                f'<svg xmlns="http://www.w3.org/2000/svg">{part.format(escaped)}</svg>'.encode()
            ), part


@pytest.mark.parametrize(
    "head",
    [
        "data:image/svg+xml;charset=utf-16,",
        "data:image/svg+xml;charset=utf-7,",
        "data:image/svg+xml;base64;x,",
        "data:image/svg+xml;base64,%",
    ],
)
def test_an_address_in_an_unknown_writing_is_refused(head: str) -> None:
    """What a browser might read as other bytes than are read here is not taken."""
    assert addresses.data_of(head + quote(PLAIN)) is None
    assert styles.faults(f'a{{b:url("{head}{quote(PLAIN)}")}}')


def test_no_source_set_holds_a_picture() -> None:
    """``srcset`` names files, whatever blanks stand in its addresses."""
    page = PAGE.format("default-src 'none'", "", '<img alt="" src="x.png" srcset="{} 1x">')
    for address in ("data:image/svg+xml,x", "DATA:image/png,x", "da&Tab;ta:image/png,x"):
        faults = read(
            "about/index.html", page.format(address).encode(), Rules(Scripts("mkdocs"))
        ).faults
        assert any("srcset" in each for each in faults)
