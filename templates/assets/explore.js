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

  var light = {
    ink: "#1d1d1b", grid: "#d8d6d0", accent: "#a8324a", quiet: "#8d949c", first: "#12436d", second: "#1e7a72", third: "#801650", fourth: "#c04a10"
  };
  var night = {
    ink: "#e8e6e1", grid: "#3a3e46", accent: "#f28ea0", quiet: "#7f8894", first: "#8fc1ee", second: "#5fc7bd", third: "#e38fc0", fourth: "#f79a6b"
  };
  var print = matchMedia("print"), forced = matchMedia("(forced-colors: active)"), told = document.getElementById("figure").textContent;

  // Paper is white; where the reader's own colours rule, there are two, and symbols and dashes tell the series apart.
  function palette() {
    if (print.matches) return light;
    if (!forced.matches) return dark ? night : light;
    var ink = getComputedStyle(document.body).color, accent = getComputedStyle(document.querySelector("a")).color;
    return { ink: ink, grid: ink, accent: accent, quiet: ink, first: ink, second: ink, third: ink, fourth: ink };
  }
  function draw() {
    var colours = palette(), described = JSON.parse(told), figure = described.figure;
    function paint(colour) {
      return Array.isArray(colour) ? colour.map(paint) : colours[colour] || colour;
    }
    function axis(given) {
      return Object.assign({ gridcolor: colours.grid, linecolor: colours.grid, zerolinecolor: colours.ink, automargin: true }, given);
    }
    figure.data.forEach(function (trace, index) {
      if (trace.marker && trace.marker.color) trace.marker.color = paint(trace.marker.color);
      if (trace.line && trace.line.color) trace.line.color = paint(trace.line.color);
      else if (trace.line && trace.marker) trace.line.color = trace.marker.color;
      if (!forced.matches || trace.type === "bar") return;
      if (trace.marker && !trace.marker.symbol) trace.marker.symbol = ["circle", "square", "diamond", "triangle-up"][index % 4];
      if (trace.line && !trace.line.dash) trace.line.dash = ["solid", "dash", "dot", "dashdot"][index % 4];
    });
    var lines = figure.narrow ? Math.abs(figure.layout.yaxis.range[0] - figure.layout.yaxis.range[1]) : 0, high = 26, small = window.innerWidth < 500;
    if (figure.narrow) {
      var names = small ? Object.assign(figure.layout.yaxis, figure.narrow.yaxis, { ticklabelposition: "inside top" }) : figure.layout.yaxis;
      var most = Math.max.apply(null, names.ticktext.map(function (text) { return text.split("<br>").length; }).concat(1));
      high = small ? 28 + 18 * most : 10 + 18 * most;
    }
    var layout = Object.assign({
      font: { family: "system-ui, sans-serif", size: 13, color: colours.ink },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", bargap: 0.25, autosize: true,
      margin: { l: small && figure.narrow ? 8 : 56, r: 16, t: 16, b: 48 }, legend: { orientation: "h", y: 1.06 }, hovermode: "closest"
    }, figure.layout, { xaxis: axis(figure.layout.xaxis), yaxis: axis(figure.layout.yaxis) });
    layout.height = framed ? window.innerHeight : Math.max(440, high * lines + 140);
    return window.Plotly.react(host, figure.data, layout, {
      locale: "own", locales: { own: described.locale }, displaylogo: false, responsive: !framed, showSendToCloud: false, plotlyServerURL: "", showEditInChartStudio: false,
      // the chart's own PNG says what it shows and who says so; a bare picture of the drawing would not
      modeBarButtonsToRemove: ["toImage", "sendChartToCloud", "lasso2d", "select2d"]
    });
  }
  // Plotly would halve the steps of a small axis, and of a large one that is looked at closely; there is no half a person
  function keepWhole() {
    var name = JSON.parse(told).figure.whole;
    if (!name) return;
    var ends = host._fullLayout[name].range, step = ends && Math.abs(ends[1] - ends[0]) <= 10 ? 1 : null;
    if ((host.layout[name].dtick || null) === step) return;
    var change = {};
    change[name + ".dtick"] = step;
    change[name + ".tickmode"] = step ? "linear" : "auto";
    change[name + ".tick0"] = 0;
    window.Plotly.relayout(host, change);
  }
  message.hidden = true;
  draw().then(function () {
    host.on("plotly_relayout", keepWhole);
    keepWhole();
    tell("drawn");
    [print, forced].forEach(function (media) { media.addEventListener("change", function () { draw().then(keepWhole); }); });
  }, fail);
})();
