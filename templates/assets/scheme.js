// Light or dark. The theme's script sets the scheme again on every page, for which a browser reckons all its styles four times. Here the
// page stays as the reader's system has it, or as the theme's first script has set what was chosen before, until somebody switches.
(function () {
  var place = document.querySelector("[data-schemes]"), body = document.body, tint = document.createElement("meta");
  if (!place) return;
  // One for each scheme, which leads to the next; that of the present one is shown.
  var buttons = Array.from(place.querySelectorAll("button"));

  // The browser's own bar takes the colour of the header.
  function tinted() { tint.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor; }

  function current() {
    var scheme = body.getAttribute("data-md-color-scheme");
    return Math.max(0, buttons.findIndex(function (each) {
      return scheme ? each.getAttribute("data-md-color-scheme") === scheme : matchMedia(each.getAttribute("data-md-color-media")).matches;
    }));
  }

  function show() {
    var now = current();
    buttons.forEach(function (each, index) { each.hidden = index !== now; });
    (self.requestIdleCallback || setTimeout)(tinted);
  }

  function choose(index) {
    var color = {};
    body.setAttribute("data-md-color-switching", "");
    ["media", "scheme", "primary", "accent"].forEach(function (name) {
      color[name] = buttons[index].getAttribute("data-md-color-" + name);
      body.setAttribute("data-md-color-" + name, color[name]);
    });
    __md_set("__palette", { index: index, color: color });
    show();
    setTimeout(function () { body.removeAttribute("data-md-color-switching"); });
  }

  buttons.forEach(function (each, index) {
    each.addEventListener("click", function () {
      var next = (index + 1) % buttons.length;
      choose(next);
      buttons[next].focus();
    });
    matchMedia(each.getAttribute("data-md-color-media")).addEventListener("change", show);
  });
  tint.name = "theme-color";
  document.head.append(tint);
  show();
})();
