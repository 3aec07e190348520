// @ts-check
/*
 * A list that stands in the page as a whole.
 */

import { inParts } from "../page.js";
import { fold, split } from "../text.js";
import { add, has, inOrder, none } from "./sets.js";

/** @import { Places } from "./sets.js" */

/**
 * What was shown.
 * @typedef {{ more: boolean, rest: () => Promise<void> }} Shown more: whether there is more to show when somebody asks;
 *   rest: shows what is not in the window yet
 */

/** What the filter asks of a list. Parted (parted.js) is the other kind. */
export class Listed {
  #elements;
  /** @type {string[][]} */
  #words;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#elements = /** @type {HTMLElement[]} */ ([...list.children]);
    this.#words = this.#elements.map((element) => split(element.textContent ?? "").map(fold));
    this.total = this.#elements.length;
    /** @type {Map<string, Places>} */
    this.sets = new Map();
    for (const [place, { dataset }] of this.#elements.entries())
      for (const value of (dataset.f ?? "").split(" ")) {
        if (!this.sets.has(value)) this.sets.set(value, none(this.total));
        add(/** @type {Places} */ (this.sets.get(value)), place);
      }
  }

  /**
   * Where a word or its beginning stands.
   * @param {string} word folded
   * @returns {Promise<Places>}
   */
  async word(word) {
    const places = none(this.total);
    for (const [place, words] of this.#words.entries()) if (words.some((own) => own.startsWith(word))) add(places, place);
    return places;
  }

  /**
   * Show what was found.
   * @param {Places} found
   * @returns {Promise<Shown>}
   */
  async show(found) {
    for (const [place, element] of this.#elements.entries()) if (!has(found, place)) element.hidden = true;
    const elements = [...inOrder(found)].map((place) => this.#elements[place]);
    return { more: false, rest: await inParts(elements, (some) => some.forEach((element) => (element.hidden = false))) };
  }
}
