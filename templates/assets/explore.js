// Draws the figure that stands in the page. No request leaves the site, and nothing can be shared with a third party.
(function () {
  var framed = window.parent !== window;
  var message = document.getElementById("explore-message");
  var host = document.getElementById("explore");
  var dark = location.hash === "#dark" || (location.hash !== "#light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.add(dark ? "dark" : "light");
  if (framed) document.documentElement.classList.add("framed");

  function tell(word) {
    if (framed) window.parent.postMessage("explainer:" + word, /^https?:/.test(location.origin) ? location.origin : "*");
  }
  function fail() {
    message.textContent = message.dataset.failed;
    tell("failed");
  }
  if (!window.Plotly) return fail();

  var colours = dark
    ? { ink: "#e8e6e1", grid: "#3a3e46", accent: "#f28ea0", quiet: "#7f8894", first: "#8fc1ee", second: "#5fc7bd", third: "#e38fc0", fourth: "#f79a6b" }
    : { ink: "#1d1d1b", grid: "#d8d6d0", accent: "#a8324a", quiet: "#8d949c", first: "#12436d", second: "#1e7a72", third: "#801650", fourth: "#c04a10" };
  function paint(colour) {
    return Array.isArray(colour) ? colour.map(paint) : colours[colour] || colour;
  }
  var told = JSON.parse(document.getElementById("figure").textContent), figure = told.figure;
  figure.data.forEach(function (trace) {
    if (trace.marker && trace.marker.color) trace.marker.color = paint(trace.marker.color);
    if (trace.line && trace.marker) trace.line.color = trace.marker.color;
  });
  function axis(given) {
    return Object.assign({ gridcolor: colours.grid, linecolor: colours.grid, zerolinecolor: colours.ink, automargin: true }, given);
  }
  var lines = ((figure.layout.yaxis || {}).categoryarray || []).length;
  var layout = Object.assign({
    font: { family: "system-ui, sans-serif", size: 13, color: colours.ink },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", bargap: 0.25, autosize: true,
    margin: { l: 56, r: 16, t: 16, b: 48 }, legend: { orientation: "h", y: 1.06 }, hovermode: "closest"
  }, figure.layout, { xaxis: axis(figure.layout.xaxis), yaxis: axis(figure.layout.yaxis) });
  // Plotly would halve the steps of a small axis, and of a large one that is looked at closely; there is no half a person
  function wholeSteps(ends) {
    return ends && Math.abs(ends[1] - ends[0]) <= 10 ? 1 : null;
  }
  function keepWhole() {
    var axis = host._fullLayout[figure.whole], step = wholeSteps(axis.range);
    if ((host.layout[figure.whole].dtick || null) === step) return;
    var change = {};
    change[figure.whole + ".dtick"] = step;
    change[figure.whole + ".tickmode"] = step ? "linear" : "auto";
    change[figure.whole + ".tick0"] = 0;
    window.Plotly.relayout(host, change);
  }
  layout.height = framed ? window.innerHeight : Math.max(440, 26 * lines + 140);
  message.hidden = true;
  window.Plotly.newPlot(host, figure.data, layout, {
    locale: "own", locales: { own: told.locale }, displaylogo: false, responsive: !framed, showSendToCloud: false, plotlyServerURL: "", showEditInChartStudio: false,
    // the chart's own PNG says what it shows and who says so; a bare picture of the drawing would not
    modeBarButtonsToRemove: ["toImage", "sendChartToCloud", "lasso2d", "select2d"]
  }).then(function () {
    if (figure.whole) {
      host.on("plotly_relayout", keepWhole);
      keepWhole();
    }
    tell("drawn");
  }, fail);
})();
