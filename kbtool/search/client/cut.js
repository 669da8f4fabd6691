// Cuts text in the browser as kbtool/text/grams.py does at build time; a test compares both.
// Classic script; needs fold.js, defines kbCut.
(function (root) {
  "use strict";

  const fold = root.kbFold.fold;
  const RUN = /[a-z0-9]+|[぀-ヿ㐀-鿿々〆]+/g;
  const CORE = "[㐀-鿿々ァ-ヶー]+";
  const COMPOUND = new RegExp(CORE + "(?:[ぁ-ん]{1,2}" + CORE + ")+|[㐀-鿿々]{2,}", "g");
  const HIRAGANA = /[ぁ-ゖ][ぁ-ゖー]*/g;

  const normalise = function (text) { return text.normalize("NFKC").toLowerCase(); };

  function pairs(run) {
    const found = [];
    for (let at = 0; at < run.length - 1; at++) found.push(run.slice(at, at + 2));
    return found;
  }

  // Character pairs of Japanese runs, Latin words and numbers whole, a lone character as it is.
  function grams(text) {
    return (fold(text).match(RUN) || []).flatMap(function (run) {
      return run.length === 1 || /^[a-z0-9]/.test(run) ? [run] : pairs(run);
    });
  }

  // The same without the pairs inside hiragana, which are mostly particles and endings.
  function contentGrams(text) { return grams(normalise(text).replace(HIRAGANA, " ")); }

  // Pairs of what stays the same when okurigana varies.
  function skeleton(text) {
    return (normalise(text).match(COMPOUND) || []).flatMap(function (compound) {
      return pairs(fold((compound.match(new RegExp(CORE, "g")) || []).join("")));
    });
  }

  root.kbCut = { normalise: normalise, grams: grams, contentGrams: contentGrams, skeleton: skeleton };
})(typeof globalThis === "undefined" ? self : globalThis);
