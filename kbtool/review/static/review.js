// What a keyboard adds: j and k turn, Ctrl+S saves, and nothing typed is lost by mistake. Without it everything works.
(function () {
  "use strict";
  var form = document.querySelector("form");
  var isChanged = false;

  function follow(rel) {
    var link = document.querySelector('a[rel="' + rel + '"]');
    if (link) location.assign(link.href);
  }

  document.addEventListener("keydown", function (event) {
    var save = document.querySelector("[data-save]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (save) form.requestSubmit(save);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "j") follow("next");
    if (event.key === "k") follow("prev");
  });

  if (!form) return;
  form.addEventListener("input", function (event) {
    isChanged = true;
    // A slip's field that was typed in counts as looked at.
    var section = event.target.closest(".field");
    var tick = section && section.querySelector("input[type=checkbox]");
    if (tick && tick !== event.target) tick.checked = true;
  });
  form.addEventListener("submit", function () { isChanged = false; });
  window.addEventListener("beforeunload", function (event) {
    if (isChanged) event.preventDefault();
  });
})();
