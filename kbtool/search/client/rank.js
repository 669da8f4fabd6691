// Puts documents in order as kbtool/search/ranking.py does: the score of the words (worked out when the index was
// built), the share of the question that a document speaks of, the share of its heading that the question names, a
// short heading before a long one; pairs of letters stand in for what could not be cut into known words.
// The weights come from the manifest. Classic script; defines kbRank.
(function (root) {
  "use strict";

  // What a document must share of pairs of letters to count as spoken of.
  const LEAST_PAIRS = 0.3;

  const idf = function (documents, containing) {
    return Math.log(1 + (documents - containing + 0.5) / (containing + 0.5));
  };

  // Where a document has nearly all of the question's sound or spelling, the question's words are known whole. Then
  // one that shares less than half of it, and no longer word, has met a piece of a word by chance (いや in かいやく).
  const WHOLE = 0.9;
  const FAIR = 0.5;

  // words: [{ found: wordPlaces or null, weight, asked, fragment }],
  // spans: [{ pairs: [pairPlaces or null], weight, asked, whole, entire }].
  function rank(words, spans, manifest) {
    const documents = new Map();
    let total = 0;

    function of(document) {
      if (!documents.has(document)) documents.set(document, { score: 0, covered: 0, share: 0, length: 0, entire: 0, named: false });
      return documents.get(document);
    }

    for (const word of words) {
      const says = idf(manifest.documents, word.found ? word.found.documents : 0);
      if (word.asked) total += says;
      for (const place of word.found ? word.found.places : []) {
        const document = of(place.document);
        document.score += word.weight * place.score;
        if (!word.asked) {
          document.implied = document.implied || place.share > 0;
          continue;
        }
        document.named = document.named || !word.fragment;
        document.covered += says * (place.part || 1);
        document.share += place.share;
        document.length = Math.max(document.length, place.length);
      }
    }
    for (const span of spans) {
      if (span.asked) total += idf(manifest.documents, 0);
      for (const [number, share] of shares(span.pairs, manifest.documents)) {
        if (share < LEAST_PAIRS) continue;
        const document = of(number);
        document.score += span.weight * share ** 3;
        document.sure = Math.max(document.sure || 0, span.whole ? share : 0);
        document.entire = Math.max(document.entire, span.entire ? share : 0);
        if (span.asked) document.covered += idf(manifest.documents, 0) * share ** 3;
      }
    }
    const weights = manifest.ranking;
    const whole = Array.from(documents.values()).some(function (document) { return document.entire >= WHOLE; });
    const kept = Array.from(documents).filter(function ([, document]) {
      return !whole || document.named || document.implied || document.entire >= FAIR;
    });
    return kept.map(function (found) {
      const document = found[1], coverage = total ? document.covered / total : 0;
      const length = document.length || manifest.heading;
      const score = document.score + weights.coverage * coverage + weights.precision * Math.min(1, document.share) -
        weights.brevity * Math.log1p(length);
      // A heading that the question only implies is a guess.
      const spoken = Math.max(coverage, document.sure || 0, document.implied ? weights.implied : 0);
      return { document: found[0], score: score, coverage: spoken };
    }).sort(function (one, other) { return other.score - one.score || one.document - other.document; });
  }

  // Words that sound alike, as one: of several places of a document the best.
  function either(found) {
    const known = found.filter(Boolean);
    if (known.length < 2) return known[0] || null;
    const places = new Map();
    for (const place of known.flatMap(function (one) { return one.places; })) {
      const best = places.get(place.document);
      if (!best || place.score > best.score) places.set(place.document, place);
    }
    return { documents: Math.max(...known.map(function (one) { return one.documents; })), places: Array.from(places.values()) };
  }

  // The places of a kanji, as those of a word: half of one in running text.
  function kanji(found, manifest) {
    const says = found && idf(manifest.documents, found.documents) * manifest.ranking.kanji;
    return found && { documents: found.documents, places: found.places.map(function (place) {
      return { document: place.document, score: says * (place.heading ? 2 : 1), share: 0, length: 0, part: place.heading ? 1 : 0.5 };
    }) };
  }

  // The share of a span's pairs that each document has in its headings, by their rarity.
  function shares(pairs, documents) {
    const found = new Map();
    let total = 0;
    for (const pair of pairs) {
      if (pair && !pair.places.length) continue;
      const says = idf(documents, pair ? pair.documents : 1);
      total += says;
      for (const document of pair ? pair.places : []) found.set(document, (found.get(document) || 0) + says);
    }
    for (const [document, weight] of found) found.set(document, weight / total);
    return found;
  }

  root.kbRank = { rank: rank, either: either, kanji: kanji };
})(typeof globalThis === "undefined" ? self : globalThis);
