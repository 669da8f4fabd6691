// Marks what matched in a text although its form differs (E03 marks Ｅ０３, フィルタ marks フィルター), as spans of it.
// Classic script; needs fold.js, defines kbMark.
(function (root) {
  "use strict";

  const fold = root.kbFold.fold;
  const KANJI = /[㐀-鿿々]/;

  // The forms to look for: folded words and spellings; of an inflected word with kanji also what does not change.
  function forms(parts) {
    const found = new Set();
    for (const part of parts) {
      if (part.known && !part.known.word) continue;
      for (const form of [fold(part.text), part.known ? part.known.word : ""]) {
        const stem = KANJI.test(form) ? form.replace(/[ぁ-ゖ]+$/, "") : form;
        if (stem.length > 1 || KANJI.test(stem)) found.add(stem);
      }
    }
    return found;
  }

  // [[start, end]...] of the forms in a text, leftmost first, without overlaps.
  function spans(text, wanted) {
    const folded = fold(text), ends = [];
    for (let at = 0, longest = 0; at <= text.length; at++) {
      longest = Math.min(folded.length, Math.max(longest, fold(text.slice(0, at)).length));
      ends.push(longest);
    }
    const hits = [];
    for (const form of wanted) {
      for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + 1)) {
        if (/^[a-z0-9]/.test(form) && /[a-z0-9]/.test(folded[at - 1] || "")) continue;
        let end = ends.findIndex(function (length) { return length >= at + form.length; });
        while (text[end] === "ー") end++;
        hits.push([ends.lastIndexOf(at), end]);
      }
    }
    return merged(hits.filter(function (hit) { return hit[0] >= 0 && hit[1] > hit[0]; }));
  }

  function merged(hits) {
    const found = [];
    for (const hit of hits.sort(function (one, other) { return one[0] - other[0]; })) {
      const last = found[found.length - 1];
      if (last && hit[0] <= last[1]) last[1] = Math.max(last[1], hit[1]);
      else found.push(hit);
    }
    return found;
  }

  // A text in pieces for the page: [[piece, whether it is marked]...].
  function pieces(text, marks) {
    const found = [];
    let done = 0;
    for (const [start, end] of marks) {
      if (start > done) found.push([text.slice(done, start), false]);
      found.push([text.slice(start, end), true]);
      done = end;
    }
    if (done < text.length) found.push([text.slice(done), false]);
    return found;
  }

  root.kbMark = { forms: forms, spans: spans, pieces: pieces };
})(typeof globalThis === "undefined" ? self : globalThis);
