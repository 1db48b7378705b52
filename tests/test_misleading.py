"""Addresses that lead elsewhere than they seem to, letters with too many marks, and folders that the site keeps for itself."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from support import copy_small, replace, run

from explainer.common.addresses import misleading
from explainer.common.characters import invisible_characters

MISLEADING = [
    "https://library.example.org@evil.example/", "https://evil.example\\@library.example.org/", "https://a:b@evil.example/", "https://a&#64;evil.example/",
    "https://library.example.org%40evil.example/", "https://library.example.org:80@evil.example/", "https:evil.example/", "https:/evil.example/", "https:///evil.example/",
    "https://evil&#9;.example/", "https://%65vil.example/", "https://аррӏе.com/", "https://gооgle.com/", "https://ɡoogle.com/", "https://www.раураӏ.com/", "https://ραυ.com/",
    "https://ｅvil.example/", "https://𝐞vil.example/", "https://evil。example/", "https://library.example.org⁄x.evil.example/", "https://library.example.org∕x.evil.example/",
    "http://2130706433/", "http://0x7f.1/", "https://evil.example:8x/", "https://", "https://a\u200bb.example/", "https://[::1/", "https://ꓸ.example/",
    "mailto:a@b.org?bcc=c@d.org", "mailto:a@b.org?CC=c@d.org", "mailto:a@b.org?body=x", "mailto:a@b.org?%62cc=c@d.org", "mailto:a@b.org?subject=x&amp;bcc=c@d.org",
    "mailto:a@b.org,c@d.org", "mailto:a@b.org%2cc@d.org", "mailto:a@b.org%3Fbcc=c@d.org", "mailto:a@b.org?subject=x%0D%0ABcc:c@d.org", "mailto:a@аррӏе.com", "mailto:?to=c@d.org",
]  # fmt: skip
HONEST = [
    "https://президент.рф/", "https://例え.jp/", "https://münchen.de/", "https://straße.de/", "https://ελλάδα.gr/", "https://한국.kr/", "https://الجزيرة.net/",
    "https://हिन्दी.भारत/", "https://ไทย.ไทย/", "https://שלום.co.il/", "https://kız.com.tr/", "https://україна.ua/", "https://москва.com/", "https://日本store.jp/", "https://сор.рф/",
    "https://xn--80ak6aa92e.com/", "https://mastodon.social/@user", "https://web.archive.org/web/2020/https://a@b.example/", "http://127.0.0.1:8000/", "https://[::1]:8000/",
    "https://Example.ORG./x?y=@z#@", "mailto:a.b+c@example.org", "mailto:a@example.org?subject=A%20word", "mailto:почта@президент.рф", "page.md", "#part", "../a@b/",
]  # fmt: skip


@pytest.mark.parametrize("address", MISLEADING)
def test_a_misleading_address_is_seen(address: str) -> None:
    """A user before the host, look-alike letters, disguised hosts and hidden receivers are named, whatever they are written in."""
    assert misleading(address)


@pytest.mark.parametrize("address", HONEST)
def test_an_honest_address_passes(address: str) -> None:
    """Hosts of every script, users in paths, ports and mail addresses are ordinary."""
    assert misleading(address) == ""


@pytest.mark.parametrize(
    "address",
    ["https://library.example.org@evil.example/", "https://аррӏе.com/", "https://gооgle.com/x"],
)
def test_a_seed_and_a_setting_lead_where_they_say(address: str, small_project: Path) -> None:
    """A source's address and one of mkdocs.yml are refused at their places."""
    source = next((small_project / "seeds" / "sources").glob("*.yaml"))
    line = next(line for line in source.read_text(encoding="utf-8").splitlines() if "url: " in line)
    replace(source, line, f"{line.split('url: ')[0]}url: {address}")
    settings = small_project / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f"\nrepo_url: {address}\n", encoding="utf-8"
    )
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert done.stderr.count("may lead elsewhere than it seems to") >= 1, done.said
    assert f"seeds/sources/{source.name}:" in done.stderr


MARKED = [
    "Tiếng Việt", "ế ộ ữ", "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים", "שּׁ\u0596\u05bd", "ཧྐྵྨླྺྼྻྂ བསྒྲུབས", "ที่นี่ ป้ำ", "ٱلرَّحْمَٰنِ ٱلرَّحِيمِ", "إِنَّآ أَعْطَيْنَـٰكَ", "मृ॒त्युः क्षत्रि॒यः",
    "မြွှေ ကျွန်ုပ်", "ខ្មែរ ស្ត្រី", "മലയാളം", "1️⃣2️⃣", "a\u0301\u0302\u0303\u0304", "。」「』【】…—",
]  # fmt: skip
FLOODED = [
    "a\u0301\u0302\u0303\u0304\u0305", "Z\u0335\u0321\u0345\u0356\u0327\u033b", "ก" + "\u0e49" * 8, "ب" + "\u064e" * 7, "अ" + "\u0951" * 6, "ש" + "\u05b0" * 5,
    "a" + "&#x301;" * 5, "a" + "\u20dd" * 5, "к\u0483\u0484\u0485\u0486\u0487\u0301", "が" + "\u3099" * 5, "ཀ" + "\u0f71" * 5, "अ" + "\u094d\u200d" * 6, "1" + "\u0301" * 5,
]  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_have_the_marks_that_they_need(text: str, form: str) -> None:
    """Vietnamese, pointed Hebrew, Tibetan, Thai, vocalised Arabic and others pass, composed or not."""
    assert list(invisible_characters(unicodedata.normalize(form, text))) == []


@pytest.mark.parametrize("text", FLOODED, ids=ascii)
def test_a_letter_with_too_many_marks_is_a_stray(text: str) -> None:
    """More marks than any word has on one letter are told, in every script and as entities; a long run of them is told once."""
    assert "mark too many" in str(next(invisible_characters(text)))
    assert len(list(invisible_characters("a" + "\u0301" * 100_000))) == 1


@pytest.mark.parametrize("room", ["assets", "cards", "data", "embed", "explore", "oembed"])
def test_a_folder_of_the_site_is_taken(room: str, tmp_path: Path) -> None:
    """A page in a folder that the build fills is told so at its own place, before anything is built."""
    project = copy_small(tmp_path / "project")
    paths = (f"{room}.md", f"{room}/x.md", f"{room}/x/y.md")
    for path in paths:
        page = project / "site_src" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            "---\ntitle: Words\ndescription: Words in a row.\n---\n# Words\n\nWords.\n",
            encoding="utf-8",
        )
    done = run("check", "--project", project)
    assert done.code == 1
    for path in paths:
        told = [
            line for line in done.stderr.splitlines() if line.startswith(f"site_src/{path}:1:1: ")
        ]
        assert told, done.said
        assert "path-taken" in told[0] or room == "assets"
    assert "Traceback" not in done.said
