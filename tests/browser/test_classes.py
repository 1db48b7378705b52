"""Classes that authors may use, in a real Chromium: none hides words."""

from __future__ import annotations

from pathlib import Path

from browser.browsing import SUB_PATH, served
from playwright.sync_api import Browser
from support import copy_small, lend, run

from explainer.render.prose.classes import AUTHORS


def test_a_class_for_authors_leaves_words_visible(
    browser: Browser, good: Path, tmp_path: Path
) -> None:
    """A paragraph and the emphasis in it are shown with each class that the guide names, in both colour schemes."""
    project = lend(good, copy_small(tmp_path / "project"))
    about = next((project / "site_src").glob("*.md"))
    names = [*sorted(AUTHORS), "our-note"]
    text = "\n\n".join(
        f"These words stand *here*{{: .{name} }} for {name}.\n{{: .{name} }}" for name in names
    )
    about.write_text(about.read_text(encoding="utf-8") + f"\n\n{text}\n", encoding="utf-8")
    done = run("--project", project, "--output", tmp_path / "www" / SUB_PATH)
    assert done.code == 0, done.said
    path = "" if about.stem == "index" else f"{about.stem}/"
    with served(tmp_path / "www") as base:
        for scheme in ("light", "dark"):
            page = browser.new_context(color_scheme=scheme).new_page()
            page.goto(f"{base}{path}")
            for name in names:
                for element in (
                    page.locator(f"article p.{name}", has_text="These words").all()
                    + page.locator(f"article em.{name}").all()
                ):
                    box = element.bounding_box()
                    assert element.is_visible(), name
                    assert box, name
                    assert min(box["width"] / 2, box["height"]) > 8, name
                    seen = element.evaluate(
                        "e => { const s = getComputedStyle(e); return [s.opacity, s.visibility, parseFloat(s.fontSize) >= 10, s.color !== s.backgroundColor]; }"
                    )
                    assert seen == ["1", "visible", True, True], name
                assert page.locator(f"article p.{name}", has_text="These words").count() == 1
            page.context.close()
