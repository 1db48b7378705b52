// For a site that was opened from a folder (file:), and for that alone: no server answers with the page of a folder there, so links and
// frames that lead to a folder are turned to the page in it.
(function () {
  var LINKS = "a, area", FRAMES = "iframe[src]", XLINK = "http://www.w3.org/1999/xlink";
  if (location.protocol !== "file:") return;

  // The address of the page in a folder; of anything else, nothing.
  function page(address) {
    var url;
    try { url = new URL(address, document.baseURI); } catch { return ""; }
    if (url.protocol !== "file:" || !url.pathname.endsWith("/")) return "";
    // What is written stays relative.
    return address.replace(/^[^?#]*/, function (path) { return (path || "./").replace(/([^/])$/, "$1/") + "index.html"; });
  }

  function turn(element) {
    ["href", "src"].forEach(function (name) {
      var to = element.hasAttribute(name) && page(element.getAttribute(name));
      if (to) element.setAttribute(name, to);
    });
    var old = element.getAttributeNS(XLINK, "href"), to = old && page(old);
    if (to) element.setAttributeNS(XLINK, "href", to);
  }

  function turnAll(root) { root.querySelectorAll(LINKS + "," + FRAMES).forEach(turn); }

  // Whatever opens a link comes after one of these: a press, a click by script, the menu of the browser, the keyboard.
  ["pointerover", "pointerdown", "mousedown", "touchstart", "focusin", "contextmenu", "click", "auxclick", "keydown"].forEach(function (kind) {
    addEventListener(kind, function (event) {
      event.composedPath().forEach(function (one) { if (one.matches && one.matches(LINKS)) turn(one); });
    }, { capture: true, passive: true });
  });

  // A frame to which a script gives an address goes to the page at once, and not by way of the folder's list.
  var src = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "src");
  Object.defineProperty(HTMLIFrameElement.prototype, "src", {
    configurable: true, enumerable: true, get: src.get, set: function (address) { src.set.call(this, page(address) || address); }
  });

  // What scripts put into the page later, as what the search finds.
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes") { if (change.target.matches(LINKS + "," + FRAMES)) turn(change.target); return; }
      change.addedNodes.forEach(function (one) {
        if (one.nodeType !== 1) return;
        if (one.matches(LINKS + "," + FRAMES)) turn(one);
        turnAll(one);
      });
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src", "href"] });
  turnAll(document);
})();
