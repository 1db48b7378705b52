// Light or dark. The theme's script sets the scheme again on every page, for which a browser reckons all its styles four times. Here the
// page stays as the reader's system has it, or as the theme's first script has set what was chosen before, until somebody switches.
(function () {
  var form = document.querySelector("[data-schemes]"), body = document.body, tint = document.createElement("meta");
  if (!form) return;
  var inputs = Array.from(form.querySelectorAll("input"));

  // The browser's own bar takes the colour of the header.
  function tinted() { tint.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor; }

  function current() {
    var scheme = body.getAttribute("data-md-color-scheme");
    return Math.max(0, inputs.findIndex(function (each) {
      return scheme ? each.getAttribute("data-md-color-scheme") === scheme : matchMedia(each.getAttribute("data-md-color-media")).matches;
    }));
  }

  function show() {
    var now = current();
    inputs.forEach(function (each, index) {
      var label = each.nextElementSibling;
      if (label && label.matches("label")) label.hidden = index !== now;
    });
    (self.requestIdleCallback || setTimeout)(tinted);
  }

  function choose(index) {
    var color = {};
    body.setAttribute("data-md-color-switching", "");
    ["media", "scheme", "primary", "accent"].forEach(function (name) {
      color[name] = inputs[index].getAttribute("data-md-color-" + name);
      body.setAttribute("data-md-color-" + name, color[name]);
    });
    __md_set("__palette", { index: index, color: color });
    show();
    setTimeout(function () { body.removeAttribute("data-md-color-switching"); });
  }

  inputs.forEach(function (each, index) {
    each.addEventListener("change", function () { choose(index); });
    matchMedia(each.getAttribute("data-md-color-media")).addEventListener("change", show);
  });
  // A choice is a radio button, which Enter alone does not press.
  form.addEventListener("keydown", function (event) {
    var next = inputs[(current() + 1) % inputs.length];
    if (event.key !== "Enter") return;
    event.preventDefault();
    next.click();
    next.focus();
  });
  tint.name = "theme-color";
  document.head.append(tint);
  show();
})();
