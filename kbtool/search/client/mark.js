// Marks what matched in a text although its form differs (E03 marks Ｅ０３, フィルタ marks フィルター,
// かいやく marks 解約, 引越し marks 引っ越し), as spans of it.
// Classic script; needs fold.js, defines kbMark.
(function (root) {
  "use strict";

  const fold = root.kbFold.fold;
  const KANJI = /[㐀-鿿々]/;

  const COMPOUND = /[㐀-鿿々](?:[ぁ-ゖ]{0,2}[㐀-鿿々])+/g;

  // What to look for, in every text: folded words and spellings (of an inflected word with kanji also what does not change),
  // compounds by their kanji; and the words that a text in kana may stand for.
  function wanted(query, parts) {
    const found = new Set(), words = new Set();
    for (const part of parts) {
      if (part.known && !part.known.word) continue;
      const meant = part.known ? [part.known].concat(part.known.also || []) : [];
      for (const { word } of meant) words.add(word);
      for (const form of [fold(part.text)].concat(meant.map(function (one) { return one.word; }))) {
        const stem = KANJI.test(form) ? form.replace(/[ぁ-ゖ]+$/, "") : form;
        for (const each of [form, stem]) if (each.length > 1 || KANJI.test(each)) found.add(each);
      }
    }
    const compounds = (fold(query).match(COMPOUND) || []).map(function (compound) { return compound.replace(/[ぁ-ゖ]/g, ""); });
    return { forms: found, compounds: new Set(compounds), words: words };
  }

  // The forms to look for in one page, which tells what it writes in kana: [[kana, word]...].
  function forms(wanted, kana) {
    const meant = (kana || []).filter(function (one) { return wanted.words.has(one[1]); });
    return {
      texts: new Set(Array.from(wanted.forms).concat(meant.map(function (one) { return one[0]; }))),
      compounds: wanted.compounds
    };
  }

  // Where a compound stands in a folded text, with whatever okurigana: [[start, end]...].
  function spelled(folded, compound) {
    const pattern = new RegExp(Array.from(compound).join("[ぁ-ゖ]{0,2}"), "g");
    return Array.from(folded.matchAll(pattern), function (found) { return [found.index, found.index + found[0].length]; });
  }

  // [[start, end]...] of the forms in a text, leftmost first, without overlaps.
  function spans(text, forms) {
    const folded = fold(text), ends = [];
    for (let at = 0, longest = 0; at <= text.length; at++) {
      longest = Math.min(folded.length, Math.max(longest, fold(text.slice(0, at)).length));
      ends.push(longest);
    }
    const hits = [];
    const hit = function (at, until) {
      let end = ends.findIndex(function (length) { return length >= until; });
      while (text[end] === "ー") end++;
      hits.push([ends.findIndex(function (length) { return length > at; }) - 1, end]);
    };
    for (const compound of forms.compounds) for (const [at, until] of spelled(folded, compound)) hit(at, until);
    for (const form of forms.texts) {
      for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + 1)) {
        if (/^[a-z0-9]/.test(form) && /[a-z0-9]/.test(folded[at - 1] || "")) continue;
        hit(at, at + form.length);
      }
    }
    return merged(hits.filter(function (one) { return one[0] >= 0 && one[1] > one[0]; }));
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

  root.kbMark = { wanted: wanted, forms: forms, spans: spans, pieces: pieces };
})(typeof globalThis === "undefined" ? self : globalThis);
