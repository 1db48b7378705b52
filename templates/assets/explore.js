// Draws the figure that stands in the page. No request leaves the site, and nothing can be shared with a third party.
(function () {
  var framed = window.parent !== window;
  var message = document.getElementById("explore-message");
  var host = document.getElementById("explore");
  var night = matchMedia("(prefers-color-scheme: dark)"), dark = false;
  if (framed) document.documentElement.classList.add("framed");

  // The page around the frame says by the address whether it is light or dark, and says it again when its reader switches.
  function look() {
    dark = location.hash === "#dark" || (location.hash !== "#light" && night.matches);
    document.documentElement.classList.toggle("dark", dark);
    document.documentElement.classList.toggle("light", !dark);
  }
  look();

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
  var nightly = {
    ink: "#e8e6e1", grid: "#3a3e46", accent: "#f28ea0", quiet: "#7f8894", first: "#8fc1ee", second: "#5fc7bd", third: "#e38fc0", fourth: "#f79a6b"
  };
  // The tool bar has its room below the drawing, where it covers nothing (explore.css).
  var BAR = 32, touched = matchMedia("(hover: none)").matches;
  var print = matchMedia("print"), forced = matchMedia("(forced-colors: active)"), told = document.getElementById("figure").textContent;

  // Paper is white; where the reader's own colours rule, there are two, and symbols and dashes tell the series apart.
  function palette() {
    if (print.matches) return light;
    if (!forced.matches) return dark ? nightly : light;
    var ink = getComputedStyle(document.body).color, accent = getComputedStyle(document.querySelector("a")).color;
    return { ink: ink, grid: ink, accent: accent, quiet: ink, first: ink, second: ink, third: ink, fourth: ink };
  }
  // Gives each line its name: beside it, or above it where room is small; returns the height of the drawing, in pixels.
  function named(figure, small) {
    var axis = figure.layout.yaxis, lines = Math.abs(axis.range[0] - axis.range[1]), names = small ? figure.narrow.yaxis : axis;
    var most = Math.max.apply(null, names.ticktext.map(function (text) { return text.split("<br>").length; }).concat(1));
    var least = (small ? 22 + 18 * most : 10 + 18 * most) * lines, high = framed ? window.innerHeight - BAR : Math.max(440, least + 140);
    if (!small) return high;
    high = Math.max(high, least + 60);
    var above = Math.max(7, 0.16 * (high - 110) / lines);
    axis.showticklabels = false;
    (figure.narrow.annotations || []).forEach(function (group) { Object.assign(group, { yanchor: "bottom", yshift: -4 }); });
    figure.layout.annotations = (figure.narrow.annotations || []).concat(names.tickvals.map(function (y, at) {
      return { text: names.ticktext[at], align: "left", showarrow: false, xref: "paper", x: 0, xanchor: "left", yref: "y", y: y, yanchor: "bottom", yshift: above };
    }));
    // words that stand over a value would lie on the name of its line
    figure.data.forEach(function (trace) { if (trace.texttemplate) trace.textposition = "bottom center"; });
    return high;
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
    var small = window.innerWidth < 640, height = framed ? window.innerHeight - BAR : 440;
    if (figure.narrow) height = named(figure, small);
    var layout = Object.assign({
      font: { family: "system-ui, sans-serif", size: 13, color: colours.ink },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", bargap: 0.25, autosize: true,
      margin: { l: small && figure.narrow ? 8 : 56, r: 16, t: 16, b: 48 }, hovermode: "closest",
      legend: { orientation: "h", x: 0, yanchor: "bottom", y: 1.01 },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colours.quiet, activecolor: colours.accent }
    }, figure.layout, { xaxis: axis(figure.layout.xaxis), yaxis: axis(figure.layout.yaxis) });
    layout.height = height;
    return window.Plotly.react(host, figure.data, layout, {
      locale: "own", locales: { own: described.locale }, displaylogo: false, responsive: !framed, showSendToCloud: false, plotlyServerURL: "", showEditInChartStudio: false,
      // the chart's own PNG says what it shows and who says so; a bare picture of the drawing would not
      displayModeBar: true, modeBarButtonsToRemove: ["toImage", "sendChartToCloud", "lasso2d", "select2d"].concat(touched ? ["zoom2d", "pan2d"] : [])
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
  // A finger that moves over the drawing scrolls the page, as everywhere; Plotly would zoom. A tap is a click, and so told to Plotly.
  host.addEventListener("touchstart", function (event) { event.stopPropagation(); }, { capture: true, passive: true });
  // The press that follows may hide the value again before it is seen: the point is moved to once more, after Plotly's delay.
  host.addEventListener("click", function (event) {
    if (!event.isTrusted || (!touched && event.pointerType !== "touch")) return;
    var at = event.target, move = { bubbles: true, clientX: event.clientX, clientY: event.clientY };
    setTimeout(function () { at.dispatchEvent(new MouseEvent("mousemove", move)); }, 80);
  }, true);
  message.hidden = true;
  draw().then(function () {
    host.on("plotly_relayout", keepWhole);
    keepWhole();
    tell("drawn " + Math.ceil(host._fullLayout.height + BAR));
    function again() {
      look();
      draw().then(keepWhole);
    }
    addEventListener("hashchange", again);
    [print, forced, night].forEach(function (media) { media.addEventListener("change", again); });
  }, fail);
})();
