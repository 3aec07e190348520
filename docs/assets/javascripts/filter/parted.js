// @ts-check
/*
 * A list that stands in parts, each a page of the site. What macros/list_sets.py writes says which places have what;
 * the things themselves are taken from the parts, so that nothing is written twice.
 */

import { breathe, inParts, load } from "../page.js";
import { either, every, fromSteps, has, inOrder, none, shared } from "./sets.js";

/** @import { Places } from "./sets.js" */

/** @import { Shown } from "./listed.js" */

/**
 * @typedef {object} First what the first file says
 * @property {number} total
 * @property {number} whole how many a list has in one page
 * @property {number} part how many are in each part of a longer list
 * @property {boolean} lists whether each value has a list of its own
 * @property {Record<string, string>} sets
 * @property {string[]} starts the first word of each piece of the words
 */

const WINDOW = 50; // how many are shown at once, and are added when somebody asks for more
const MOST_PARTS = 8; // how many parts are loaded to fill it; when they are not enough, fewer are shown

/** What the filter asks of a list, for a list in parts. */
export class Parted {
  #list;
  #first;
  /** @type {Map<string, Promise<HTMLElement[]>>} the lessons of each part by its address */
  #parts = new Map();
  /** @type {Map<number, Promise<Record<string, string>>>} */
  #pieces = new Map();
  /** @type {number[]} places that are shown */
  #shown = [];

  /**
   * @param {HTMLElement} list
   * @param {First} first
   * @param {Map<string, Places>} sets
   */
  constructor(list, first, sets) {
    this.#list = list;
    this.#first = first;
    this.total = first.total;
    this.sets = sets;
  }

  /** @param {HTMLElement} list */
  static async load(list) {
    /** @type {First} */
    const first = await (await load(`${list.dataset.needs}sets.json`)).json();
    const sets = new Map();
    let began = performance.now();
    for (const [value, steps] of Object.entries(first.sets)) {
      sets.set(value, fromSteps(steps, first.total));
      began = await breathe(began);
    }
    return new Parted(list, first, sets);
  }

  /**
   * Where a word or its beginning stands.
   * @param {string} word folded
   * @returns {Promise<Places>}
   */
  async word(word) {
    const { starts, total } = this.#first;
    const from = Math.max(0, starts.findLastIndex((start) => start <= word));
    const found = [];
    for (let piece = from; piece < starts.length && (piece === from || starts[piece].startsWith(word)); piece++) {
      if (!this.#pieces.has(piece)) this.#pieces.set(piece, load(`${this.#list.dataset.needs}words-${piece}.json`).then((response) => response.json()));
      const words = await this.#pieces.get(piece)?.catch((error) => {
        this.#pieces.delete(piece);
        throw error;
      });
      for (const [own, steps] of Object.entries(words ?? {})) if (own.startsWith(word)) found.push(fromSteps(steps, total));
    }
    return either(found, total);
  }

  /**
   * Show the first of what was found, or some more of it.
   * @param {Places} found
   * @param {Map<string, string[]>} chosen values by group: their own lists have what was found closer together
   * @param {boolean} more
   * @returns {Promise<Shown>}
   */
  async show(found, chosen, more) {
    const shown = more ? this.#shown : [];
    const left = shared(found, every(this.total)) - shown.length;
    const near = this.#closest(chosen);
    /** @type {Map<string, [place: number, at: number][]>} */
    const wanted = new Map();
    let count = 0;
    for (const place of inOrder(found)) {
      if (shown.length && place <= shown[shown.length - 1]) continue;
      const { address, at } = this.#where(place, near);
      if (!wanted.has(address) && wanted.size === MOST_PARTS) break;
      wanted.set(address, [...(wanted.get(address) ?? []), [place, at]]);
      if (++count === WINDOW) break;
    }
    const loaded = await Promise.all(
      [...wanted].map(async ([address, places]) => {
        const lessons = await this.#part(address);
        return places.map(([place, at]) => ({ place, lesson: lessons[at] }));
      }),
    );
    const lessons = loaded.flat().sort((one, other) => one.place - other.place);
    const before = more ? [] : /** @type {HTMLElement[]} */ ([...this.#list.children]);
    for (const element of before) element.hidden = true; // to take them away takes longer, and can wait for the paint
    this.#shown = [...shown, ...lessons.map(({ place }) => place)];
    const put = (/** @type {typeof lessons} */ some) => this.#list.append(...some.map(({ lesson }) => lesson.cloneNode(true)));
    const others = await inParts(lessons, put);
    const rest = async () => {
      await others();
      for (const element of before) element.remove();
    };
    return { more: left > lessons.length, rest };
  }

  /**
   * The values of the chosen group that fits the fewest.
   * @param {Map<string, string[]>} chosen
   */
  #closest(chosen) {
    const groups = [...chosen].map(([group, values]) => values.map((value) => `${group}:${value}`));
    const size = (/** @type {string[]} */ values) =>
      values.reduce((sum, value) => sum + shared(this.#set(value), this.#set(value)), 0);
    return groups.sort((one, other) => size(one) - size(other))[0] ?? [];
  }

  /** @param {string} value */
  #set(value) {
    return this.sets.get(value) ?? none(this.total);
  }

  /**
   * Where a lesson is: the address of a part, and its place there.
   * @param {number} place
   * @param {string[]} near values, one of which it has; or none
   */
  #where(place, near) {
    const value = this.#first.lists ? near.find((value) => has(this.#set(value), place)) : undefined;
    const set = value ? this.#set(value) : every(this.total);
    const rank = shared(set, set, place);
    const { whole, part } = this.#first;
    const number = shared(set, set) > whole ? Math.floor(rank / part) : 0;
    const list = value ? `${value.replace(":", "/")}/` : "all/";
    const address = number ? `${list}part-${number + 1}/` : value ? list : "./";
    return { address, at: rank - number * part };
  }

  /**
   * The lessons of a part, with addresses that are right in this page.
   * @param {string} address
   */
  #part(address) {
    let part = this.#parts.get(address);
    if (!part) {
      part = (async () => {
        const response = await load(`${this.#list.dataset.needs}${address}`);
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        for (const link of page.querySelectorAll(".results a"))
          link.setAttribute("href", new URL(link.getAttribute("href") ?? "", response.url).href);
        return /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".results > li")]);
      })();
      this.#parts.set(address, part);
      part.catch(() => this.#parts.delete(address));
    }
    return part;
  }
}
