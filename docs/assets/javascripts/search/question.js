// @ts-check
/*
 * What a person typed, understood: which things they look for, and what each may be found by.
 */

import { breathe } from "../page.js";
import { fold, split } from "../text.js";
import { base, completions, corrected, namesOf, parts, variants } from "./words.js";

/** @import { Index, Row } from "./index.js" */
/** @import { Names } from "./words.js" */

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
 * @property {boolean} [everyday] whether it is a word for many other things too
 */

/** Words of a question that are looked at: more than anybody types, few enough to be quick. */
export const MOST_WORDS = 24;

const LONGEST_NAME = 6; // words in the longest name that is looked for
const [AS_TYPED, INFLECTED, COMPLETED, NAMED, NEEDED, IN_WORDS] = [1, 0.95, 0.8, 1, 1.3, 0.7];

/**
 * What is looked for.
 * @param {string[]} all the words that were typed
 * @param {Index} index
 * @param {number} since when the work for the question began, in ms
 * @returns {Promise<{ concepts: Concept[], whole?: Row, unknown: string[], isDoubtful: boolean, cut: boolean }>} `whole`:
 *   where the question is a title; `unknown`: words that nothing is known by; `isDoubtful`: whether it may be about
 *   something else, and is no cry for help; `cut`: whether it had more words than are looked at
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
  /** @type {string[]} */
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
    const weak = stop || (length === 1 && (rules.frame.has(forms[at]) || rules.common.has(forms[at])));
    const meant = words.slice(at, at + length).join(" ");
    const before = typed.slice(at, at + length).join(" ");
    if (!concept.ways.length) unknown.push(...(weak || /^\d\d?$/.test(forms[at]) ? [] : [words[at]])); // an age tells nothing
    else concepts.push({ ...concept, everyday: length === 1 && rules.everyday.has(base(concept.known[0])), typed: before, ...(meant === before ? {} : { corrected: meant }), weak });
    at += length;
  }
  const strong = concepts.filter((concept) => !concept.weak);
  const looked = strong.length || unknown.length ? strong : concepts;
  const is = (/** @type {string} */ of) => looked.some((concept) => isNamed(concept, of));
  // Beside a name that is no everyday word, one unknown word is forgiven. Two say that it is about something else.
  const isDoubtful = unknown.length > 0 && !is("~help");
  const isSure = looked.some((concept) => isNamed(concept) && !concept.everyday);
  const isElsewhere = isDoubtful && (unknown.length >= looked.length ? unknown.length > 1 || !isSure : !isSure && is("~"));
  const meant = isElsewhere ? [] : looked;
  const whole = wholeOf(concepts.flatMap(({ known }) => known), rules);
  await index.prepare(() => [whole]);
  return { concepts: meant, whole: index.row(whole), unknown, isDoubtful: isDoubtful && !isSure, cut: all.length > words.length };
}

/**
 * Whether something is a name, and not just a word.
 * @param {Concept} concept
 * @param {string} [of] what its term starts with
 */
export const isNamed = ({ ways }, of = "~") => ways.some(({ rows }) => rows.some(({ forms }) => forms[0].startsWith(of)));

/**
 * What words may be found by, to have it at hand: asked for together, since each time costs a way to the server and back.
 * @param {string[]} forms
 * @param {string[]} read what is tried for those that are not in the index
 * @param {Index} index
 * @param {Names} names
 * @returns {string[]}
 */
function needed(forms, read, index, names) {
  const joined = forms.slice(1).map((form, position) => forms[position] + form);
  const single = [...read, ...joined].flatMap((form) => names.get(base(form)) ?? []);
  const named = forms.flatMap((_, start) => namesAt(forms, start, index, names).flatMap((span) => span.meant));
  const meant = [...single, ...named].flatMap(({ term, label }) => [term, ...split(label).map(fold)]);
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
 * @param {Names} names
 * @returns {{ concept: Concept, length: number }}
 */
function next(words, at, index, names) {
  const forms = words.map(fold);
  const { length, meant } = namesAt(forms, at, index, names).at(-1) ?? { length: 1, meant: [] };
  if (length > 1) {
    /** @type {Concept} */
    const concept = { typed: words.slice(at, at + length).join(" "), ways: [], also: [], known: forms.slice(at, at + length) };
    name(concept, meant, index);
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
    name(concept, names.get(base(forms[at])) ?? [], index);
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
 * @param {Names} names
 * @returns {Concept}
 */
function single(form, typed, index, names) {
  /** @type {Concept} */
  const concept = { typed, ways: [], also: [], known: [form] };
  const row = index.row(form);
  const meant = names.get(base(form)) ?? (row && variants(form, index.rules).map((other) => names.get(base(other))).find(Boolean)) ?? [];
  if (row) concept.ways.push({ rows: [row], weight: AS_TYPED });
  name(concept, meant, index);
  if (concept.ways.length) return concept;

  for (const other of variants(form, index.rules)) {
    const known = index.row(other);
    if (known) concept.ways.push({ rows: [known], weight: INFLECTED });
    name(concept, names.get(base(other)) ?? [], index);
    concept.known = [other];
    if (concept.ways.length) return concept;
  }
  const completed = completions(form, index, names);
  for (const other of completed) {
    const known = index.row(other);
    if (known) concept.ways.push({ rows: [known], weight: COMPLETED });
    concept.known = [completed[0]];
    name(concept, names.get(base(other)) ?? [], index);
  }
  return concept;
}

/**
 * Add what a name stands for to a concept.
 * @param {Concept} concept
 * @param {{ term: string, label: string }[]} meant
 * @param {Index} index
 */
function name(concept, meant, index) {
  for (const { term, label } of meant) {
    const row = index.row(term);
    if (!row) continue;
    const isNeed = term.startsWith("~need:"); // people chose its answers, so the words of its label add nothing
    const said = isNeed ? [] : split(label).map(fold).filter((form) => !index.rules.stop.has(form) && !index.rules.frame.has(form));
    const rows = said.flatMap((form) => index.row(form) ?? []);
    concept.ways.push({ rows: [row], weight: isNeed ? NEEDED : NAMED, support: [...new Set(rows)] });
    if (!concept.also.includes(label)) concept.also.push(label);
  }
}

/**
 * The names that start at a word, shortest first. One of several words is known in other forms of them too, and small
 * words between them do not count: share my story, sharing a story.
 * @param {string[]} forms
 * @param {number} start
 * @param {Index} index
 * @param {Names} names
 */
function namesAt(forms, start, index, names) {
  const { stop, not } = index.rules;
  const says = (/** @type {string} */ form) => not.has(form) || !stop.has(form);
  const key = (/** @type {string[]} */ some) => some.map((form) => (not.has(form) ? "not" : (index.row(form)?.forms[0] ?? base(form)))).join(" ");
  return forms.slice(start, start + LONGEST_NAME).flatMap((last, more) => {
    const span = forms.slice(start, start + more + 1);
    const told = span.filter(says);
    if (told.length > 1 && !(says(span[0]) && says(last))) return [];
    const meant = more ? names.get(key(told.length > 1 ? told : span)) : names.get(base(last));
    return meant ? [{ length: more + 1, meant }] : [];
  });
}

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
