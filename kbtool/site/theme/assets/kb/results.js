// The page of search results: finds while one types, narrows by category and product, says what it found in a live
// region, and carries the words along to whoever can help. Words and filters stand after the # of the address, which
// no server gets to see. Needs assets/search/client.js; every sentence comes from the page.
(function () {
  "use strict";

  const form = document.querySelector("[data-kb-results]");
  const say = form.dataset;
  const words = form.elements.q;
  const filters = form.querySelector(".kb-find-filters");
  const count = document.getElementById("kb-count");
  const list = document.getElementById("kb-hits");
  const more = document.getElementById("kb-more");
  const archive = document.getElementById("kb-archive");
  const none = document.getElementById("kb-none");
  const PAGE = 10;
  const PAUSE_MS = 200;
  let index = null, turn = 0, latest = null;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function marked(name, className, pieces) {
    const made = element(name, className);
    for (const [text, found] of pieces) made.append(found ? element("mark", "", text) : text);
    return made;
  }

  function item(hit) {
    const link = element("a");
    link.href = say.kbRoot + hit.url;
    link.append(marked("span", "kb-question", hit.titleMarks), marked("span", "kb-summary", hit.snippetMarks));
    const made = element("li");
    made.append(link);
    if (hit.category) {
      const about = element("p", "kb-meta");
      about.append(element("span", "", hit.category));
      made.append(about);
    }
    return made;
  }

  // The choices of a filter; one that has nothing to tell apart is not shown.
  function offer(select, choices, chosen) {
    const every = element("option", "", say.kbAll);
    every.value = "";
    select.replaceChildren(every);
    for (const [name, times] of choices) {
      const option = element("option", "", name + "（" + say.kbCount.replace("{count}", times) + "）");
      option.value = name;
      select.append(option);
    }
    select.value = choices.some(function (choice) { return choice[0] === chosen; }) ? chosen : "";
    select.parentElement.hidden = choices.length < 2 && !select.value;
  }

  function carry(text) {
    document.getElementById("kb-carried").textContent = text;
    document.querySelector(".kb-carried").hidden = !text;
    for (const link of document.querySelectorAll("[data-kb-form]")) {
      const address = new URL(link.dataset.kbForm);
      if (text) address.searchParams.set("q", text);
      link.href = address.href;
    }
  }

  function tell(found, text, narrowed) {
    const sentence = found.total ? (narrowed ? say.kbNarrowed : say.kbFound) : say.kbNone;
    count.textContent = sentence.replace("{query}", text).replace("{count}", found.total);
  }

  // Everything is fetched before anything is changed: nothing flickers while one types.
  async function find() {
    const mine = ++turn, text = words.value.trim(), isWanted = function () { return mine === turn; };
    const only = { category: form.elements.category.value, product: form.elements.product.value };
    remember(text, only);
    carry(text);
    if (!text) return clear("");
    let found, hits, pages;
    try {
      index = index || kbSearch.open(new URL(say.kbResults, location.href).href);
      found = await index.find(text, only, isWanted);
      if (isWanted()) [hits, pages] = await Promise.all([found.show(0, PAGE), found.archive()]);
    } catch (error) {
      console.error(error);
      return isWanted() ? clear(say.kbFailed) : null;
    }
    if (!isWanted()) return null;
    offer(form.elements.category, found.categories, only.category);
    offer(form.elements.product, found.products, only.product);
    filters.hidden = !form.querySelector(".kb-find-filters label:not([hidden])");
    latest = found;
    list.replaceChildren(...hits.map(item));
    archive.querySelector("ol").replaceChildren(...pages.map(item));
    archive.hidden = !pages.length;
    none.hidden = found.total > 0;
    more.hidden = hits.length >= found.total;
    return tell(found, text, only.category || only.product);
  }

  async function showMore() {
    const mine = turn;
    let hits;
    try {
      hits = await latest.show(list.children.length, PAGE);
    } catch (_) {
      // The site was published anew meanwhile: what is left of the old index is gone.
      return find();
    }
    if (mine !== turn) return null;
    const made = hits.map(item);
    list.append(...made);
    more.hidden = list.children.length >= latest.total;
    // The button may be gone: whoever reads by keyboard goes on at the first new result.
    return made[0].querySelector("a").focus();
  }

  function clear(sentence) {
    list.replaceChildren();
    count.textContent = sentence;
    filters.hidden = more.hidden = none.hidden = archive.hidden = true;
  }

  function remember(text, only) {
    const kept = new URLSearchParams();
    if (text) kept.set("q", text);
    for (const name of ["category", "product"]) if (only[name]) kept.set(name, only[name]);
    if (location.hash.slice(1) !== kept.toString()) history.replaceState(null, "", "#" + kept);
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    words.value = kept.get("q") || "";
    for (const name of ["category", "product"]) {
      const chosen = kept.get(name) || "";
      const option = element("option", "", chosen);
      option.value = chosen;
      form.elements[name].replaceChildren(option);
    }
    find();
  }

  // While an input method composes, the letters are not words yet.
  let waiting = 0;
  words.addEventListener("input", function (event) {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(find, PAUSE_MS);
  });
  words.addEventListener("compositionend", function () { waiting = setTimeout(find, PAUSE_MS); });
  filters.addEventListener("change", find);
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(waiting); find(); });
  more.addEventListener("click", showMore);

  // The keys that lead to the theme's box lead to this one here; arrows walk from it through the results.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const here = event.target, typing = here.closest("input, select, textarea");
    if (!typing && ["/", "s", "f"].includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      words.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [words].concat(Array.from(document.querySelectorAll(".kb-results a"))), at = stops.indexOf(here);
    if (!step || at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  }, true);
  addEventListener("hashchange", recall);
  recall();
  if (!words.value) words.focus();
})();
