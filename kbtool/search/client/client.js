// Searches the sharded index that kbtool/search/browser.py writes, from http and from file:// alike: every piece is a
// classic script that hands its payload to kbSearch.put, so there is no fetch, no module and no eval.
// Classic script; needs fold.js and cut.js, defines kbSearch.
//   kbSearch.open(base) -> { search(query, limit) -> Promise<[{ url, title, category, snippet, score, archive }]> }
// Pages of the archive (manuals as they are) come after all answers.
(function (root) {
  "use strict";

  const cut = root.kbCut;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const MAX_UNITS = 16;
  // What a document must share of the query; the second is tried when the first leaves almost nothing.
  const FLOORS = [0.34, 0.12];
  const ENOUGH = 3;
  const ARCHIVE_LIMIT = 5;
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

  // FNV-1a over UTF-16 code units, as in browser.py.
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

  // [number of documents with the term, then a posting a document]; a posting is distance * 16 + weight.
  function postings(text) {
    const coded = numbers(text), found = [];
    for (let at = 1, document = 0; at < coded.length; at++) {
      document += Math.floor(coded[at] / 16);
      found.push([document, coded[at] % 16]);
    }
    return { documents: coded[0], found: found };
  }

  // A unit is what must be there once: a term, or for a Latin word that may be half typed also its beginning.
  function units(terms) {
    return Array.from(new Set(terms)).slice(0, MAX_UNITS).map(function (term) {
      return /^[a-z0-9]{2,}$/.test(term) ? [term, term.slice(0, 4) + "*"] : [term];
    });
  }

  // The ways to look a query up: by its letters (and what okurigana does not change of them), and by its sound.
  function ways(query) {
    const bySound = !/[㐀-鿿々]/.test(query.normalize("NFKC"));
    const content = cut.contentGrams(query);
    const letters = bySound || !content.length ? cut.grams(query) : content;
    const sound = cut.grams(query).filter(function (term) { return !/^[a-z0-9]/.test(term); });
    return [
      { weight: 1, units: units(letters.concat(cut.skeleton(query))) },
      { weight: 0.9, units: units(bySound ? sound.map(function (term) { return "~" + term; }) : []) }
    ];
  }

  function Engine(base, version, manifest) {
    const pieces = new Map();
    const heavy = new Set(manifest.heavy);

    function piece(name) {
      if (!pieces.has(name)) {
        const address = new URL(name + ".js?v=" + version, base).href;
        const loading = load(address).then(function (got) {
          if (got.version !== version) throw new Error("kbSearch: " + name + " is of another build");
          return got.payload;
        });
        loading.catch(function () { pieces.delete(name); });
        pieces.set(name, loading);
      }
      return pieces.get(name);
    }

    const fileOf = function (term) {
      return heavy.has(term) ? "h" + hash(term).toString(16).padStart(8, "0") : "s" + hash(term) % manifest.shards;
    };

    async function look(term) {
      const shard = await piece(fileOf(term));
      return [term, Object.prototype.hasOwnProperty.call(shard, term) ? postings(shard[term]) : null];
    }

    const rarity = function (entry) {
      return Math.log(1 + manifest.documents / (entry ? entry.documents : 2));
    };

    // The evidence of one way: strength of the matches times the cube of the share of the query that matched.
    function judge(way, entries, floor, scores) {
      const share = new Map(), strength = new Map();
      let total = 0;
      for (const unit of way.units) {
        const term = unit.find(function (alternative) { return entries.get(alternative); });
        const weight = rarity(entries.get(term));
        total += weight;
        for (const [document, importance] of term ? entries.get(term).found : []) {
          share.set(document, (share.get(document) || 0) + weight);
          strength.set(document, (strength.get(document) || 0) + weight * (1 + Math.log2(importance)));
        }
      }
      for (const [document, matched] of share) {
        const part = matched / total;
        if (part < floor) continue;
        const value = way.weight * strength.get(document) / total * part ** 3;
        scores.set(document, Math.max(scores.get(document) || 0, value));
      }
    }

    async function describe(document, score) {
      const block = await piece("d" + Math.floor(document / manifest.block));
      const fields = block.pages[document % manifest.block];
      return {
        url: fields[0], title: fields[1], category: fields[2], snippet: fields[3], score: score,
        archive: document >= manifest.answers
      };
    }

    this.search = async function (query, limit) {
      const asked = ways(query);
      const terms = new Set(asked.flatMap(function (way) { return way.units.flat(); }));
      const entries = new Map(await Promise.all(Array.from(terms, look)));
      let scores = new Map();
      for (const floor of FLOORS) {
        if (scores.size >= ENOUGH) break;
        scores = new Map();
        for (const way of asked) judge(way, entries, floor, scores);
      }
      const best = Array.from(scores).sort(function (one, other) { return other[1] - one[1] || one[0] - other[0]; });
      const answers = best.filter(function (found) { return found[0] < manifest.answers; }).slice(0, limit || 10);
      const pages = best.filter(function (found) { return found[0] >= manifest.answers; }).slice(0, ARCHIVE_LIMIT);
      return Promise.all(answers.concat(pages).map(function (found) { return describe(found[0], found[1]); }));
    };
  }

  // A manifest out of the browser's cache may be older than the shards: then it is asked for anew, once.
  function open(base) {
    const engine = async function (suffix) {
      const got = await load(new URL("manifest.js" + suffix, base).href);
      return new Engine(base, got.version, got.payload);
    };
    let opened = engine("");
    return {
      search: async function (query, limit) {
        if (!query.trim()) return [];
        try {
          return await (await opened).search(query, limit);
        } catch (_) {
          opened = engine("?again=" + Date.now());
          return (await opened).search(query, limit);
        }
      }
    };
  }

  root.kbSearch = { open: open, put: put };
})(self);
