// Folding in the browser: the same rules, in the same order, as kbtool/text/folding.py.
// tests/text/folding_cases.tsv is run against both. Classic script; defines kbFold.
(function (root) {
  "use strict";

  const variants = {
    "髙": "高", "﨑": "崎", "嵜": "崎", "邊": "辺", "邉": "辺", "濵": "浜", "濱": "浜", "齋": "斎", "齊": "斉", "澤": "沢",
    "廣": "広", "國": "国", "櫻": "桜", "眞": "真", "德": "徳", "惠": "恵", "瀨": "瀬", "黑": "黒", "舘": "館", "橫": "横"
  };
  const voiced = { "ゔぁ": "ば", "ゔぃ": "び", "ゔ": "ぶ", "ゔぇ": "べ", "ゔぉ": "ぼ" };
  const small = {};
  Array.from("ぁぃぅぇぉっゃゅょゎゕゖぢづゐゑ").forEach(function (kana, n) {
    small[kana] = "あいうえおつやゆよわかけじずいえ"[n];
  });
  const toHiragana = function (kana) { return String.fromCharCode(kana.charCodeAt(0) - 0x60); };
  const among = function (table) { return function (found) { return table[found]; }; };
  const anyOf = function (table) { return new RegExp("[" + Object.keys(table).join("") + "]", "g"); };

  const rules = [
    [/[‐‑‒–—―−⁃]/g, "-"],
    [/[〜∼]/g, "~"],
    [anyOf(variants), among(variants)],
    [/(?<=[a-z0-9])ー(?=[a-z0-9])/g, "-"],
    [/(?<=[ァ-ヺ])[-ー]+|(?<=[ぁ-ゖ])ー+/g, ""],
    [/(?<=[a-z])-(?=[a-z0-9])|(?<=[0-9])-(?=[a-z])/g, ""],
    [/(?<=[0-9]),(?=[0-9]{3})/g, ""],
    [/(?<=[0-9一二三四五六七八九十百千数何])[ヶケヵカか箇](?=[月所国年条])/g, "か"],
    [/(?<=[㐀-鿿々])[ヶケ](?=[㐀-鿿々])/g, "が"],
    [/[ァ-ヶ]/g, toHiragana],
    [/ゔ[ぁぃぇぉ]?/g, among(voiced)],
    [anyOf(small), among(small)],
    [/(?<=[ぁ-ゖ])・(?=[ぁ-ゖ])/g, ""],
    [/\s+/g, " "]
  ];

  // A question is cut several times over the same few letters: what was folded once is remembered.
  const MOST_REMEMBERED = 20000;
  const remembered = new Map();

  function fold(text) {
    const before = remembered.get(text);
    if (before !== undefined) return before;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const plain = text.normalize("NFKC").toLowerCase();
    const folded = rules.reduce(function (done, rule) { return done.replace(rule[0], rule[1]); }, plain).trim();
    remembered.set(text, folded);
    return folded;
  }

  root.kbFold = { fold: fold };
})(typeof globalThis === "undefined" ? self : globalThis);
