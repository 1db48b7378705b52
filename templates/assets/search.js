// The search of both themes keeps its dialog and gets another inside: what is looked up, and how, is searching.js's. Its index weighs
// several pages, and a theme asks for it with each page; here that request waits until a reader turns to the search: opens it, goes into
// its field, or comes with words to find or to mark.
(function () {
  var INDEX = /\/search(\/search_index)?\.json$/, PLACE = "#__search, .md-search", SETUP = 0, QUERY = 2, RESULT = 3;
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
    var known = every.filter(function (link, at) { return !at || /(^|\/)(facts|sources|glossary)\/(index\.html)?$/.test(link.href); });
    (known.length > 1 ? known : every.slice(0, 5)).forEach(function (link) {
      var item = document.createElement("li"), copy = document.createElement("a");
      copy.href = link.href;
      copy.textContent = link.textContent;
      item.append(copy);
      list.append(item);
    });
    nav.className = "search-ways";
    nav.setAttribute("aria-label", document.querySelector(".site-map") ? document.querySelector(".site-map").getAttribute("aria-label") : "");
    nav.append(list);
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

  // Material searches at each key that is let go. Words also come without a key: pasted, spoken, or put together from several keys.
  addEventListener("input", function (event) {
    if (event.target.matches(".md-search__input")) event.target.dispatchEvent(new KeyboardEvent("keyup"));
  });

  // A page from a folder has its index beside it, as a script that the theme asks for; there is no request to hold back.
  self.Worker = Searcher;
  if (!status || fromFolder) return;
  status.setAttribute("role", "status");
  if (wanted) return;
  ["focusin", "click", "change", "input"].forEach(function (kind) { addEventListener(kind, turn); });
  self.XMLHttpRequest = Held;
})();
