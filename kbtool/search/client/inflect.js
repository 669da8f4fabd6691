// Other forms of the words that the pages have: 洗って where they only say 洗う, うるさくて for うるさい.
// Classic script; defines kbInflect.
(function (root) {
  "use strict";

  // What may stand in the place of the last letter, by that of the dictionary's form, folded (っ is つ).
  const ENDINGS = {
    "う": "わいえおつ", "く": "かきけこいつ", "ぐ": "がぎげごい", "す": "さしせそ", "つ": "たちてと", "ぬ": "なにねのん",
    "ぶ": "ばびべぼん", "む": "まみめもん", "る": "らりれろつ"
  };
  // Kana alone would give too many forms that are something else (すれ, いい).
  const INFLECTED = /[㐀-鿿々][ぁ-ゖ]+$/;
  // Without its last letter a spelling is more than a particle, and no lone kanji; a reading is none in any case.
  const STEM = /^(?:.*[㐀-鿿々][ぁ-ゖ]+|.*[㐀-鿿々][ぁ-ゖ]+[㐀-鿿々]+|[ぁ-ゖ]{3,})[ぁ-ゖ]$/;
  const STEM_OF_READING = /^[ぁ-ゖ]{3,}$/;
  // In nats: a form no page has is less likely than one that some page has, and a stem less than a form.
  const FORM = 1;
  const LEFT = 3;

  // Adds to a table of spellings, or of readings, the forms it lacks.
  function inflect(table, heard) {
    const known = Array.from(table), hasStem = heard ? STEM_OF_READING : STEM;
    const add = function (form, spelling, cost) {
      const found = table.get(form);
      if (!found || found.made && found.rarity > spelling.rarity + cost) {
        table.set(form, Object.assign({}, spelling, { rarity: spelling.rarity + cost, made: true }));
      }
    };
    for (const [key, spelling] of known) {
      if (!spelling.word) continue;
      const last = spelling.word.slice(-1), stem = key.slice(0, -1), endings = ENDINGS[last] ? ENDINGS[last] + last : "";
      if (INFLECTED.test(key) && endings.includes(key.slice(-1))) for (const ending of endings) add(stem + ending, spelling, FORM);
      if (hasStem.test(key)) add(stem, spelling, LEFT);
    }
    return table;
  }

  root.kbInflect = { inflect: inflect };
})(typeof globalThis === "undefined" ? self : globalThis);
