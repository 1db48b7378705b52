// In "serve" alone: reloads the page after each build, and shows what stops one. The published site has none of this.
(function () {
  var shown = null;
  var panel = document.createElement("aside");
  panel.id = "live-problems";
  panel.setAttribute("role", "alert");
  panel.hidden = true;

  function line(tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    panel.appendChild(element);
  }

  function show(state) {
    panel.hidden = state.problems.length === 0;
    panel.textContent = "";
    if (panel.hidden) return;
    line("h2", state.problems.length === 1 ? "One problem; this is the last good page" : state.problems.length + " problems; this is the last good page");
    state.problems.forEach(function (problem) {
      line("code", problem.place);
      line("p", problem.rule + ": " + problem.message);
      if (problem.hint) line("small", problem.hint);
    });
  }

  document.body.appendChild(panel);
  new EventSource("/_live/events").onmessage = function (event) {
    var state = JSON.parse(event.data);
    if (shown !== null && state.build !== shown) location.reload();
    shown = state.build;
    show(state);
  };
})();
