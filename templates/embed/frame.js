// Tells the page around the frame how high the chart is, in the dialects that hosts listen for.
(function () {
  var host = window.parent, root = document.documentElement, id = document.querySelector("main").id, told;
  // WordPress adds its secret to the fragment, which then names no element, so :target cannot set the colours.
  function colour() {
    var named = (/^#(light|dark)(?!\w)./.exec(location.hash) || [])[1];
    root.classList.toggle("is-light", named === "light");
    root.classList.toggle("is-dark", named === "dark");
  }
  colour();
  addEventListener("hashchange", colour);
  if (host === window) return;
  function secret() { return (/[?&]secret=(\w+)/.exec(location.hash) || [])[1]; }
  function say(message, value) {
    if (secret()) host.postMessage({ message: message, value: value, secret: secret() }, "*");
  }
  function measured() {
    root.classList.add("measured");
    var height = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
    root.classList.remove("measured");
    return height;
  }
  function tell() {
    var height = measured(), sized = {}, pym = new URLSearchParams(location.search).get("childId");
    if (height === told) return;
    told = height;
    sized[id] = height;
    host.postMessage({ "explainer-height": height, "datawrapper-height": sized, sentinel: "amp", type: "embed-size", height: height }, "*");
    host.postMessage(JSON.stringify({ src: location.href, context: "iframe.resize", height: height }), "*");
    if (pym) host.postMessage("pymxPYMx" + pym + "xPYMxheightxPYMx" + height, "*");
    say("height", height);
  }
  function again() {
    told = 0;
    tell();
  }
  new ResizeObserver(tell).observe(document.body);
  addEventListener("hashchange", again);
  addEventListener("message", function (event) {
    var data = event.data;
    if (event.source !== host || !data) return;
    if (data === "explainer-height?" || (data.message === "ready" && data.secret === secret())) again();
  });
  // WordPress' sandbox lets no window open, and follows links to the frame's own host for it. Other links are left to the browser.
  addEventListener("click", function (event) {
    var link = event.target.closest("a[href]"), to = link && new URL(link.getAttribute("href"), document.baseURI);
    if (!to || !secret() || to.host !== location.host || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    say("link", to.href);
  });
})();
