// The theme's script asks for a sitemap below the address of each alternate of the page (a translation, a feed), where none is. While it
// looks, which it does before or when the document is ready, it finds no alternate; whoever reads the page finds them all.
(function () {
  var links = document.querySelectorAll("link[rel=alternate]");
  links.forEach(function (link) { link.rel = "alternate "; });
  addEventListener("DOMContentLoaded", function () {
    links.forEach(function (link) { link.rel = "alternate"; });
  });
})();
