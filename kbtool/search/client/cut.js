// Cuts text in the browser: into pairs of letters as kbtool/text/grams.py does (a test compares both), and into words
// by the likeliest way over the spellings of the index (kbtool/search/lexicon.py).
// Classic script; needs fold.js, defines kbCut.
(function (root) {
  "use strict";

  const fold = root.kbFold.fold;
  const RUN = /[a-z0-9]+|[぀-ヿ㐀-鿿々〆]+/g;
  const CORE = "[㐀-鿿々ァ-ヶー]+";
  const COMPOUND = new RegExp(CORE + "(?:[ぁ-ん]{1,2}" + CORE + ")+|[㐀-鿿々]{2,}", "g");
  const HIRAGANA = /[ぁ-ゖ][ぁ-ゖー]*/g;
  const MODEL_HYPHEN = /(?<=[a-z])[-‐‑–−ー](?=[a-z0-9])|(?<=[0-9])[-‐‑–−ー](?=[a-z])/g;
  const PIECE = /[a-z0-9]+(?:\.[0-9]+)?|[぀-ヿ㐀-鿿々〆]+/g;
  const LATIN = /^[a-z0-9]/;
  const KANJI = /[㐀-鿿々]/;
  const KATAKANA = /[ァ-ヺー]/;
  const HIRAGANA_LETTER = /[ぁ-ゖ]/;
  const KANA = /^[ぁ-ゖァ-ヺー]+$/;
  const LONGEST = 12;
  // So many letters before an unknown one a word of kana may have begun.
  const REACH = 4;
  // In nats: a letter of no known spelling, and a spelling that begins or ends inside a word of katakana.
  const UNKNOWN = 20;
  const BROKEN_KATAKANA = 3;

  const normalise = function (text) { return text.normalize("NFKC").toLowerCase(); };

  function pairs(run) {
    const found = [];
    for (let at = 0; at < run.length - 1; at++) found.push(run.slice(at, at + 2));
    return found;
  }

  // Character pairs of Japanese runs, Latin words and numbers whole, a lone character as it is.
  function grams(text) {
    return (fold(text).match(RUN) || []).flatMap(function (run) {
      return run.length === 1 || LATIN.test(run) ? [run] : pairs(run);
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

  // What is cut into words: Latin words are whole already, the rest is Japanese.
  function runs(text) { return normalise(text).replace(MODEL_HYPHEN, "").match(PIECE) || []; }

  // Where spellings may begin in a run: at its kanji, and at kana that follow no other letters of their word.
  function beginnings(run) {
    const found = [];
    for (let at = 0; at < run.length && !LATIN.test(run); at++) {
      const before = at > 0 ? run[at - 1] : "";
      const inside = KATAKANA.test(run[at]) ? KATAKANA.test(before) : HIRAGANA_LETTER.test(run[at]) && before;
      if (!inside) found.push(at);
    }
    return found;
  }

  // The same without every other kanji of a compound: most words have two.
  function likelyBeginnings(run) {
    return beginnings(run).filter(function (at) {
      let compound = at;
      while (compound > 0 && KANJI.test(run[compound - 1])) compound--;
      return (at - compound) % 2 === 0;
    });
  }

  // The beginnings that no known spelling reaches across.
  function openBeginnings(run, table) {
    const spanned = new Set();
    for (let at = 0; at < run.length; at++) {
      for (let end = at + 2; end <= Math.min(run.length, at + LONGEST); end++) {
        if (table.has(fold(run.slice(at, end)))) for (let inside = at + 1; inside < end; inside++) spanned.add(inside);
      }
    }
    return beginnings(run).filter(function (at) { return !spanned.has(at); });
  }

  // Where a katakana word would be broken: between two letters of it.
  const breaks = function (run, at) { return at > 0 && at < run.length && KATAKANA.test(run[at - 1]) && KATAKANA.test(run[at]); };

  // The likeliest way through a run: [{ text, known: { word, rarity, alone } or null }]; unknown letters are joined.
  function cutRun(run, table) {
    if (LATIN.test(run)) return [{ text: run, known: { word: run, rarity: UNKNOWN, alone: false } }];
    const cost = [0], back = [];
    for (let end = 1; end <= run.length; end++) cost[end] = Infinity;
    for (let at = 0; at < run.length; at++) {
      for (let end = at + 1; end <= Math.min(run.length, at + LONGEST); end++) {
        const known = table.get(fold(run.slice(at, end)));
        if (!known && end > at + 1) continue;
        const broken = (breaks(run, at) + breaks(run, end)) * BROKEN_KATAKANA;
        const total = cost[at] + (known ? known.rarity + broken : UNKNOWN);
        if (total < cost[end]) { cost[end] = total; back[end] = { at: at, known: known || null }; }
      }
    }
    const found = [];
    for (let end = run.length; end > 0; end = back[end].at) {
      const step = back[end], text = run.slice(step.at, end);
      if (!step.known && found.length && !found[0].known) found[0].text = text + found[0].text;
      else found.unshift({ text: text, known: step.known });
    }
    return found;
  }

  // Every place in what stays unknown, for a last look.
  function unknownPlaces(run, table) {
    const found = [];
    let at = 0;
    for (const piece of cutRun(run, table)) {
      for (const end = at + piece.text.length; at < end; at++) if (!piece.known) found.push(at);
    }
    return found;
  }

  // The kana that may begin the sound of a word of kanji, two letters each: where a piece of kana is unknown or so short
  // that it may be a piece of one, in it and from the pieces a little before it on.
  function heardBeginnings(run, table) {
    const found = new Set();
    const begin = function (place) {
      const kana = fold(run.slice(place)).slice(0, 2);
      if (/^[ぁ-ゖ]{2}$/.test(kana)) found.add(kana);
    };
    let at = 0, before = [];
    for (const piece of cutRun(run, table)) {
      if (!KANA.test(piece.text)) before = [];
      else {
        before.push(at);
        if (!piece.known || piece.known.word && piece.text.length < 3) {
          for (const place of before) if (place >= at - (piece.known ? 2 : REACH)) begin(place);
          for (let inside = 1; !piece.known && inside < piece.text.length; inside++) begin(at + inside);
        }
      }
      at += piece.text.length;
    }
    return Array.from(found);
  }

  root.kbCut = {
    normalise: normalise, grams: grams, contentGrams: contentGrams, skeleton: skeleton,
    runs: runs,
    likelyBeginnings: likelyBeginnings, openBeginnings: openBeginnings, unknownPlaces: unknownPlaces,
    heardBeginnings: heardBeginnings, cutRun: cutRun
  };
})(typeof globalThis === "undefined" ? self : globalThis);
