// A number or a term is a link to the page that explains it. A tap opens its explanation on this page instead.
(function () {
  document.querySelectorAll("a[data-opens]").forEach(function (link) {
    var popover = document.getElementById(link.dataset.opens), openBefore = false;
    if (!popover || !popover.showPopover) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    popover.addEventListener("toggle", function (event) {
      link.setAttribute("aria-expanded", String(event.newState === "open"));
    });
    // The browser closes an open popover before the click arrives; a key's click has no detail, and nothing came before it.
    link.addEventListener("pointerdown", function () { openBefore = popover.matches(":popover-open"); });
    link.addEventListener("click", function (event) {
      var wasOpen = (event.detail && openBefore) || popover.matches(":popover-open"), isTerm = link.matches(".term");
      openBefore = false;
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (popover.matches(":popover-open")) {
        // A term that is pointed at is open already, and stays.
        if (!isTerm) popover.hidePopover();
      } else if (!wasOpen || isTerm) {
        popover.showPopover({ source: link });
      }
    });
  });
})();

// A menu or an explanation that the keyboard leaves is closed: what has the focus would stand under it.
addEventListener("focusin", function (event) {
  document.querySelectorAll("[popover]").forEach(function (popover) {
    var opener = event.target.closest("[popovertarget='" + popover.id + "'], [data-opens='" + popover.id + "']");
    if (popover.matches(":popover-open") && !opener && !popover.contains(event.target)) popover.hidePopover();
  });
});

// "Explore": opens a chart's interactive drawing in place, in a frame of its own. Nothing of it loads before.
(function () {
  var PATIENCE = 20000, words = document.currentScript.dataset;

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

  // Where the page is switched to dark or light, the drawing follows; replaced, so that Back leads to the page before.
  function scheme() { return getComputedStyle(document.body).colorScheme === "dark" ? "#dark" : "#light"; }
  function recolour() {
    document.querySelectorAll(".chart-stage iframe").forEach(function (frame) {
      frame.contentWindow.location.replace(frame.src.split("#")[0] + scheme());
    });
  }
  new MutationObserver(recolour).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);

  function open(button) {
    var figure = button.closest("figure");
    var stage = figure.querySelector(".chart-stage");
    var status = figure.querySelector(".chart-status");
    var frame = document.createElement("iframe");
    // The frame takes the room of the picture, so that nothing around it moves while it loads.
    stage.style.height = stage.getBoundingClientRect().height + "px";
    frame.title = words.frame + ": " + button.dataset.title;
    frame.src = button.dataset.explore + scheme();
    button.dataset.open = button.textContent;
    button.textContent = words.back;
    button.setAttribute("aria-expanded", "true");
    status.textContent = words.loading;
    function settle(message) {
      clearTimeout(timer);
      removeEventListener("message", listen);
      if (!frame.isConnected) return;
      if (message) close(button);
      else stage.classList.add("is-exploring");
      status.textContent = message || words.shown;
      if (message) status.scrollIntoView({ block: "nearest" });
    }
    function listen(event) {
      if (event.source !== frame.contentWindow) return;
      var drawn = /^explainer:drawn (\d+)$/.exec(event.data);
      // Names above their lines may need more room than the picture; a frame that scrolls would hold a finger that scrolls the page.
      if (drawn) {
        stage.style.height = Math.max(stage.clientHeight, drawn[1]) + "px";
        settle("");
      }
      if (event.data === "explainer:failed") settle(words.failed);
    }
    var timer = setTimeout(settle, PATIENCE, words.failed);
    addEventListener("message", listen);
    stage.append(frame);
    // The button stands below the drawing: where that begins above the window, or under its header, it is shown from its beginning.
    if (stage.getBoundingClientRect().top < document.querySelector(".md-header").offsetHeight) stage.scrollIntoView();
  }

  document.querySelectorAll(".chart-explore").forEach(function (button) {
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-expanded") === "true") close(button);
      else open(button);
    });
  });
})();

// Copying: puts a button at each citation, and gives the buttons of "Embed this chart" their work. Without it the texts are there to select.
(function () {
  function copy(text, select, done) {
    function byHand() { select(); if (document.execCommand("copy")) done(); }
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }

  document.querySelectorAll("[data-copies]").forEach(function (button) {
    var box = document.getElementById(button.dataset.copies), status = button.nextElementSibling;
    button.addEventListener("click", function () {
      document.querySelectorAll(".embed-status").forEach(function (other) { other.textContent = ""; });
      copy(box.value, function () { box.select(); }, function () {
        status.textContent = button.dataset.done;
        button.focus();
      });
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
