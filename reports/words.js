// How this site's two searches compare words: the one of all pages, and the one of every measure.
"use strict";

const sameWords = (() => {
  // What is added to one to make many is taken off: complaints, families, classes, children.
  const singular = (word) =>
    word.length < 4
      ? word
      : word
          .replace(/ies$/, "y")
          .replace(/(ss|x|ch|sh)es$/, "$1")
          .replace(/([^su])s$/, "$1")
          .replace(/^children$/, "child");

  // Words in small letters, and figures. Hyphens part words, apostrophes do not.
  const wordsOf = (text) =>
    text
      .toLowerCase()
      .replace(/['’]/g, "")
      .replace(/(\d),(?=\d)/g, "$1")
      .match(/[\p{L}\p{N}]+(?:\.\p{N}+)?/gu) || [];

  const isSame = (word, typed) => singular(word) === singular(typed);

  const sameRun = (run, words, from) =>
    run.length > 0 && run.every((word, place) => isSame(word, words[from + place] || ""));

  // Whether words stand in a text one after the other.
  const hasRun = (text, run) => text.some((_, from) => sameRun(run, text, from));

  // A word that was typed is found where a word of the text begins with it, in one or in many:
  // "complaints" in "Complaint rate", "fam" in "families".
  const beginsWith = (word, typed) =>
    [word, singular(word)].some((way) => way.startsWith(typed) || way.startsWith(singular(typed)));

  // What was typed in parts that must each be found: one word, or, of words that have others of
  // the same meaning, all of these.
  const partsOf = (typed, groups) => {
    const known = groups.flatMap((names) => names.map((name) => ({ names, name, run: wordsOf(name) })));
    const words = wordsOf(typed);
    const parts = [];
    for (let from = 0; from < words.length; ) {
      const [longest] = known
        .filter(({ run }) => sameRun(run, words, from))
        .sort((one, other) => other.run.length - one.run.length);
      const length = longest ? longest.run.length : 1;
      const part = words.slice(from, from + length);
      parts.push({ words: part, names: longest ? longest.names : [], typed: longest?.name });
      from += length;
    }
    return parts;
  };

  // Whether a text has each part: its words, or another name as a whole. `fits` says when a word
  // of the text is the one that was typed.
  const hasParts = (text, parts, fits) =>
    parts.every(
      (part) =>
        part.words.every((typed) => text.some((word) => fits(word, typed))) ||
        part.names.some((name) => hasRun(text, wordsOf(name)))
    );

  return {
    wordsOf,
    partsOf,
    found: (text, parts) => hasParts(text, parts, beginsWith),
    named: (text, parts) => hasParts(text, parts, isSame),
  };
})();
