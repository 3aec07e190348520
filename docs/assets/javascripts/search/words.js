// @ts-check
/*
 * Single words: what else one may be written as, begin or be meant to be, and which things it is a name of.
 */

import { fold } from "../text.js";

/** @import { Index } from "./index.js" */

/** @typedef {Map<string, { term: string, label: string }[]>} Names things by the words that they are called, as compared */

// Letters that are left of a word without its ending, for it to be looked up: as it is, as the root of another word, and
// as the beginning of one.
const [SHORTEST_STEM, SHORTEST_ROOT, SHORTEST_BEGINNING] = [3, 6, 5];

/**
 * The other words for things, by the words as they are compared.
 * @param {Index} index
 * @returns {Names}
 */
export function namesOf(index) {
  let names = namesByIndex.get(index);
  if (!names) {
    names = new Map();
    for (const [term, label, keys] of index.rules.names) {
      const thing = { term, label };
      for (const key of keys.split("|")) {
        const others = names.get(key);
        if (others) others.push(thing);
        else names.set(key, [thing]);
      }
    }
    namesByIndex.set(index, names);
  }
  return names;
}
/** @type {WeakMap<Index, Names>} */
const namesByIndex = new WeakMap();

/**
 * A word without the s of a plural, to compare names by.
 * @param {string} form
 */
export const base = (form) => (form.length > 3 && form.endsWith("s") && !form.endsWith("ss") ? form.slice(0, -1) : form);

/**
 * The longer parts of a word with a hyphen.
 * @param {string} word
 */
export const parts = (word) => (word.includes("-") ? word.toLowerCase().split("-").filter((part) => part.length > 2) : []);

/**
 * Other ways to write a word, and the word without its ending.
 * @param {string} form
 * @param {Index["rules"]} rules
 * @returns {string[]}
 */
export function variants(form, { spellings, inflections, derivations }) {
  const spelled = spellings.filter(([one]) => form.includes(one)).map(([one, other]) => form.replace(one, other));
  const plain = [form, ...spelled];
  const inflected = plain.flatMap((word) => shorter(word, inflections, SHORTEST_STEM));
  return [...spelled, ...inflected, ...plain.flatMap((word) => shorter(word, derivations, SHORTEST_ROOT))];
}

/**
 * A word without each ending that it has, also as a plural.
 * @param {string} word
 * @param {[string, string][]} endings
 * @param {number} shortest letters that have to be left
 */
const shorter = (word, endings, shortest) =>
  endings.flatMap(([ending, put]) => {
    const stem = word.slice(0, -ending.length);
    return word.endsWith(ending) && stem.length >= shortest ? [stem + put, `${stem + put}s`] : [];
  });

/**
 * The words that a word is the beginning of: those that stand in most records, and names.
 * @param {string} form
 * @param {Index} index
 * @param {Names} names
 * @returns {string[]}
 */
export function completions(form, index, names) {
  const starts = [form, ...shorter(form, index.rules.inflections, SHORTEST_BEGINNING).filter((other) => form.startsWith(other))];
  for (const start of starts.filter((one) => one.length >= SHORTEST_BEGINNING)) {
    const rows = new Map();
    for (const other of index.forms) if (other.startsWith(start)) rows.set(index.row(other), other);
    const best = [...rows].sort(([one], [two]) => (two?.count ?? 0) - (one?.count ?? 0)).slice(0, 4);
    const named = [];
    for (const key of names.keys()) if (named.length < 4 && key.startsWith(start) && !key.includes(" ")) named.push(key);
    if (best.length || named.length) return [...new Set([...best.map(([, other]) => other), ...named])];
  }
  return [];
}

/**
 * A word, or the word that it was meant to be: the nearest of those that things are called by. The other words of texts
 * are too near to anything: leads to Leeds, whether to weather.
 * @param {string} word
 * @param {Index} index
 * @param {Names} names
 * @returns {string}
 */
export function corrected(word, index, names) {
  const form = fold(word);
  const most = form.length > 8 ? 2 : form.length > 3 ? 1 : 0;
  const known = (/** @type {string} */ one) => index.row(one) || index.rules.stop.has(one) || index.rules.common.has(one) || inNames(names).has(base(one));
  const readable = [form, ...variants(form, index.rules), ...parts(word)].some(known) || completions(form, index, names).length;
  if (!most || readable) return word;
  /** @type {{ word: string, away: number, often: number } | undefined} */
  let best;
  for (const others of [index.forms, inNames(names)])
    for (const other of others) {
      const alike = form[0] === other[0];
      if (!alike && ((other[1] !== form[1] && other[0] !== form[1] && other[1] !== form[0]) || other.length < form.length)) continue;
      const allowed = alike ? most : 1;
      const longer = other.length - form.length;
      if (form.length < (longer > 0 ? 5 : longer < 0 ? 6 : 7) && letters(other) !== letters(form)) continue; // black is not back, remove is not remote
      if (other.length < 4 || Math.abs(other.length - form.length) > allowed || "~=^".includes(other[0])) continue;
      const away = distance(form, other, allowed);
      if (away > allowed || ![base(other), index.row(other)?.forms[0] ?? ""].some((one) => inNames(names).has(one))) continue;
      const one = { word: other, away: away + (alike ? 0 : 0.5), often: index.row(other)?.count ?? 0 };
      if (!best || one.away < best.away || (one.away === best.away && one.often > best.often)) best = one;
    }
  return best?.word ?? word;
}

/**
 * The letters of a word in the order of the alphabet: the same if some have changed places.
 * @param {string} form
 */
const letters = (form) => [...form].sort().join("");

/**
 * The single words of names.
 * @param {Names} names
 * @returns {Set<string>}
 */
function inNames(names) {
  const found = wordsInNames.get(names) ?? new Set([...names.keys()].flatMap((key) => key.split(" ")));
  wordsInNames.set(names, found);
  return found;
}
/** @type {WeakMap<Names, Set<string>>} */
const wordsInNames = new WeakMap();

/**
 * How many letters must be changed, added, left out or swapped to make one word of another; `most` + 1 if more.
 * @param {string} from
 * @param {string} to
 * @param {number} most
 */
function distance(from, to, most) {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let [before, last] = [/** @type {number[]} */ ([]), [...Array(to.length + 1).keys()]];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[to.length];
}
