// "Explore": opens a chart's interactive drawing in place, in a frame of its own. Nothing of it loads before.
(function () {
  var PATIENCE = 20000;

  function close(button) {
    var stage = button.closest("figure").querySelector(".chart-stage");
    var frame = stage.querySelector("iframe");
    if (frame) frame.remove();
    stage.classList.remove("is-exploring");
    stage.style.height = "";
    button.textContent = button.dataset.open;
    button.setAttribute("aria-expanded", "false");
    button.closest("figure").querySelector(".chart-status").textContent = "";
  }

  function open(button) {
    var figure = button.closest("figure");
    var stage = figure.querySelector(".chart-stage");
    var status = figure.querySelector(".chart-status");
    var frame = document.createElement("iframe");
    var dark = document.body.getAttribute("data-md-color-scheme") === "slate";
    // The frame takes the room of the picture, so that nothing around it moves.
    stage.style.height = stage.getBoundingClientRect().height + "px";
    frame.title = button.dataset.frame + ": " + button.dataset.title;
    frame.src = button.dataset.explore + (dark ? "#dark" : "#light");
    button.dataset.open = button.textContent;
    button.textContent = button.dataset.back;
    button.setAttribute("aria-expanded", "true");
    status.textContent = button.dataset.loading;
    function settle(message) {
      clearTimeout(timer);
      removeEventListener("message", listen);
      if (!frame.isConnected) return;
      if (message) close(button);
      else stage.classList.add("is-exploring");
      status.textContent = message || button.dataset.shown;
    }
    function listen(event) {
      if (event.source !== frame.contentWindow) return;
      if (event.data === "explainer:drawn") settle("");
      if (event.data === "explainer:failed") settle(button.dataset.failed);
    }
    var timer = setTimeout(settle, PATIENCE, button.dataset.failed);
    addEventListener("message", listen);
    stage.append(frame);
  }

  document.querySelectorAll(".chart-explore").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-expanded") === "true") close(button);
      else open(button);
    });
  });
})();
