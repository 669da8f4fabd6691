// Puts kbSearch behind the search box of Material for MkDocs 9: answers the theme's search worker on the page itself,
// so that it also works from file://, where workers are forbidden. Must run before the theme's bundle.
// The theme's messages: 0 set up, 1 ready, 2 query, 3 result. Classic script; needs client.js.
(function () {
  "use strict";

  const base = new URL(".", document.currentScript.src).href;
  const Native = self.Worker;
  const LIMIT = 10;
  // So long a pause of the fingers before anything is fetched.
  const PAUSE_MS = 120;
  let index = null;

  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  const escape = function (text) { return text.replace(/[&<>"']/g, function (found) { return ESCAPES[found]; }); };

  function marked(pieces) {
    return pieces.map(function (piece) {
      return piece[1] ? "<mark>" + escape(piece[0]) + "</mark>" : escape(piece[0]);
    }).join("");
  }

  // What the page calls hits that may not be meant.
  function weakly() {
    const told = document.querySelector("[data-kb-weak]");
    return told ? escape(told.dataset.kbWeak) : "";
  }

  // The theme sets title and text as HTML.
  function item(found) {
    const about = [found.weak && weakly(), escape(found.category), marked(found.snippetMarks)].filter(Boolean).join(" ― ");
    return [{ location: found.url, title: marked(found.titleMarks), text: about && "<p>" + about + "</p>", score: found.score, terms: {} }];
  }

  // While an input method composes, the letters are not words yet: the query waits for the end of the composition.
  let composing = false;
  let afterComposition = null;
  self.addEventListener("compositionstart", function () { composing = true; }, true);
  self.addEventListener("compositionend", function () {
    composing = false;
    if (afterComposition) setTimeout(afterComposition, 0);
    afterComposition = null;
  }, true);

  class SearchWorker extends EventTarget {
    constructor() {
      super();
      this.latest = 0;
      this.asked = null;
    }

    postMessage(message) {
      if (message.type === 0) this.answer({ type: 1 });
      if (message.type === 2) this.query(message.data);
    }

    terminate() { this.latest = -1; }

    answer(data) {
      const worker = this;
      setTimeout(function () { worker.dispatchEvent(new MessageEvent("message", { data: data })); }, 0);
    }

    async query(text) {
      if (composing) {
        const worker = this;
        const box = document.activeElement;
        afterComposition = function () { worker.query(box && "value" in box ? box.value : text); };
        return;
      }
      // The theme asks again at every key, also at those that change nothing.
      if (text.trim() === this.asked) return;
      const turn = ++this.latest, worker = this, isWanted = function () { return turn === worker.latest; };
      this.asked = text.trim();
      if (this.asked) await new Promise(function (done) { setTimeout(done, PAUSE_MS); });
      if (!isWanted()) return;
      if (this.asked && !index) index = self.kbSearch.open(base);
      let found = [], failed = false;
      try {
        found = this.asked ? await index.search(text, LIMIT, isWanted) : [];
      } catch (error) {
        console.error(error);
        failed = true;
        if (isWanted()) this.asked = null;
      }
      // A slower answer to an older query must not replace the newer one.
      if (!isWanted()) return;
      tell(failed);
      this.answer({ type: 3, data: { items: found.map(item) } });
    }
  }

  // No hits and no search are two things: the page may have a sentence for the second.
  function tell(failed) {
    const sentence = document.querySelector("[data-kb-search-failed]");
    if (sentence) sentence.hidden = !failed;
    document.documentElement.toggleAttribute("data-kb-search-fails", failed);
  }

  function isSearch(address) {
    const config = document.getElementById("__config");
    const settings = config && JSON.parse(config.textContent);
    return Boolean(settings) && new URL(address, location.href).href === new URL(settings.search, location.href).href;
  }

  self.Worker = function (address, options) {
    return isSearch(address) ? new SearchWorker() : new Native(address, options);
  };
})();
