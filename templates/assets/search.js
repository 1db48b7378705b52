// The search's index weighs several pages, and the theme asks for it with each of them. Here its request waits, and so does the worker
// that would read it, until a reader turns to the search: opens it, goes into its field, or comes with words to find or to mark.
(function () {
  var INDEX = /\/search(\/search_index)?\.json$/, PLACE = "#__search, .md-search";
  var words = document.currentScript.dataset, Request = self.XMLHttpRequest, Thread = self.Worker, wanted = false, begin = null;
  // Where the theme says what was found; the other engine's search is not there before its index is, and has the theme's notices.
  var status = document.querySelector(".md-search-result__meta") || document.querySelector(".md-dialog__inner");
  // A page that was opened from a folder has no such request.
  if (!status || location.protocol === "file:" || /[?&][qh]=/.test(location.search)) return;

  function say(text) {
    var notice = status.closest(".md-dialog");
    status.textContent = text;
    if (notice) notice.classList.toggle("md-dialog--active", text !== "");
  }

  function turn(event) {
    var now = begin;
    if (!event.target.closest(PLACE)) return;
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
        if (status.closest(".md-dialog")) say("");
        self.XMLHttpRequest = Request;
        self.Worker = Thread;
        return;
      }
      event.stopImmediatePropagation();
      say(words.failed);
      wanted = false;
      this.open("GET", address);
      this.send();
    }
  }

  // A worker that starts with the first message to it, which is the index.
  function Late(address) {
    var place = new EventTarget(), worker = null;
    place.postMessage = function (message) {
      if (!worker) {
        worker = new Thread(address);
        worker.addEventListener("message", function (event) { place.dispatchEvent(new MessageEvent("message", { data: event.data })); });
      }
      worker.postMessage(message);
    };
    return place;
  }

  status.setAttribute("role", "status");
  ["focusin", "click", "change", "input"].forEach(function (kind) { addEventListener(kind, turn); });
  self.XMLHttpRequest = Held;
  self.Worker = Late;
})();
