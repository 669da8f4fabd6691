// Searches the index that kbtool/search/browser.py writes.
// Classic script; needs fold.js, cut.js, inflect.js, mark.js, pieces.js and rank.js, defines kbSearch.
//   kbSearch.open(base) -> {
//     search(query, limit, isWanted) -> Promise<[hit]>, a hit { url, title, category, snippet, score, archive, weak,
//                             titleMarks, snippetMarks }; the marks are title and snippet in pieces [text, marked];
//                             weak ones, which share much less of the question than the best, come after the others
//     find(query, { category, product }, isWanted) -> Promise<{ total, categories, products,
//                             show(from, count) -> Promise<[hit]>, archive() -> Promise<[hit]> }>
//   }
// A search whose isWanted() has turned false stops fetching and finds nothing ([] and null).
// Pages of the archive (manuals as they are) come after all answers.
(function (root) {
  "use strict";

  const cut = root.kbCut;
  const KANJI = /[㐀-鿿々]/;
  const KANJI_LETTERS = /[㐀-鿿々]/g;
  const KANA = /[ぁ-ゖァ-ヺー]/;
  // Two letters of kana are a word, or a piece of one.
  const FRAGMENT = /^[ぁ-ゖー]{1,2}$/;
  const MOST_CHARACTERS = 300;
  const MOST_WORDS = 14;
  const MOST_PAIRS = 12;
  const MOST_IMPLIED = 12;
  // Below this share of the question the best answer is doubtful, and all its letters are asked for.
  const DOUBTFUL = 0.75;
  const ARCHIVE_LIMIT = 5;
  // Shares of the best one's coverage: below the first a hit of the box is weak, below the second the page of results
  // does not list it. That page lists so many at most.
  const NEAR = 0.2;
  const LISTED = 0.4;
  const MOST_FOUND = 50;

  function Engine(base, version, manifest) {
    const pieces = new root.kbPieces.Pieces(base, version, manifest);
    const learnt = new Map(), sounds = new Map();

    // Adds to the table what is fetched by the beginnings; what it has already stays.
    async function learn(table, fetched, fetch, beginnings) {
      for (const spellings of await Promise.all(Array.from(new Set(beginnings), function (beginning) {
        if (!fetched.has(beginning)) fetched.set(beginning, fetch(beginning));
        return fetched.get(beginning);
      }))) for (const [key, spelling] of spellings) if (!table.has(key) || table.get(key).made) table.set(key, spelling);
    }

    // The pieces of the query. The table holds only what this query asked for: the order of queries changes nothing.
    async function cutQuery(query) {
      const runs = cut.runs(query), table = new Map(pieces.common);
      const letters = function (choose) {
        return runs.flatMap(function (run) {
          return choose(run, table).map(function (at) { return root.kbFold.fold(run[at]); }).filter(Boolean);
        });
      };
      for (const choose of [cut.likelyBeginnings, cut.openBeginnings, cut.unknownPlaces]) {
        await learn(table, learnt, pieces.spellings, letters(choose));
      }
      const kana = runs.flatMap(function (run) { return cut.heardBeginnings(run, table); });
      const heard = new Map(table);
      await learn(heard, sounds, pieces.readings, kana);
      return runs.flatMap(function (run) { return heardWhole(cut.cutRun(run, heard), cut.cutRun(run, table)); });
    }

    // Kana of which only a piece sounds like a word are no word (ペン in ペンギン): then the run is as it is spelled.
    function heardWhole(heard, spelled) {
      const unknown = function (parts) { return parts.some(function (part) { return !part.known && KANA.test(part.text); }); };
      return unknown(heard) ? spelled : heard;
    }

    async function wordsOf(parts) {
      const known = new Map(), spelled = new Set();
      for (const part of parts) {
        if (!part.known || !part.known.word) continue;
        known.set(part.known.word, part.known);
        if (!FRAGMENT.test(root.kbFold.fold(part.text))) spelled.add(part.known.word);
      }
      const rarest = Array.from(known.values()).sort(function (one, other) { return other.rarity - one.rarity; });
      return Promise.all(rarest.slice(0, MOST_WORDS).map(async function (known) {
        const found = await Promise.all([known].concat(known.also || []).map(function (one) { return pieces.word(one.word, one.alone); }));
        return { asked: true, fragment: !spelled.has(known.word), weight: 1, word: known.word, found: root.kbRank.either(found) };
      }));
    }

    // A kanji of no known word: it stands for whatever words have it (返す: 返品).
    async function loneKanji(parts) {
      const found = new Set();
      for (const part of parts) {
        const kanji = part.known ? [] : part.text.match(KANJI_LETTERS) || [];
        if (kanji.length === 1) found.add(kanji[0]);
      }
      return Promise.all(Array.from(found, async function (kanji) {
        return { asked: true, fragment: true, weight: 1, word: kanji, found: root.kbRank.kanji(await pieces.kanji(kanji), manifest) };
      }));
    }

    // Words that the question implies without saying them (いくら: 料金): they move answers up; alone they find guesses.
    function impliedWords(query, said) {
      const found = new Map(), plain = cut.normalise(query);
      for (const [pattern, words] of manifest.implied) {
        if (!new RegExp(pattern).test(plain)) continue;
        for (const [word, share] of words) if (!said.has(word)) found.set(word, Math.max(share, found.get(word) || 0));
      }
      const best = Array.from(found).sort(function (one, other) { return other[1] - one[1]; }).slice(0, MOST_IMPLIED);
      return Promise.all(best.map(async function ([word, share]) {
        return { asked: false, weight: share, word: word, found: await pieces.word(word, manifest.alone.includes(word)) };
      }));
    }

    // What "entire" spans share, they share of the question, not of one of its words.
    async function span(pairs, weight, asked, whole, entire) {
      const unique = Array.from(new Set(pairs)).slice(0, MOST_PAIRS);
      return { asked: asked, whole: whole, entire: Boolean(entire), weight: weight, pairs: await Promise.all(unique.map(pieces.pair)) };
    }

    const bySound = function (text) {
      return cut.grams(text).filter(function (pair) { return !/^[a-z0-9]/.test(pair); }).map(function (pair) { return "~" + pair; });
    };

    // What stands in for letters that are no known word: a half-typed or mistyped one, or kana for kanji.
    function unknownSpans(parts) {
      return parts.filter(function (part) { return !part.known && part.text.length > 1; }).flatMap(function (part) {
        return [span(cut.grams(part.text), manifest.ranking.sound / 2, true, false)];
      });
    }

    function latinBeginnings(words) {
      return words.filter(function (word) { return !word.found && /^[a-z0-9]{2,}$/.test(word.word); }).map(function (word) {
        return span([word.word.slice(0, 4) + "*"], manifest.ranking.sound / 2, false, true);
      });
    }

    function wholeSpans(query, doubtful) {
      const spans = [];
      if (!KANJI.test(query.normalize("NFKC"))) spans.push(span(bySound(query), manifest.ranking.sound, false, true, true));
      const letters = cut.contentGrams(query).concat(cut.skeleton(query));
      if (doubtful && letters.length <= MOST_PAIRS) {
        spans.push(span(letters.length ? letters : cut.grams(query), manifest.ranking.sound, false, true, true));
      }
      return spans;
    }

    async function ranked(query, isWanted) {
      const parts = await cutQuery(query);
      if (!isWanted()) return { best: [] };
      const asked = await wordsOf(parts);
      const said = new Set(asked.map(function (word) { return word.word; }));
      const words = asked.concat(await loneKanji(parts), await impliedWords(query, said));
      const spans = await Promise.all(unknownSpans(parts).concat(latinBeginnings(asked), wholeSpans(query, false)));
      let found = root.kbRank.rank(words, spans, manifest);
      if (!found.length || found[0].coverage < DOUBTFUL) {
        const more = await Promise.all(wholeSpans(query, true));
        found = root.kbRank.rank(words, spans.concat(more), manifest);
      }
      found = found.filter(function (one) { return one.coverage >= manifest.ranking.least; });
      return { best: found, wanted: root.kbMark.wanted(query, parts) };
    }

    const isAnswer = function (found) { return found.document < manifest.answers; };

    // Answers that speak of such a share of what the best one does, weaker ones, and pages of the archive, each best first.
    function parted(found, share) {
      const answers = found.filter(isAnswer), pages = found.filter(function (one) { return !isAnswer(one); });
      const isNear = function (one) { return one.coverage >= share * answers[0].coverage; };
      return {
        answers: answers.filter(isNear),
        weak: answers.filter(function (one) { return !isNear(one); }),
        pages: pages.slice(0, ARCHIVE_LIMIT)
      };
    }

    async function describe(found, wanted) {
      const fields = await pieces.description(found.document);
      const forms = root.kbMark.forms(wanted, fields[4]);
      const marked = function (text) { return root.kbMark.pieces(text, root.kbMark.spans(text, forms)); };
      return {
        url: fields[0], title: fields[1], category: fields[2], snippet: fields[3], score: found.score,
        archive: !isAnswer(found), titleMarks: marked(fields[1]), snippetMarks: marked(fields[3])
      };
    }

    const describeAll = function (found, wanted) {
      return Promise.all(found.map(function (one) { return describe(one, wanted); }));
    };

    // isWanted says whether the answer is still waited for: what nobody waits for is not fetched.
    this.search = async function (query, limit, isWanted) {
      const asked = await ranked(query.slice(0, MOST_CHARACTERS), isWanted);
      if (!isWanted()) return [];
      const found = parted(asked.best, NEAR);
      const answers = found.answers.concat(found.weak).slice(0, limit || 10);
      const hits = await describeAll(answers.concat(found.pages), asked.wanted);
      for (const hit of hits.slice(found.answers.length, answers.length)) hit.weak = true;
      return hits;
    };

    // What a person leafs through: everything near the best, counted by category and product, and pages of the archive.
    this.find = async function (query, only, isWanted) {
      const asked = await ranked(query.slice(0, MOST_CHARACTERS), isWanted);
      if (!isWanted()) return null;
      const facets = await pieces.facets(), found = parted(asked.best, LISTED), near = found.answers.slice(0, MOST_FOUND);
      const chosen = near.filter(function (one) {
        const about = facets.of(one.document);
        return (!only.category || about.category === only.category) && (!only.product || about.products.includes(only.product));
      });
      return {
        total: chosen.length,
        categories: counted(near.map(function (one) { return [facets.of(one.document).category]; })),
        products: counted(near.map(function (one) { return facets.of(one.document).products; })),
        show: function (from, count) { return describeAll(chosen.slice(from, from + count), asked.wanted); },
        archive: function () { return describeAll(only.category || only.product ? [] : found.pages, asked.wanted); }
      };
    };
  }

  // [[name, how often]...], the most frequent first.
  function counted(lists) {
    const counts = new Map();
    for (const name of lists.flat()) if (name) counts.set(name, (counts.get(name) || 0) + 1);
    return Array.from(counts).sort(function (one, other) { return other[1] - one[1]; });
  }

  // One engine for all who ask of one index: what one has fetched, the other need not.
  const engines = new Map();
  const always = function () { return true; };

  async function started(base, suffix) {
    const got = await root.kbPieces.load(new URL("manifest.js" + suffix, base).href);
    return new Engine(base, got.version, got.payload);
  }

  // A manifest out of the browser's cache may be older than the shards, and a page may stay open while the site is
  // published anew: then it is asked for again, once.
  async function asked(base, method, query, about, isWanted) {
    if (!engines.has(base)) engines.set(base, started(base, ""));
    const used = engines.get(base);
    try {
      return await (await used)[method](query, about, isWanted || always);
    } catch (_) {
      if (engines.get(base) === used) engines.set(base, started(base, "?again=" + Date.now()));
      const anew = engines.get(base);
      anew.catch(function () { if (engines.get(base) === anew) engines.delete(base); });
      return (await anew)[method](query, about, isWanted || always);
    }
  }

  function open(base) {
    return {
      search: function (query, limit, isWanted) {
        return query.trim() ? asked(base, "search", query, limit, isWanted) : Promise.resolve([]);
      },
      find: function (query, only, isWanted) { return asked(base, "find", query, only || {}, isWanted); }
    };
  }

  root.kbSearch = { open: open, put: root.kbPieces.put };
})(typeof globalThis === "undefined" ? self : globalThis);
