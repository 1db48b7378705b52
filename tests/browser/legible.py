"""What of a page can be read and told apart, measured from computed styles in a real Chromium."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

_MEASURE = """(scope, paper) => {
  const probe = document.createElement("span");
  document.body.append(probe);
  const resolved = text => { probe.style.color = ""; probe.style.color = text; return getComputedStyle(probe).color; };
  const rgba = text => {
    const numbers = (text.match(/-?[\\d.]+(e-?\\d+)?/g) || []).map(Number);
    if (/^color\\(srgb/.test(text)) return [...numbers.slice(0, 3).map(one => one * 255), numbers[3] ?? 1];
    return /^rgb/.test(text) ? [...numbers.slice(0, 3), numbers[3] ?? 1] : [0, 0, 0, 0];
  };
  const over = (top, under) => top.slice(0, 3).map((one, index) => one * top[3] + under[index] * (1 - top[3]));
  const light = colour => colour.reduce((sum, one, index) => {
    const part = one / 255;
    return sum + [.2126, .7152, .0722][index] * (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
  }, 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const canvas = paper ? [255, 255, 255] : rgba(getComputedStyle(document.documentElement).colorScheme.includes("dark")
    && !matchMedia("(forced-colors: active)").matches ? "rgb(18, 18, 18)" : resolved("Canvas")).slice(0, 3);
  const ground = one => {
    if (paper) return canvas;
    const layers = [];
    for (; one; one = one.parentElement) layers.push(rgba(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), canvas);
  };
  const seen = one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getClientRects().length
    && getComputedStyle(one).clipPath === "none";
  const faults = [];
  const named = (one, what) => `${what}: <${one.tagName.toLowerCase()} class="${one.getAttribute("class") || ""}"> `
    + one.textContent.trim().slice(0, 40);
  const root = document.querySelector(scope);
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const done = new Set();
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (done.has(one) || !words.currentNode.textContent.trim() || one.closest("title, script, style") || !seen(one)) continue;
    done.add(one);
    const style = getComputedStyle(one), svg = one.closest("svg");
    const colour = rgba(svg ? style.fill : style.color), under = ground(svg || one);
    const found = contrast(over(colour, under), under);
    if (found < 4.5) faults.push(named(one, `${found.toFixed(2)} ${style.color} on ${under}`));
  }
  const shapes = ".svg-chart :is(rect, circle, line, path):not(.grid), .main-svg :is(.bars path, .scatterlayer path)";
  for (const one of root.querySelectorAll(shapes)) {
    if (!seen(one)) continue;
    const style = getComputedStyle(one), under = ground(one.closest("svg"));
    const part = (colour, opacity, size) => {
      const [r, g, b, alpha] = rgba(colour);
      return size > 0 ? contrast(over([r, g, b, alpha * opacity * style.opacity], under), under) : 1;
    };
    const found = Math.max(part(style.fill, style.fillOpacity, 1), part(style.stroke, style.strokeOpacity, parseFloat(style.strokeWidth)));
    if (found < 3) faults.push(named(one, `shape ${found.toFixed(2)} ${style.fill} ${style.stroke} on ${under}`));
  }
  probe.remove();
  return [...new Set(faults)]; }"""


def illegible(page: Page | Frame, scope: str = "body", *, paper: bool = False) -> list[str]:
    """Words below 4.5:1 and shapes of drawings below 3:1 against what lies behind them.

    On ``paper`` that is white, since browsers print no backgrounds unless they are asked to.
    """
    return list(page.evaluate(f"([scope, paper]) => ({_MEASURE})(scope, paper)", [scope, paper]))
