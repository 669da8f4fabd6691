// The theme's scripts, its search box among them, stop where the browser refuses storage: then what they keep lasts as
// long as the page. Must run before them.
(function () {
  "use strict";

  function kept() {
    var values = new Map();
    return {
      getItem: function (key) { return values.has(key) ? values.get(key) : null; },
      setItem: function (key, value) { values.set(key, String(value)); },
      removeItem: function (key) { values.delete(key); },
      clear: function () { values.clear(); }
    };
  }

  ["localStorage", "sessionStorage"].forEach(function (name) {
    try {
      if (window[name]) return;
    } catch (_) { /* refused: below */ }
    Object.defineProperty(window, name, { value: kept() });
  });
})();
