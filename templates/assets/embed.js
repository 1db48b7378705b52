// Gives the frames of our charts the height that they ask for, and draws <explainer-chart src="…/embed/…/">. Hosts may leave it out.
(function () {
  var base = new URL("embed/", document.currentScript.src).href, home = new URL(base).origin, seen = new WeakSet(), loads = new WeakMap();

  function ours() {
    return [].filter.call(document.querySelectorAll("iframe"), function (frame) { return frame.src.indexOf(base) === 0; });
  }
  // To whoever is there: a frame that has not loaded yet or is sandboxed has another origin than ours, and naming ours would be an error
  // in the host's console. The question holds nothing.
  function ask(frame) {
    if (frame.contentWindow) frame.contentWindow.postMessage("explainer-height?", "*");
  }
  function look() {
    ours().forEach(function (frame) {
      if (seen.has(frame)) return;
      seen.add(frame);
      frame.addEventListener("load", function () {
        loads.set(frame, (loads.get(frame) || 0) + 1);
        if (apart(frame) && loads.get(frame) > 1) frame.style.height = "";
        ask(frame);
      });
      ask(frame);
    });
  }
  function apart(frame) { return frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin"); }
  // A frame may have been led elsewhere, and keeps its src then. So its page's origin has to be ours. A sandboxed page has none: there
  // the first page that loads is believed, the one that the host chose, up to twice the height that was pasted, which fits every width.
  function believed(frame, event, height) {
    if (frame.contentWindow !== event.source) return false;
    if (!apart(frame)) return event.origin === home;
    return event.origin === "null" && !(loads.get(frame) > 1) && height <= 2 * (frame.height || 1000);
  }
  addEventListener("message", function (event) {
    var height = event.data && event.data["explainer-height"];
    if (!(height > 0 && height < 20000)) return;
    ours().forEach(function (frame) {
      if (believed(frame, event, height)) frame.style.height = height + "px";
    });
  });
  customElements.get("explainer-chart") || customElements.define("explainer-chart", class extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("iframe")) return;
      var frame = document.createElement("iframe"), src = new URL(this.getAttribute("src"), base).href;
      if (src.indexOf(base)) return;
      frame.src = src;
      frame.title = this.getAttribute("title") || "";
      frame.loading = "lazy";
      frame.height = this.getAttribute("height") || 600;
      frame.style.cssText = "width:100%;border:0;display:block";
      this.replaceChildren(frame);
      look();
    }
  });
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
