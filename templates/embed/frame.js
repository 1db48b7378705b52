(function () {
  var host = window.parent, root = document.documentElement, id = document.querySelector("main").id, told;
  if (host === window) return;
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
  }
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", function (event) {
    if (event.source !== host || event.data !== "explainer-height?") return;
    told = 0;
    tell();
  });
})();
