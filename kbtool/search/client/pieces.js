// Fetches and reads the pieces of the index that kbtool/search/browser.py writes, from http and from file:// alike:
// every piece is a classic script that hands its payload to kbSearch.put, so there is no fetch, no module and no eval.
// Classic script; needs inflect.js, defines kbPieces.
(function (root) {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const received = new Map();

  function put(version, payload) { received.set(document.currentScript.src, { version: version, payload: payload }); }

  function load(address) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = function () { script.remove(); resolve(received.get(script.src)); };
      script.onerror = function () { script.remove(); reject(new Error("kbSearch: " + address)); };
      document.head.append(script);
    });
  }

  // FNV-1a over UTF-16 code units, as in coding.py.
  function hash(term) {
    let value = 2166136261;
    for (let at = 0; at < term.length; at++) value = Math.imul(value ^ term.charCodeAt(at), 16777619) >>> 0;
    return value;
  }

  // Five bits a character, the sixth says that more follow.
  function numbers(text) {
    const found = [];
    let value = 0, shift = 0;
    for (const character of text) {
      const bits = DIGITS.indexOf(character);
      value += (bits & 31) * 2 ** shift;
      shift += 5;
      if (bits < 32) { found.push(value); value = 0; shift = 0; }
    }
    return found;
  }

  // A word: [documents, scale, places in headings, (distance * (levels + 1) + level, share, words of the heading)...,
  // (distance * (levels + 1) + level)...], as in postings.py.
  function wordPlaces(text, steps, levels) {
    const coded = numbers(text), unit = coded[1] / steps / levels, base = levels + 1, places = [];
    let at = 3, document = 0;
    for (let heading = 0; heading < coded[2]; heading++, at += 3) {
      document += Math.floor(coded[at] / base);
      places.push({ document: document, score: coded[at] % base * unit, share: coded[at + 1] / 31, length: coded[at + 2] });
    }
    for (document = 0; at < coded.length; at++) {
      document += Math.floor(coded[at] / base);
      places.push({ document: document, score: coded[at] % base * unit, share: 0, length: 0 });
    }
    return { documents: coded[0], places: places };
  }

  // A pair of letters: [documents, distances...]; without distances where it stands too often to say anything.
  function pairPlaces(text) {
    const coded = numbers(text), places = [];
    for (let at = 1, document = 0; at < coded.length; at++) places.push(document += coded[at]);
    return { documents: coded[0], places: places };
  }

  const SPELLING = /^([^\x00-\x7f]*)([A-Za-z0-9_-])(.*)$/;

  // Lines of what follows the beginning, the rarity (half nats; 32 more: a file of its own) and the word; of several
  // lines for one spelling (homophones) the first is the likeliest. Then the forms that no page has.
  function spellings(text, beginning, heard) {
    const table = new Map();
    for (const line of text ? text.split(" ") : []) {
      const found = SPELLING.exec(line), digit = DIGITS.indexOf(found[2]), key = beginning + found[1];
      const spelling = { word: found[3] === "!" ? "" : found[3] || key, rarity: (digit & 31) / 2, alone: digit > 31, also: [] };
      if (table.has(key)) table.get(key).also.push(spelling);
      else table.set(key, spelling);
    }
    return root.kbInflect.inflect(table, heard);
  }

  function Pieces(base, version, manifest) {
    const loaded = new Map();

    function piece(name) {
      if (!loaded.has(name)) {
        const address = new URL(name + ".js?v=" + version, base).href;
        const loading = load(address).then(function (got) {
          if (got.version !== version) throw new Error("kbSearch: " + name + " is of another build");
          return got.payload;
        });
        loading.catch(function () { loaded.delete(name); });
        loaded.set(name, loading);
      }
      return loaded.get(name);
    }

    async function term(name, key) {
      const shard = await piece(name);
      return Object.prototype.hasOwnProperty.call(shard, key) ? shard[key] : "";
    }

    this.word = async function (word, alone) {
      const name = alone ? "h" + hash(word).toString(16).padStart(8, "0") : "w" + hash(word) % manifest.words;
      const text = await term(name, word);
      return text ? wordPlaces(text, manifest.steps, manifest.levels) : null;
    };

    // A kanji: [documents, distances...] of twice the document's number, odd where a heading has it.
    this.kanji = async function (character) {
      const text = await term("k" + hash(character) % manifest.kanji, character), found = text ? pairPlaces(text) : null;
      return found && { documents: found.documents, places: found.places.map(function (place) {
        return { document: place >> 1, heading: place % 2 > 0 };
      }) };
    };

    this.pair = async function (pair) {
      const text = await term("g" + hash(pair) % manifest.pairs, pair);
      return text ? pairPlaces(text) : null;
    };

    this.common = spellings(manifest.common, "");

    this.spellings = async function (letter) {
      return spellings(await term("l" + hash(letter) % manifest.lexicon, letter), letter);
    };

    // What sounds so, by the first two kana.
    this.readings = async function (kana) {
      return spellings(await term("r" + hash(kana) % manifest.readings, kana), kana, true);
    };

    this.description = async function (document) {
      return (await piece("d" + Math.floor(document / manifest.block))).pages[document % manifest.block];
    };

    // Category and products of every document; neighbours that have the same are told as one run.
    this.facets = async function () {
      const payload = await piece("facets"), about = [];
      for (const [category, products, length] of payload.runs) {
        const one = { category: payload.names[category], products: products.map(function (n) { return payload.names[n]; }) };
        for (let n = 0; n < length; n++) about.push(one);
      }
      return { of: function (document) { return about[document]; } };
    };
  }

  root.kbPieces = { Pieces: Pieces, load: load, put: put };
})(typeof globalThis === "undefined" ? self : globalThis);
