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
  const PAGE = 10;
  const PAUSE_MS = 200;
  let index = null, turn = 0, shown = 0, latest = null;

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
    const about = element("p", "kb-meta");
    if (hit.archive) about.append(element("span", "kb-badge", say.kbArchive));
    about.append(element("span", "", hit.category));
    const made = element("li");
    made.append(link, about);
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

  async function showMore() {
    const mine = turn, hits = await latest.show(shown, PAGE);
    if (mine !== turn) return null;
    const made = hits.map(item);
    list.append(...made);
    shown += hits.length;
    more.hidden = shown >= latest.shown;
    return made[0];
  }

  function tell(found, text, narrowed) {
    const sentence = found.shown ? (narrowed ? say.kbNarrowed : say.kbFound) : say.kbNone;
    count.textContent = sentence.replace("{query}", text).replace("{count}", found.total);
    document.getElementById("kb-none").hidden = found.shown > 0;
  }

  async function find() {
    const mine = ++turn, text = words.value.trim();
    const only = { category: form.elements.category.value, product: form.elements.product.value };
    remember(text, only);
    carry(text);
    if (!text) return clear();
    index = index || kbSearch.open(new URL(say.kbResults, location.href).href);
    let found;
    try {
      found = await index.find(text, only);
    } catch (error) {
      console.error(error);
      count.textContent = say.kbFailed;
      return null;
    }
    if (mine !== turn) return null;
    offer(form.elements.category, found.categories, only.category);
    offer(form.elements.product, found.products, only.product);
    filters.hidden = !form.querySelector(".kb-find-filters label:not([hidden])");
    latest = found;
    shown = 0;
    list.replaceChildren();
    tell(found, text, only.category || only.product);
    return showMore();
  }

  function clear() {
    list.replaceChildren();
    count.textContent = "";
    filters.hidden = more.hidden = document.getElementById("kb-none").hidden = true;
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
  more.addEventListener("click", async function () {
    const first = await showMore();
    // The button may be gone: whoever reads by keyboard goes on at the first new result.
    if (first) first.querySelector("a").focus();
  });
  addEventListener("hashchange", recall);
  recall();
  if (!words.value) words.focus();
})();
