"""Pictures hold letters and never boxes: with the fonts that come with the generator, with a project's own, and with neither."""

from __future__ import annotations

import hashlib
import io
import random
import re
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace as replaced
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from made_up_font import font
from support import ROOT, replace, run

from explainer.common.problems import MachineFailed, Problems, Refused
from explainer.incremental.cache import Cache
from explainer.publish.catalogue import OURS, reference_catalogue
from explainer.publish.templates import Templates
from explainer.publish.wording import Wording
from explainer.read import raster
from explainer.read.files import Folder
from explainer.read.fonts import BadFont, read_font
from explainer.read.lettering import FontChooser, read_lettering
from explainer.render.charts.scale import advance, text_width, wrap
from explainer.render.pictures import Picture, Pictures

SHOWN = (
    "The office, 1985–2024: “35 %”", "Nguyễn Văn Ếch", "Łódź, Čeština, Ağrı, Ħamrun, Reykjavík þð", "Ελλάδα, Ὀδύσσεια", "Україна, Ґанок, Ўзбекистон",
    "1\u202f234\u2009567, non\u2011breaking, soft\u00adhyphen", "e\u0301te\u0301", "− × ± ≤ ≈ € ₴ ₽ № § ° ½",
)  # fmt: skip
"""What the fonts that come with the generator can draw."""
MISSING = {
    "国家统计局 says": ["国家统计局"], "人口の報告": ["人口の報告"], "한국 통계청": ["한국", "통계청"], "وزارة الزراعة": ["وزارة", "الزراعة"],
    "משרד הבריאות": ["משרד", "הבריאות"], "कृषि मंत्रालय": ["कृषि", "मंत्रालय"], "ที่นี่": ["ที่นี่"], "Հայաստան": ["Հայաստան"],
    "საქართველო": ["საქართველო"], "የኢትዮጵያ": ["የኢትዮጵያ"], "বাংলা তথ্য": ["বাংলা", "তথ্য"], "ខ្មែរ": ["ខ្មែរ"], "A 👩\u200d🔬!": ["👩\u200d🔬"],
    "q\u0e31": ["q\u0e31"], "\U0001f1fa\U0001f1e6": ["\U0001f1fa\U0001f1e6"], "𝔘": ["𝔘"], "\ue000": ["\ue000"],
}  # fmt: skip
"""Lines, and the letters in them that these fonts cannot draw; joiners are told with neither."""


def drawing(line: str) -> str:
    """A picture of one line."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 40" width="600" height="40">'
        f'<text x="4" y="28" font-size="20" font-family="Source Sans Pro">{line}</text></svg>'
    )


def picture(line: str, lettering: FontChooser) -> bytes:
    """A line as a PNG."""
    return raster.pngs([(lettering.lettered(drawing(line)), 1.0)], fonts=lettering.files)[0]


@pytest.fixture
def own(tmp_path: Path) -> FontChooser:
    """The lettering of a project with a font for some Chinese and Arabic letters, Latin ones and digits."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(
        font("国家统计局人民日报社وزارة abcdefghijklmnopqrstuvwxyz0123456789,")
    )
    problems = Problems()
    lettering = read_lettering(Folder(tmp_path), problems)
    assert not list(problems)
    return lettering


def test_a_font_has_the_letters_that_another_reader_finds_in_it(tmp_path: Path) -> None:
    """For each font that comes with the generator, and for made-up ones with letters inside and outside the first plane."""
    made = tmp_path / "made.ttf"
    made.write_bytes(font("abc国\U0001f600\U0001f601\U00020000"))
    for path in (*map(Path, raster.font_files()), made):
        other = TTFont(path)
        found = {code for code, name in other.getBestCmap().items() if other.getGlyphID(name)}
        assert read_font(path.read_bytes())[1] == found, path.name
    assert read_font(made.read_bytes())[0] == "Made Up Sans"


PICTURES = ["SVG ", "sbix", "CBDT", "CBLC", "EBDT", "EBLC", "EBSC", "bdat", "bloc", "COLR", "CPAL"]


@pytest.mark.parametrize("tag", PICTURES)
@pytest.mark.parametrize("second", [False, True], ids=["font", "second of a collection"])
def test_a_font_of_pictures_is_refused(tag: str, second: bool) -> None:
    """A letter drawn by SVG may name any file of this machine, which would then be seen in a picture of the site."""
    with_pictures = TTFont(io.BytesIO(font("ա")))
    table = DefaultTable(tag)
    table.data = b"\0\0\0\0\0\x0a\0\0\0\0\0\0"
    with_pictures[tag] = table
    written = io.BytesIO()
    if second:
        collection = TTCollection()
        collection.fonts = [TTFont(io.BytesIO(font("բ"))), with_pictures]
        collection.save(written)
    else:
        with_pictures.save(written)
    with pytest.raises(BadFont, match=f"its table '{tag.strip()}'"):
        read_font(written.getvalue())
    assert read_font(font("ա"))


@pytest.mark.parametrize("line", SHOWN)
def test_what_comes_with_the_generator_draws_the_languages_of_europe(line: str) -> None:
    """Latin with its many marks, Vietnamese, Greek and Cyrillic, and the signs and spaces of numbers are no problem."""
    assert FontChooser().missing(line) == []


@pytest.mark.parametrize("line", MISSING)
def test_letters_without_a_glyph_are_found(line: str) -> None:
    """In fifteen scripts, emoji, signs that no font has, and a mark that stands on a letter of another script."""
    assert FontChooser().missing(line) == [run.replace("\u200d", "") for run in MISSING[line]]


@pytest.mark.parametrize("line", MISSING)
def test_a_picture_never_holds_a_box(line: str) -> None:
    """What no font has is drawn as an ellipsis: the picture is the one of the line with ellipses in its place."""
    shown = line
    for missing in MISSING[line]:
        shown = shown.replace(missing, "…", 1)
    assert picture(line, FontChooser()) == picture(shown, FontChooser())


def test_a_projects_font_draws_what_ours_lack(own: FontChooser) -> None:
    """Two words look otherwise from one another and from their ellipses, on one core and on two; the words are not told as missing."""
    assert own.missing("国家统计局, 2016") == []
    first, second = picture("国家统计局", own), picture("人民日报社", own)
    assert len({first, second, picture("国家统计局", FontChooser())}) == 3
    jobs = [(own.lettered(drawing(line)), 1.0) for line in ("国家统计局", "人民日报社") * 10]
    assert raster.pngs(jobs, cores=2, fonts=own.files) == [first, second] * 10


def test_a_line_is_drawn_with_one_font(own: FontChooser) -> None:
    """Letters that a project's font has beside others of the line that it lacks are told, for no second font is taken in a line."""
    assert own.missing("国 ы") == ["国"], "the made-up font has no Cyrillic"
    assert picture("国 ы", own) == picture("… ы", own)
    assert own.missing("Їжак") == []


def test_what_is_plain_is_drawn_as_before(own: FontChooser) -> None:
    """A project's fonts change no picture whose letters ours have."""
    assert picture("The office, Їжак, Ελλάδα", own) == picture(
        "The office, Їжак, Ελλάδα", FontChooser()
    )


def test_a_site_with_its_font_is_built_strictly(small_project: Path) -> None:
    """Without the font the build stops under --strict, with it there is nothing to tell, and the chart's picture is another one."""
    replace(
        small_project / "seeds/charts/charts.yaml",
        "  title: The library lent more",
        "  title: 国家 lent more",
    )
    assert run("--project", small_project).code == 0, "outside --strict it is a warning"
    without = (small_project / "site/data/charts/loans-by-year.png").read_bytes()
    assert run("--project", small_project, "--strict").code == 1
    (small_project / "fonts").mkdir()
    everything = "".join(map(chr, range(32, 0x17F))) + "–—’‘“”…−国家"
    (small_project / "fonts" / "han.ttf").write_bytes(font(everything))
    (small_project / "fonts" / "OFL.txt").write_text("free", encoding="utf-8")
    done = run("--project", small_project, "--strict")
    assert done.code == 0, done.said
    assert (small_project / "site/data/charts/loans-by-year.png").read_bytes() != without
    assert not list((small_project / "site").rglob("*.ttf")), "fonts are not published"


def damaged(data: bytes, count: int) -> list[bytes]:
    """A font cut short, and with bytes of its directory and tables altered, in many ways."""
    chance = random.Random(18)
    found = [data[:at] for at in range(0, len(data), max(1, len(data) // count))]
    for _ in range(count):
        altered = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            altered[chance.randrange(len(data))] = chance.choice(
                (0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256))
            )
        found.append(bytes(altered))
    return found


def test_a_damaged_font_is_refused_or_read() -> None:
    """No way of damaging a font brings anything but a refusal in words, or letters."""
    for data in (
        *damaged(font("abc国家"), 1500),
        b"",
        b"ttcf",
        b"ttcf" + b"\xff" * 40,
        b"\0\1\0\0" + b"\xff" * 1000,
    ):
        with suppress(BadFont):
            _, letters = read_font(data)
            assert all(0 <= code < 0x110000 for code in letters)


def greedy(kind: str) -> bytes:
    """A font of about a megabyte whose map asks for as much work as it can."""
    name = struct.pack(">HHHHHHHHH", 0, 1, 18, 3, 1, 0x409, 1, 2, 0) + "A".encode("utf-16-be")
    if kind == "over and over":
        groups = struct.pack(">III", 0, 0x10FFFF, 1) * 80_000
        sub = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, 80_000) + groups
        cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + sub
    elif kind == "many maps":
        cmap = struct.pack(">HH", 0, 0xFFFF) + struct.pack(">HHI", 3, 1, 4) * 0xFFFF
    elif kind == "runs of nothing":
        count, maps = (
            80_000,
            200,
        )  # all maps share the same zeros; to one, the head of another is a letter or two
        cmap = struct.pack(">HH", 0, maps) + b"".join(
            struct.pack(">HHI", 3, 10, 4 + 8 * maps + 24 * each) for each in range(maps)
        )
        cmap += struct.pack(">HHIIIQ", 12, 0, 0, 0, count, 0) * maps + bytes(12 * count)
    elif kind == "runs that end":
        count = 0x7FFF
        head = struct.pack(">HHHHHHH", 4, 0, 0, 2 * count, 0, 0, 0)
        size = len(head) + 8 * count
        cmap = struct.pack(">HH", 0, 7) + b"".join(
            struct.pack(">HHI", 3, 1, 60 + size * each) for each in range(7)
        )
        cmap += (head + b"\xff\xff" * (4 * count)) * 7
    else:
        count = 0x7FFF
        runs = (
            struct.pack(">H", 0xFFFE) * count
            + b"\0\0"
            + b"\0\0" * count
            + b"\0\1" * count
            + b"\0\0" * count
        )
        cmap = (
            struct.pack(">HHHHI", 0, 1, 3, 1, 12)
            + struct.pack(">HHHHHHH", 4, 0, 0, 2 * count, 0, 0, 0)
            + runs
        )
    start = 12 + 2 * 16
    head = b"\0\1\0\0" + struct.pack(">HHHH", 2, 0, 0, 0)
    head += struct.pack(">4sIII", b"cmap", 0, start, len(cmap)) + struct.pack(
        ">4sIII", b"name", 0, start + len(cmap), len(name)
    )
    return head + cmap + name


@pytest.mark.parametrize(
    "kind", ["over and over", "many maps", "long runs", "runs of nothing", "runs that end"]
)
def test_a_greedy_font_is_refused_soon(tmp_path: Path, kind: str) -> None:
    """A font of a megabyte that maps all letters again and again ends in seconds, and in little memory."""
    path = tmp_path / "greedy.ttf"
    path.write_bytes(greedy(kind))
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (10, 10)); resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))\n"
        "from explainer.read.fonts import BadFont, read_font\n"
        "try: read_font(open(sys.argv[1], 'rb').read())\n"
        "except BadFont: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "refused\n", done.stderr


LETTERS = "".join(map(chr, range(0x10D0, 0x10F1)))
"""Georgian: glyph 1 is the first letter's, glyph 2 the second's, and so on."""


def put_together(glyphs: list[bytes]) -> bytes:
    """A font whose glyphs are some bytes: those of the one for what is missing, and of each of the letters."""
    made = TTFont(io.BytesIO(font(LETTERS)), recalcBBoxes=False)
    at = [0, *accumulate(map(len, glyphs))]
    for tag, data in (("glyf", b"".join(glyphs)), ("loca", struct.pack(f">{len(at)}I", *at))):
        made[tag] = DefaultTable(tag)
        made[tag].data = data
    made["head"].indexToLocFormat = 1
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def of_parts(*parts: int) -> bytes:
    """A glyph that is put together from others, each at a place of its own."""
    flags = [0x23] * (len(parts) - 1) + [0x3]
    placed = (
        struct.pack(">HHhh", flag, part, at % 500, 0)
        for at, (flag, part) in enumerate(zip(flags, parts, strict=True))
    )
    return struct.pack(">hhhhh", -1, 0, 0, 500, 500) + b"".join(placed)


SQUARE = (
    struct.pack(">hhhhhHH", 1, 0, 0, 500, 500, 3, 0)
    + bytes([1, 1, 1, 1])
    + struct.pack(">hhhhhhhh", 0, 500, 0, -500, 0, 0, 500, 0)
)
DOUBLED = [SQUARE, *(of_parts(at + 1, at + 1) for at in range(1, 31)), SQUARE, SQUARE, SQUARE]
"""Each glyph is the next one twice, thirty times over; the last letters are plain."""
BOMBS = {
    "doubled": DOUBLED,
    "doubled nothing": [*DOUBLED[:31], b"", b"", SQUARE],
    "a thousand of a thousand": [
        SQUARE,
        of_parts(*[2] * 1000),
        of_parts(*[3] * 1000),
        *[SQUARE] * 31,
    ],
    "itself": [SQUARE, of_parts(1), *[SQUARE] * 32],
    "a circle": [SQUARE, *(of_parts(at + 1) for at in range(1, 33)), of_parts(1)],
    "many parts": [SQUARE, of_parts(*[2] * 60_000), *[SQUARE] * 32],
    "from behind": [SQUARE, SQUARE, SQUARE, *(of_parts(at - 1, at - 1) for at in range(3, 34))],
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_glyph_is_no_larger_than_a_letter(name: str) -> None:
    """A small font can describe a huge outline, since each glyph can be a part of others many times; it is refused as it is read."""
    assert len(BOMBS[name]) == len(LETTERS) + 1
    with pytest.raises(BadFont, match="glyph"):
        read_font(put_together(BOMBS[name]))


def test_letters_with_marks_are_put_together() -> None:
    """A glyph of some others, those of others too, is what fonts have for letters with marks."""
    glyphs = [SQUARE, of_parts(2, 3), of_parts(3, 4), of_parts(4, 4), *[SQUARE] * 30]
    assert read_font(put_together(glyphs))[1] == frozenset(map(ord, LETTERS))


def test_the_parts_of_all_glyphs_are_counted_in_one_go() -> None:
    """A font of megabytes whose glyphs name as many parts as they may is refused soon."""
    with pytest.raises(BadFont, match="parts"):
        read_font(put_together([SQUARE, *(of_parts(*[40] * 40_000) for _ in range(32)), SQUARE]))


def test_what_takes_too_much_to_draw_is_a_problem_of_the_font(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font that gets past the reading, and whose tried letter is plain, is named where a picture cannot be drawn with it."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "bomb.ttf").write_bytes(put_together([SQUARE] * 34))
    problems = Problems()
    lettering = read_lettering(Folder(tmp_path), problems)
    assert not list(problems)

    def fail(*_: object, **__: object) -> list[bytes]:
        raise raster.FontsFailed("it took too long")

    monkeypatch.setattr(raster, "pngs", fail)
    picture = Picture.of(f"<svg><text>{LETTERS[0]}</text></svg>")
    with pytest.raises(Refused) as refused:
        Pictures(Templates([ROOT / "templates"]), "x", Cache(), lettering).pngs({"x": picture})
    (problem,) = refused.value.problems
    assert (problem.rule, problem.place.path) == ("font-file", "fonts/bomb.ttf")


_LIMITS = """
import io, json, resource, sys
from explainer.read import raster
limits = []
def noted(svg, zoom, fonts):
    used = resource.getrusage(resource.RUSAGE_SELF)
    left = resource.getrlimit(resource.RLIMIT_CPU)[0] - used.ru_utime - used.ru_stime
    limits.append((0 < left <= 6, 0 < resource.getrlimit(resource.RLIMIT_DATA)[0] <= 512_000_000))
    return b""
raster._draw = noted
for fonts in ([], ["a.ttf"]):
    raster._work(io.BytesIO(json.dumps([[["<svg/>", 1.0]] * 2, fonts]).encode()), io.BytesIO())
print(limits)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a process has no such limits")
def test_each_picture_with_a_projects_font_has_limits() -> None:
    """Before it is drawn, its process is given five seconds of a processor and 512 MB; pictures with our fonts have no limits."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMITS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{[(False, False)] * 2 + [(True, True)] * 2}\n"


@pytest.mark.audit
def test_drawing_with_a_projects_font_is_bounded(tmp_path: Path) -> None:
    """A letter that would be drawn a thousand million times ends the process that draws it, at a limit of time or of memory."""
    path = tmp_path / "bomb.ttf"
    data = put_together(DOUBLED)
    path.write_bytes(data)
    size = 'width="99" height="99"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><text y="60" font-size="40" font-family="Made Up Sans">{{}}</text></svg>'
    held = (str(path), hashlib.sha256(data).hexdigest())
    assert raster.pngs([(svg.format(LETTERS[-1]), 1.0)], fonts=[held])
    with pytest.raises(raster.FontsFailed):
        raster.pngs([(svg.format(LETTERS[2]), 1.0)], fonts=[held])


def test_a_font_that_cannot_draw_is_a_problem(tmp_path: Path) -> None:
    """One whose map is whole and whose glyphs are not, one that bears the name of ours, and one too large: told, and never drawn with."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    empty = TTFont(_written(tmp_path / "x.ttf", font("abc国家")))
    del empty["glyf"]
    empty.save(folder / "empty.ttf")
    (folder / "ours.ttf").write_bytes(font("国家", "Source Sans Pro"))
    with (folder / "large.otf").open("wb") as large:
        large.truncate(33_000_000)
    problems = Problems()
    assert read_lettering(Folder(tmp_path), problems).files == ()
    told = {problem.place.path: problem.rule for problem in problems}
    assert told == {
        "fonts/empty.ttf": "font-file",
        "fonts/ours.ttf": "font-file",
        "fonts/large.otf": "file-size",
    }
    assert all(problem.hint for problem in problems)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_what_stops_at_a_font_is_one_line() -> None:
    """What draws pictures may give up on a font: that is the machine's failure, in a line that names the folder of fonts."""
    with pytest.raises(MachineFailed, match="a font in fonts/ may be broken"):
        raster.pngs(
            [('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', 1.0)],
            fonts=[("gone.ttf", "")],
        )


def test_letters_that_the_table_of_widths_lacks_are_wide_enough() -> None:
    """Chinese, Japanese and Korean letters take 1 em, marks take nothing, and words of other scripts what they take in Noto's fonts."""
    assert all(advance(letter, bold=False) >= 1.0 for letter in "国の한，（😀")
    assert all(advance(letter, bold=False) == 0.0 for letter in "\u0301\u0941\u0e31\u0651\u200d")
    noto = {
        "தமிழ்நாடு": 5.1, "മലയാളം": 4.2, "ශ්‍රී ලංකාව": 4.8, "ኢትዮጵያ": 2.9, "ქართული": 5.0, "မြန်မာ": 2.5, "Հայաստան": 5.6,
        "कृषि मंत्रालय": 4.5, "وزارة الزراعة": 4.4, "กระทรวงสาธารณสุข": 7.9, "ខ្មែរ": 1.2, "বাংলাদেশ": 4.0, "ಕರ್ನಾಟಕ": 3.6, "తెలుగు": 2.7,
    }  # fmt: skip
    for word, wide in noto.items():
        assert sum(advance(letter, bold=False) for letter in word) >= 1.15 * wide, word


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("国家统计局说，今年人口减少。", 80.0, ["国家统计局", "说，今年人口", "减少。"]),
        ("他说：「人口减少」。", 60.0, ["他说：", "「人口减", "少」。"]),
        ("GDP増加 in 2024（推定）", 90.0, ["GDP増加 in", "2024（推定）"]),
        ("it's (the first) of “many” words", 400.0, ["it's (the first) of “many” words"]),
        ("unbreakable-word", 60.0, ["unbrea…"]),
    ],
)
def test_lines_without_spaces_are_parted_between_letters(
    text: str, width: float, lines: list[str]
) -> None:
    """Nothing of a Chinese or Japanese line is cut off, no line begins with a closing mark, and words with spaces stay whole."""
    assert wrap(text, width) == lines
    assert all(text_width(line) <= width for line in lines)


ARABIC = "كم عدد سكان مصر في 2024؟ يقول ABC."


@pytest.fixture
def from_the_right(tmp_path: Path) -> Pictures:
    """What draws the pictures of a site in Arabic, with a font that has its letters."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(font("".join(sorted(set(ARABIC) - {" "})) + "国。"))
    problems = Problems()
    wording = Wording(replaced(reference_catalogue(), language="ar", locale="ar_EG"))
    return Pictures(
        Templates([OURS], wording), "ABC", Cache(), read_lettering(Folder(tmp_path), problems)
    )


def test_a_card_from_the_right_begins_at_the_right(from_the_right: Pictures) -> None:
    """Each line is anchored at the right margin and ordered from the right; on a card in another direction nothing is."""
    svg = from_the_right.card_svg(ARABIC, ARABIC * 3, "rtl")
    lines = re.findall(r"<text ([^>]*)>([^<]*)</text>", svg)
    assert len(lines) > 3
    for attributes, words in lines:
        assert 'x="1120"' in attributes
        assert 'text-anchor="end"' in attributes
        assert (words[0], words[-1]) == ("\u2067", "\u2069")
    plain = from_the_right.card_svg("ABC 2024", "ABC", "ltr")
    assert "text-anchor" not in plain
    assert "\u2067" not in plain
    assert "text-anchor" in from_the_right.card_svg(ARABIC, "ABC", "auto"), (
        "where it is not known, the title says it"
    )


def test_a_full_stop_from_the_right_is_drawn_at_the_left(from_the_right: Pictures) -> None:
    """The picture of a line is that of the line with the marks that order it from the right: what draws pictures goes by these alone."""
    lettering = from_the_right._lettering
    bare, marked = drawing(ARABIC), drawing(f"\u2067{ARABIC}\u2069")
    family = '<tspan font-family="Made Up Sans">'
    as_it_is = drawing(f"{family}{ARABIC}</tspan>")
    drawn = raster.pngs(
        [(lettering.lettered(bare), 1.0), (lettering.lettered(marked), 1.0), (as_it_is, 1.0)],
        fonts=lettering.files,
    )
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2], "without marks, it would be ordered from the left"


def test_lines_of_full_letters_stay_within_the_card(from_the_right: Pictures) -> None:
    """Letters as wide as they are high are reckoned as such, and lines of scripts with taller letters stand further apart."""
    svg = from_the_right.card_svg("国" * 40, "国" * 150 + "。", "ltr")
    for kind, size in (("card-title", 58), ("card-text", 30)):
        lines = [
            (int(y), words)
            for y, words in re.findall(rf'class="{kind}"[^>]* y="(\d+)"[^>]*>([^<]*)<', svg)
        ]
        assert lines
        assert all(len(words) * size <= 1040 for _, words in lines)
        assert max(y for y, _ in lines) <= 606
        assert all(below - above >= 1.4 * size for (above, _), (below, _) in pairwise(lines))
