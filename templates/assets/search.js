// The search of both themes keeps its dialog and gets another inside: what is looked up, and how, is searching.js's. Its index weighs
// several pages, and a theme asks for it with each page; here that request waits until a reader turns to the search: opens it, goes into
// its field, or comes with words to find or to mark.
(function () {
  var INDEX = /\/search(\/search_index)?\.json$/, PLACE = "#__search, .md-search", SETUP = 0, QUERY = 2, RESULT = 3;
  var MARKS = "mark[data-md-highlight]";
  var script = document.currentScript, words = script.dataset, Request = self.XMLHttpRequest, Thread = self.Worker;
  var code = new URL("searching.js", script.src).href, fromFolder = location.protocol === "file:";
  var wanted = /[?&][qh]=/.test(location.search), begin = null;
  // Where Material says what was found; Zensical's search is not there before its index is, and has the theme's notices until then.
  var status = document.querySelector(".md-search-result__meta") || document.querySelector(".md-dialog__inner");

  function say(text) {
    var notice = status && status.closest(".md-dialog");
    if (!status) return;
    status.textContent = text;
    if (notice) notice.classList.toggle("md-dialog--active", text !== "");
  }

  function turn(event) {
    var now = begin;
    if (!event.target.closest || !event.target.closest(PLACE)) return;
    wanted = true;
    begin = null;
    if (now) now();
  }

  class Held extends Request {
    open(method, address) {
      var again = this.held;
      super.open(...arguments);
      this.held = INDEX.test(address);
      if (again || !this.held) return;
      // Before the theme's own, which would take a failure for the end.
      this.addEventListener("load", (event) => this.settle(event, address, this.status < 400));
      this.addEventListener("error", (event) => this.settle(event, address, false));
    }

    send() {
      if (!this.held) super.send(...arguments);
      else if (wanted) this.begin();
      else begin = () => this.begin();
    }

    begin() {
      say(words.loading);
      super.send();
    }

    settle(event, address, whole) {
      if (whole) {
        // The theme says what it finds as soon as it has read the index.
        if (status && status.closest(".md-dialog")) say("");
        self.XMLHttpRequest = Request;
        return;
      }
      event.stopImmediatePropagation();
      say(words.failed);
      wanted = false;
      this.open("GET", address);
      this.send();
    }
  }

  // Where a theme would start its own worker: searching.js in a thread, or in the page itself, since one from a folder may start none.
  class Searcher extends EventTarget {
    postMessage(message) {
      this.asks = message.type === QUERY ? message.data : null;
      if (message.type === SETUP) message = { type: SETUP, data: Object.assign({}, message.data, { language: document.documentElement.lang }) };
      if (fromFolder) {
        this.code = this.code || loaded(code);
        this.code.then(() => this.answer(self.answerSearch(message)), () => say(words.failed));
        return;
      }
      if (!this.thread) {
        this.thread = new Thread(code);
        this.thread.addEventListener("message", (event) => this.answer(event.data));
        this.thread.addEventListener("error", () => say(words.failed));
      }
      this.thread.postMessage(message);
    }

    answer(message) {
      var event = new MessageEvent("message", { data: message });
      this.dispatchEvent(event);
      if (this.onmessage) this.onmessage(event);
      if (message.type === RESULT) offer(this.asks, message.data.items.length);
    }

    terminate() {
      if (this.thread) this.thread.terminate();
    }
  }

  function loaded(address) {
    return new Promise(function (done, fail) {
      var element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", done);
      element.addEventListener("error", fail);
      document.head.append(element);
    });
  }

  // Where nothing was found: ways on, by the names that they have in the page's own map of the site.
  function ways() {
    var every = Array.from(document.querySelectorAll(".site-map a")), nav = document.createElement("nav"), list = document.createElement("ul");
    var said = document.createElement("p");
    var known = every.filter(function (link, at) { return !at || /(^|\/)(facts|sources|glossary)\/(index\.html)?$/.test(link.href); });
    (known.length > 1 ? known : every.slice(0, 5)).forEach(function (link) {
      var item = document.createElement("li"), copy = document.createElement("a");
      copy.href = link.href;
      copy.textContent = link.textContent;
      item.append(copy);
      list.append(item);
    });
    nav.className = "search-ways";
    said.textContent = words.ways;
    nav.setAttribute("aria-label", words.ways);
    nav.append(said, list);
    return list.children.length ? nav : null;
  }

  var offered = null;

  function offer(asked, count) {
    var text = asked && typeof asked === "object" ? asked.input : asked, place = document.querySelector(".md-search-result__list"), nav;
    if (offered) offered.remove();
    offered = null;
    if (count || typeof text !== "string" || !text.trim() || !(nav = ways())) return;
    // Zensical's dialog is in a shadow tree, and draws itself a moment later.
    if (!place) Array.from(document.body.children).forEach(function (one) { place = place || (one.shadowRoot && one.shadowRoot.querySelector("[role=listbox]")); });
    if (!place) return;
    offered = nav;
    place.before(nav);
  }

  // Material takes the first link in its list for what Enter in the field should open; the ways on are no results.
  addEventListener("keydown", function (event) {
    if (event.key === "Enter" && offered && event.target.matches(".md-search__input")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // Material closes its search at Tab, goes back to its field at any other key but the arrows, and takes its results out of the order of
  // the keyboard. So it hears nothing of the keys by which one moves on, and of a press on what clears the field; the results are stops;
  // and when the focus has left the search, that is closed.
  function byKeys(results) {
    var toggle = document.getElementById("__search");
    addEventListener("keydown", function (event) {
      var moves = event.key === "Tab" || event.key === "Shift", presses = event.key === " " && !event.target.matches(".md-search__input");
      if (event.target.closest(".md-search") && (moves || presses)) event.stopImmediatePropagation();
    }, true);
    addEventListener("focusin", function (event) {
      if (toggle.checked && !event.target.closest(".md-search")) toggle.click();
    });
    new MutationObserver(function () {
      results.querySelectorAll("[tabindex]").forEach(function (link) { link.removeAttribute("tabindex"); });
    }).observe(results, { subtree: true, childList: true });
    // The field is emptied after the event that says so.
    addEventListener("reset", function (event) {
      setTimeout(function () { event.target.elements.query.dispatchEvent(new KeyboardEvent("keyup")); });
    });
  }
  if (document.querySelector(".md-search-result__list")) byKeys(document.querySelector(".md-search-result__list"));

  // Material searches at each key that is let go. Words also come without a key: pasted, spoken, or put together from several keys.
  addEventListener("input", function (event) {
    if (event.target.matches(".md-search__input")) event.target.dispatchEvent(new KeyboardEvent("keyup"));
  });

  // Material opens its dialog a moment after the field has the focus, and not at all where the field lost
  // and got it within that moment: a quick reader, or a slow machine, would type into a dialog that is not seen.
  addEventListener("focusin", function (event) {
    var toggle = document.getElementById("__search");
    if (toggle && !toggle.checked && event.target.matches(".md-search__input")) toggle.click();
  });

  // The closed folds that a mark is in. What stands in a fold's summary is seen while it is closed.
  function closedAround(mark) {
    var folds = [];
    for (var one = mark.closest("details"); one; one = one.parentElement.closest("details")) {
      var summary = one.querySelector(":scope > summary");
      if (!one.open && !(summary && summary.contains(mark))) folds.push(one);
    }
    return folds;
  }

  // A page that was opened with words to mark shows a mark: below the place that its address
  // names, or anywhere. Where every mark is folded away, the fold of the first one opens.
  // A reader who has begun to read, or comes back, is not moved.
  function showMark(moved) {
    var marks = Array.from(document.querySelectorAll(MARKS));
    var place = document.querySelector(":target");
    var below = marks.filter(function (mark) {
      return place && place.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    if (below.length) marks = below;
    var first = marks.find(function (mark) { return !closedAround(mark).length; }) || marks[0];
    closedAround(first).forEach(function (fold) { fold.open = true; });
    if (moved) return;
    var header = document.querySelector(".md-header"), box = first.getBoundingClientRect();
    var top = header ? header.getBoundingClientRect().bottom : 0;
    if (box.top < top || box.bottom > innerHeight) first.scrollIntoView({ block: "center" });
  }

  function awaitMarks() {
    var came = performance.getEntriesByType("navigation")[0];
    var moved = Boolean(came) && came.type === "back_forward";
    ["wheel", "touchmove", "pointerdown", "keydown"].forEach(function (kind) {
      addEventListener(kind, function () { moved = true; }, { once: true, passive: true });
    });
    // The theme sets all marks at once, when it has read the index.
    var article = document.querySelector(".md-content") || document.body;
    new MutationObserver(function (_, observer) {
      if (!document.querySelector(MARKS)) return;
      observer.disconnect();
      showMark(moved);
    }).observe(article, { subtree: true, childList: true });
  }

  if (/[?&]h=[^&]/.test(location.search)) awaitMarks();

  // A page from a folder has its index beside it, as a script that the theme asks for; there is no request to hold back.
  self.Worker = Searcher;
  if (!status || fromFolder) return;
  status.setAttribute("role", "status");
  if (wanted) return;
  ["focusin", "click", "change", "input"].forEach(function (kind) { addEventListener(kind, turn); });
  self.XMLHttpRequest = Held;
})();
