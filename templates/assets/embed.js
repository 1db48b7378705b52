// Gives the frames of our charts the height that they ask for, and draws <explainer-chart src="…/embed/…/">. Hosts may leave it out.
(function () {
  var base = new URL("embed/", document.currentScript.src).href, seen = new WeakSet();

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
      frame.addEventListener("load", function () { ask(frame); });
      ask(frame);
    });
  }
  addEventListener("message", function (event) {
    var height = event.data && event.data["explainer-height"];
    if (!(height > 0 && height < 20000)) return;
    ours().forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.style.height = height + "px";
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
