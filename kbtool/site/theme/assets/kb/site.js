// Small conveniences of kbtool's pages; every page works without them.
(function () {
  "use strict";

  function openSearch() {
    var toggle = document.getElementById("__search");
    if (!toggle) return;
    if (!toggle.checked) toggle.click();
    var field = document.querySelector("[data-md-component=search-query]");
    if (field) setTimeout(function () { field.focus(); }, 50);
  }

  // The theme listens to keys only; pasting, dictation and some input methods change the field without any.
  var query = document.querySelector("[data-md-component=search-query]");
  var results = document.querySelector("[data-kb-results-link]");
  if (query) {
    query.addEventListener("input", function () {
      query.dispatchEvent(new Event("keyup"));
      results.hash = query.value.trim() ? new URLSearchParams({ q: query.value.trim() }).toString() : "";
    });
    // Enter shows all results, also while the theme still waits; the Enter that ends a composition chooses letters.
    query.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || !query.value.trim()) return;
      event.preventDefault();
      event.stopPropagation();
      results.click();
    });
  }

  document.querySelectorAll("[data-kb-search]").forEach(function (box) {
    box.addEventListener("click", openSearch);
  });

  // Pages opened by double click have no clipboard API; a selection and the old command do the same.
  function copyBySelection(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    var copied = document.execCommand("copy");
    selection.removeAllRanges();
    return copied;
  }

  document.querySelectorAll("[data-kb-copy]").forEach(function (button) {
    var label = button.textContent;
    button.addEventListener("click", function () {
      var element = document.getElementById(button.dataset.kbCopy);
      function done() {
        button.textContent = button.dataset.kbDone;
        setTimeout(function () { button.textContent = label; }, 2000);
      }
      if (navigator.clipboard && isSecureContext) {
        navigator.clipboard.writeText(element.innerText.trim()).then(done, function () {
          if (copyBySelection(element)) done();
        });
      } else if (copyBySelection(element)) {
        done();
      }
    });
  });
})();
