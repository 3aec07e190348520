// @ts-check
/*
 * Reads the index that macros/search_files.py writes: whole, or a first file and pieces that are loaded when needed.
 */

import { load } from "../page.js";

/** @typedef {[words: string, steps: string[], levels: string]} Written a row, as `_words` in macros/search_files.py has it */

/** A word with all its forms, and where it stands. Most rows are never asked where, so that is read when it is. */
export class Row {
  #steps;
  #levels;
  #weights;
  /** @type {Map<number, number> | undefined} */
  #places;

  /**
   * @param {Written} written
   * @param {number[]} weights of each level
   */
  constructor([words, steps, levels], weights) {
    this.forms = words.split(" ");
    this.#steps = steps;
    this.#levels = levels;
    this.#weights = weights;
  }

  /** In how many records it stands. */
  get count() {
    return this.#steps.length;
  }

  /** The numbers of the records in which it stands, and its weight there. */
  get places() {
    if (!this.#places) {
      this.#places = new Map();
      let number = -1;
      for (const [at, step] of this.#steps.entries()) {
        number += stepOf(step) + 1;
        this.#places.set(number, this.#weights[Number(this.#levels[at])]);
      }
    }
    return this.#places;
  }
}

/**
 * A record that was found.
 * @typedef {{ number: number, kind: string, title: string, address: string, partOf: string }} Found
 */

/**
 * What the index says of words in general.
 * @typedef {object} Rules
 * @property {Set<string>} stop words that say nothing
 * @property {Set<string>} frame words that people wrap a question in
 * @property {Set<string>} not words that deny
 * @property {Set<string>} everyday names that are words for many other things too
 * @property {Set<string>} common words that stand in so many texts that the index leaves them out
 * @property {[string, string][]} inflections endings that a word may be tried without, and what is put there
 * @property {[string, string][]} derivations the same for endings that make another word
 * @property {[string, string][]} spellings ways to spell, each tried in a word
 * @property {string[][]} names things with several names: the thing's term, what it is called, and its
 *   names as they are compared, with | between them
 */

const MOST_PIECES = 3; // that are loaded for the words that one word is the beginning of

export class Index {
  /** @type {Rules} */
  rules;
  /** @type {Map<string, Written>} by each of a word's forms */
  #words = new Map();
  /** @type {Map<object, Row>} those that were asked for; most never are */
  #rows = new Map();
  /** @type {Map<number, string[]>} as they are written */
  #records = new Map();
  /** @type {Map<string, Promise<void>>} the pieces that were asked for, by their names */
  #asked = new Map();
  /** @type {string[]} the words that the pieces start with; empty if the index is whole */
  #starts;
  #inPiece;
  #weights;

  /**
   * @param {any} first its first file
   */
  constructor(first) {
    const { stop, frame, not, everyday, common, inflections, derivations, spellings, names, levels, starts = [], in_piece: inPiece = Infinity } = first;
    this.rules = { stop: new Set(stop), frame: new Set(frame), not: new Set(not), everyday: new Set(everyday), common: new Set(common), inflections, derivations, spellings, names: rowsOf(names) };
    this.#weights = levels;
    this.#starts = starts;
    this.#inPiece = inPiece;
    if (first.words) this.#take(first.words);
    this.#keep(0, rowsOf(first.records ?? []));
  }

  /**
   * Load the index.
   * @returns {Promise<Index>}
   * @throws {NotLoaded}
   */
  static async load() {
    return new Index(await json("index"));
  }

  /**
   * Have at hand what is needed to look words up, and the words that they are the beginning of.
   * @param {() => string[]} needed gives the words; not asked if the index is whole, since all are at hand then
   */
  async prepare(needed) {
    if (!this.#starts.length) return;
    const at = (/** @type {string} */ form) => Math.max(0, this.#starts.findLastIndex((start) => start <= lettersOf(form)));
    const pieces = new Set(
      needed().flatMap((form) => {
        const last = Math.min(at(`${form}\uffff`), at(form) + MOST_PIECES - 1);
        return Array.from({ length: last - at(form) + 1 }, (_, more) => `words-${at(form) + more}`);
      }),
    );
    await Promise.all([...pieces].map((name) => this.#once(name, (rows) => this.#take(rows))));
  }

  /**
   * A word of the index.
   * @param {string} form
   * @returns {Row | undefined}
   */
  row(form) {
    const written = this.#words.get(form);
    if (!written) return undefined;
    const row = this.#rows.get(written) ?? new Row(written, this.#weights);
    this.#rows.set(written, row);
    return row;
  }

  /** Every form at hand. */
  get forms() {
    return this.#words.keys();
  }

  /**
   * Records by their numbers, in that order.
   * @param {number[]} numbers
   * @returns {Promise<Found[]>}
   */
  async records(numbers) {
    if (this.#inPiece !== Infinity) {
      const pieces = new Set(numbers.map((number) => Math.floor(number / this.#inPiece)));
      const load = (/** @type {number} */ piece) =>
        this.#once(`records-${piece}`, (columns) => this.#keep(piece * this.#inPiece, rowsOf(columns)));
      await Promise.all([...pieces].map(load));
    }
    return numbers.flatMap((number) => {
      const [kind, title, place, partOf] = this.#records.get(number) ?? [];
      if (place === undefined) return [];
      return { number, kind, title, partOf, address: place.endsWith("#") ? place + slug(title) : place };
    });
  }

  /**
   * @param {string} name
   * @param {(told: any) => void} take
   */
  #once(name, take) {
    let asked = this.#asked.get(name);
    if (!asked) {
      asked = json(name).then(take);
      this.#asked.set(name, asked);
      asked.catch(() => this.#asked.delete(name)); // so that it can be tried again
    }
    return asked;
  }

  /** @param {[words: string, steps: string, levels: string]} rows as `_columns` in macros/search_files.py writes them */
  #take([words, steps, levels]) {
    const stepsOf = steps.split("|");
    let from = 0;
    for (const [at, row] of words.split("|").entries()) {
      const own = [...stepsOf[at]];
      /** @type {Written} */
      const written = [row, own, levels.slice(from, (from += own.length))];
      for (const form of row.split(" ")) this.#words.set(form, written);
    }
  }

  /**
   * @param {number} first the number of the first of them
   * @param {string[][]} records
   */
  #keep(first, records) {
    records.forEach((record, position) => this.#records.set(first + position, record));
  }
}

/**
 * Rows as they were before `_by_column` in macros/search_files.py.
 * @param {string[][]} columns
 * @returns {string[][]}
 */
const rowsOf = (columns) => (columns[0] ?? []).map((_, at) => columns.map((column) => column[at]));

/**
 * How far it is to the next record: `_letter` in macros/search_postings.py.
 * @param {string} letter
 */
function stepOf(letter) {
  const code = /** @type {number} */ (letter.codePointAt(0));
  return code - (code < 92 ? 48 : code < 0xd800 ? 0x100 : 0x10000);
}

/**
 * Where a word stands among the others: a name in capitals or a title by its letters, near the words in it.
 * @param {string} form
 */
const lettersOf = (form) => form.replace(/^[=^]/, "");

/**
 * A title as the id of its heading: what Python-Markdown's `slugify` makes of it.
 * @param {string} title
 */
const slug = (title) =>
  title
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");

/**
 * @param {string} name of a file of the index
 * @returns {Promise<any>}
 */
const json = async (name) => (await load(`search/${name}.json`)).json();
