// @ts-check
/*
 * What a person typed, understood: which words it holds, what each may stand for, and what was made of it.
 */

import { breathe } from "../page.js";
import { fold, split } from "../text.js";

/** @import { Index, Row } from "./index.js" */

/**
 * Words that are found together, and what that counts. Of the rows that support them, each counts a little by itself.
 * @typedef {{ rows: Row[], weight: number, of?: number, support?: Row[] }} Way of: how many words there are, if not all
 *   are known
 */

/**
 * One thing that is looked for.
 * @typedef {object} Concept
 * @property {string} typed the words that were typed
 * @property {Way[]} ways what it is found by
 * @property {string} [corrected] the word that was taken in its place
 * @property {string[]} also what else it is called
 * @property {string[]} known its words as the index knows them
 */

/** Words of a question that are looked at: more than anybody types, few enough to be quick. */
export const MOST_WORDS = 24;

// Letters that are left of a word without its ending, for it to be looked up: as it is, as the root of another word, and
// as the beginning of one.
const [SHORTEST_STEM, SHORTEST_ROOT, SHORTEST_BEGINNING] = [3, 6, 5];
const LONGEST_NAME = 6; // words in the longest name that is looked for
const [AS_TYPED, INFLECTED, COMPLETED, RENAMED, NAMED, IN_WORDS] = [1, 0.95, 0.8, 0.75, 1, 0.5];

/**
 * How many letters must be changed, added, left out or swapped to make one word of another; `most` + 1 if more.
 * @param {string} from
 * @param {string} to
 * @param {number} most
 */
export function distance(from, to, most) {
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

/**
 * What is looked for.
 * @param {string[]} all the words that were typed
 * @param {Index} index
 * @param {number} since when the work for the question began, in ms
 * @returns {Promise<{ concepts: Concept[], whole?: Row, unknown: string[], cut: boolean }>} `whole`: where the question is
 *   a title; `unknown`: words that nothing is known by; `cut`: whether it had more words than are looked at
 */
export async function understand(all, index, since) {
  const typed = all.slice(0, MOST_WORDS);
  const names = namesOf(index);
  let began = await breathe(since);
  const { rules } = index;
  await index.prepare(() => {
    const folded = typed.map(fold);
    const tried = folded.filter((form) => !rules.stop.has(form)).flatMap((form) => variants(form, rules)); // mostly in the same piece
    return [...typed.flatMap(parts), ...tried, ...needed(folded, tried, index, names)];
  });
  const words = [];
  for (const word of typed) {
    words.push(corrected(word, index, names));
    began = await breathe(began);
  }
  const forms = words.map(fold);
  await index.prepare(() => {
    const unread = forms.filter((form) => !index.row(form) && !rules.stop.has(form));
    const read = unread.flatMap((form) => [...variants(form, rules), ...completions(form, index, names)]);
    return [...read, ...needed(forms, read, index, names)];
  });

  /** @type {(Concept & { weak: boolean })[]} */
  const concepts = [];
  /** @type {string[]} */
  const unknown = [];
  for (let at = 0; at < words.length; ) {
    const { concept, length } = next(words, at, index, names);
    const stop = length === 1 && rules.stop.has(forms[at]) && !concept.ways.some((way) => way.rows === capital(words[at], index));
    const weak = stop || (length === 1 && rules.frame.has(forms[at]));
    const meant = words.slice(at, at + length).join(" ");
    const before = typed.slice(at, at + length).join(" ");
    if (!concept.ways.length) unknown.push(...(stop ? [] : [words[at]]));
    else concepts.push({ ...concept, typed: before, ...(meant === before ? {} : { corrected: meant }), weak });
    at += length;
  }
  const strong = concepts.filter((concept) => !concept.weak);
  const looked = strong.length || unknown.length ? strong : concepts;
  const meant = unknown.length > 1 && unknown.length >= looked.length ? [] : looked;
  const whole = wholeOf(concepts.flatMap(({ known }) => known), rules);
  await index.prepare(() => [whole]);
  return { concepts: meant, whole: index.row(whole), unknown, cut: all.length > words.length };
}

/**
 * What words may be found by, to have it at hand: asked for together, since each time costs a way to the server and back.
 * @param {string[]} forms
 * @param {string[]} read what is tried for those that are not in the index
 * @param {Index} index
 * @param {ReturnType<typeof namesOf>} names
 * @returns {string[]}
 */
function needed(forms, read, index, names) {
  const joined = forms.slice(1).map((form, position) => forms[position] + form);
  const named = [...read, ...joined].map(base).concat(forms.flatMap((_, start) => keys(forms, start)));
  const meant = named.flatMap((key) => names.get(key) ?? []).flatMap(({ term, label }) => [term, ...split(label).map(fold)]);
  return [...forms, ...joined, ...meant, ...forms.map((form) => `=${form}`), wholeOf(forms, index.rules)];
}

/**
 * The term of a title that is just this question. See `key` in macros/search_words.py.
 * @param {string[]} forms
 * @param {Index["rules"]} rules
 */
function wholeOf(forms, { stop, frame }) {
  const said = forms.filter((form) => !stop.has(form));
  const told = said.filter((form) => !frame.has(form));
  return `^${(told.length ? told : said).map(base).join("_")}`;
}

/**
 * The concept that starts at a word, and how many words it takes: the longest name first.
 * @param {string[]} words
 * @param {number} at
 * @param {Index} index
 * @param {ReturnType<typeof namesOf>} names
 * @returns {{ concept: Concept, length: number }}
 */
function next(words, at, index, names) {
  const forms = words.map(fold);
  const named = keys(forms, at).findLast((key) => names.has(key));
  const length = named ? named.split(" ").length : 1;
  if (length > 1) {
    const concept = { typed: words.slice(at, at + length).join(" "), ways: [], also: [], known: forms.slice(at, at + length) };
    name(concept, names.get(/** @type {string} */ (named)) ?? [], index, NAMED);
    const said = forms.slice(at, at + length).filter((form) => !index.rules.stop.has(form));
    const rows = said.flatMap((form) => index.row(form) ?? []);
    if (rows.length) concept.ways.push({ rows, weight: IN_WORDS, of: said.length });
    return { concept, length };
  }
  const both = forms[at] + forms[at + 1];
  if (at + 1 < words.length && (index.row(both) || names.has(base(both))))
    return { concept: single(both, `${words[at]} ${words[at + 1]}`, index, names), length: 2 };
  const inCapitals = capital(words[at], index);
  if (inCapitals) {
    const concept = { typed: words[at], ways: [{ rows: inCapitals, weight: AS_TYPED }], also: [], known: [forms[at]] };
    name(concept, names.get(base(forms[at])) ?? [], index, NAMED);
    return { concept, length: 1 };
  }
  if (index.rules.stop.has(forms[at])) {
    const row = index.row(forms[at]);
    return { concept: { typed: words[at], ways: row ? [{ rows: [row], weight: AS_TYPED }] : [], also: [], known: [forms[at]] }, length: 1 };
  }
  const concept = single(forms[at], words[at], index, names);
  if (!concept.ways.length) {
    const rows = parts(words[at]).flatMap((part) => index.row(part) ?? []);
    if (rows.length) return { concept: { typed: words[at], ways: [{ rows, weight: AS_TYPED }], also: [], known: parts(words[at]) }, length: 1 };
  }
  return { concept, length: 1 };
}

/**
 * What one word may stand for.
 * @param {string} form
 * @param {string} typed
 * @param {Index} index
 * @param {ReturnType<typeof namesOf>} names
 * @returns {Concept}
 */
function single(form, typed, index, names) {
  /** @type {Concept} */
  const concept = { typed, ways: [], also: [], known: [form] };
  const row = index.row(form);
  const meant = names.get(base(form)) ?? [];
  if (row) concept.ways.push({ rows: [row], weight: AS_TYPED });
  name(concept, meant, index, RENAMED);
  if (concept.ways.length) return concept;

  for (const other of variants(form, index.rules)) {
    const known = index.row(other);
    if (known) concept.ways.push({ rows: [known], weight: INFLECTED });
    name(concept, names.get(base(other)) ?? [], index, RENAMED);
    if (concept.ways.length) return concept;
  }
  const completed = completions(form, index, names);
  for (const other of completed) {
    const known = index.row(other);
    if (known) concept.ways.push({ rows: [known], weight: COMPLETED });
    concept.known = [completed[0]];
    name(concept, names.get(base(other)) ?? [], index, RENAMED);
  }
  return concept;
}

/**
 * Add what a name stands for to a concept.
 * @param {Concept} concept
 * @param {{ term: string, label: string }[]} meant
 * @param {Index} index
 * @param {number} weight
 */
function name(concept, meant, index, weight) {
  for (const { term, label } of meant) {
    const row = index.row(term);
    if (!row) continue;
    const said = split(label).map(fold).filter((form) => !index.rules.stop.has(form) && !index.rules.frame.has(form));
    const rows = said.flatMap((form) => index.row(form) ?? []);
    concept.ways.push({ rows: [row], weight, support: [...new Set(rows)] });
    if (!concept.also.includes(label)) concept.also.push(label);
  }
}

/**
 * The other words for things, by the words as they are compared.
 * @param {Index} index
 * @returns {Map<string, { term: string, label: string }[]>}
 */
function namesOf(index) {
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
/** @type {WeakMap<Index, Map<string, { term: string, label: string }[]>>} */
const namesByIndex = new WeakMap();

/**
 * The names that may start at a word, shortest first.
 * @param {string[]} forms
 * @param {number} start
 */
const keys = (forms, start) =>
  forms.slice(start, start + LONGEST_NAME).map((_, more) =>
    forms
      .slice(start, start + more + 1)
      .map(base)
      .join(" "),
  );

/**
 * A word without the s of a plural, to compare names by.
 * @param {string} form
 */
const base = (form) => (form.length > 3 && form.endsWith("s") && !form.endsWith("ss") ? form.slice(0, -1) : form);

/**
 * The longer parts of a word with a hyphen.
 * @param {string} word
 */
const parts = (word) => (word.includes("-") ? word.toLowerCase().split("-").filter((part) => part.length > 2) : []);

/**
 * What a name in capitals, such as WHO, is found by.
 * @param {string} word
 * @param {Index} index
 * @returns {Row[] | undefined} the same for the same word
 */
function capital(word, index) {
  const row = /^\p{Lu}{2,}$/u.test(word) ? index.row(`=${word.toLowerCase()}`) : undefined;
  if (row && !capitals.has(row)) capitals.set(row, [row]);
  return row && capitals.get(row);
}
/** @type {WeakMap<Row, Row[]>} */
const capitals = new WeakMap();

/**
 * Other ways to write a word, and the word without its ending.
 * @param {string} form
 * @param {Index["rules"]} rules
 * @returns {string[]}
 */
function variants(form, { spellings, inflections, derivations }) {
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
 * @param {ReturnType<typeof namesOf>} names
 * @returns {string[]}
 */
function completions(form, index, names) {
  const starts = [form, ...shorter(form, index.rules.inflections, SHORTEST_BEGINNING).filter((other) => form.startsWith(other))];
  for (const start of starts.filter((one) => one.length >= SHORTEST_STEM)) {
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
 * A word, or the word that it was meant to be: the nearest of the index's own words and those of names.
 * @param {string} word
 * @param {Index} index
 * @param {ReturnType<typeof namesOf>} names
 * @returns {string}
 */
function corrected(word, index, names) {
  const form = fold(word);
  const most = form.length > 6 ? 2 : form.length > 3 ? 1 : 0;
  const known = (/** @type {string} */ one) => index.row(one) || index.rules.stop.has(one) || inNames(names).has(base(one));
  const readable = [form, ...variants(form, index.rules), ...parts(word)].some(known) || completions(form, index, names).length;
  if (!most || readable) return word;
  /** @type {{ word: string, away: number, often: number } | undefined} */
  let best;
  for (const others of [index.forms, inNames(names)])
    for (const other of others) {
      const same = form[0] === other[0];
      if (!same && other[1] !== form[1] && other[0] !== form[1] && other[1] !== form[0]) continue; // more than one slip
      const allowed = same ? most : 1;
      if (other.length < 4 || Math.abs(other.length - form.length) > allowed || "~=^".includes(other[0])) continue;
      const away = distance(form, other, allowed);
      if (away > allowed) continue;
      const one = { word: other, away: away + (same ? 0 : 0.5), often: index.row(other)?.count ?? 0 };
      if (!best || one.away < best.away || (one.away === best.away && one.often > best.often)) best = one;
    }
  return best?.word ?? word;
}

/**
 * The single words of names.
 * @param {ReturnType<typeof namesOf>} names
 * @returns {Set<string>}
 */
function inNames(names) {
  const found = wordsInNames.get(names) ?? new Set([...names.keys()].flatMap((key) => key.split(" ")));
  wordsInNames.set(names, found);
  return found;
}
/** @type {WeakMap<ReturnType<typeof namesOf>, Set<string>>} */
const wordsInNames = new WeakMap();
