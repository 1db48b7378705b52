// The "Embed this chart" part: fills the lines in anew for what is chosen, and shows it. The copying is explainer.js's.
(function () {
  document.querySelectorAll(".embed-panel").forEach(function (panel) {
    var base = panel.dataset.address || new URL(panel.dataset.root, location.href).href;
    var frame = panel.querySelector(".embed-preview iframe");

    // what a template leaves open, filled in; words are escaped as they stand in an attribute
    function filled(text, values) {
      return text.replace(/\{(\w+)\}/g, function (slot, name) { return name in values ? values[name] : slot; });
    }
    function escaped(text) {
      return text.replace(/&/g, "&amp;").replace(/"/g, "&#34;").replace(/'/g, "&#39;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    }
    function chosen(name) { return panel.querySelector("input[name=" + name + "]:checked"); }
    function fill() {
      var edition = chosen("embed-edition"), theme = chosen("embed-theme").value;
      panel.querySelectorAll("textarea").forEach(function (box) {
        var values = Object.assign({}, edition.dataset, { base: base, edition: edition.value, theme: theme, alt: escaped(edition.dataset.alt) });
        box.value = filled(box.dataset.template, values);
      });
      var src = new URL(panel.dataset.root + "embed/" + panel.dataset.chart + "/" + edition.value, location.href).href + theme;
      if (frame.src === src) return;
      frame.height = edition.dataset.height;
      // a new frame: an old one would keep its page when no more than the part after # differs
      var fresh = frame.cloneNode();
      fresh.src = src;
      frame.replaceWith(fresh);
      frame = fresh;
    }
    panel.querySelectorAll(".embed-choices input").forEach(function (input) { input.addEventListener("change", fill); });
    fill();
  });
})();
