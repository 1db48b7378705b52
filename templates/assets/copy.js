// Copying: puts a button at each citation, and gives the buttons of "Embed this chart" their work. Without it the texts are there to select.
(function () {
  function copy(text, select, done) {
    function byHand() { select(); if (document.execCommand("copy")) done(); }
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }

  document.querySelectorAll("[data-copies]").forEach(function (button) {
    var box = document.getElementById(button.dataset.copies), status = document.getElementById(button.dataset.status);
    button.hidden = false;
    button.addEventListener("click", function () {
      box.select();
      copy(box.value, function () { box.select(); }, function () { status.textContent = button.dataset.done + ": " + box.labels[0].textContent; });
    });
  });

  var words = (document.querySelector(".cite") || document.body).dataset;
  document.querySelectorAll(".citable").forEach(function (text) {
    var said = text.textContent.trim().replace(/\s+/g, " "), button = document.createElement("button"), status = document.createElement("span");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.setAttribute("aria-label", words.copy + ": " + (text.previousElementSibling || text.parentElement).textContent);
    status.setAttribute("role", "status");
    button.addEventListener("click", function () {
      copy(said, function () { getSelection().selectAllChildren(text); }, function () { status.textContent = words.copied; });
    });
    text.append(" ", button, " ", status);
  });
})();
