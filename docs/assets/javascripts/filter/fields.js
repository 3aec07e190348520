// @ts-check
/*
 * The form of a filter. Its words are in overrides/partials/hub-filter.html.
 */

import { copy, slot } from "../page.js";
import { written } from "./state.js";

/** @import { Labels, State } from "./state.js" */

const OPEN_FROM = "(min-width: 68em)"; // where the filter stands beside the list (filter.css)

/** A box for each value of each group, and a field for words. */
export class Fields {
  /** @type {{ box: HTMLInputElement, text: HTMLElement, label: string, count: number }[]} */
  #boxes = [];

  /** @param {Labels} labels */
  constructor(labels) {
    this.form = /** @type {HTMLFormElement} */ (copy(document, "#filter-template"));
    for (const [group, { label, called }] of labels) {
      const fieldset = copy(this.form, "template[data-group]");
      /** @type {HTMLElement} */ (fieldset.firstElementChild).textContent = label;
      for (const [value, name] of called) fieldset.append(this.#row(group, value, name));
      slot(this.form, "groups").append(fieldset);
    }
  }

  /**
   * @param {string} group
   * @param {string} value
   * @param {string} label
   */
  #row(group, value, label) {
    const row = copy(this.form, "template[data-value]");
    const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    Object.assign(box, { name: group, value });
    this.#boxes.push({ box, text: /** @type {HTMLElement} */ (row.querySelector("span")), label, count: -1 });
    return row;
  }

  /** What is chosen and typed now, as an address says it. */
  get asked() {
    return new URLSearchParams([...new FormData(this.form)].map(([name, value]) => [name, String(value)]));
  }

  /** Open it where it stands beside the list: elsewhere it would stand before what was asked for. */
  openWhereThereIsRoom() {
    const details = /** @type {HTMLDetailsElement} */ (this.form.querySelector("details"));
    details.open = matchMedia(OPEN_FROM).matches;
  }

  /**
   * Put in what is asked for.
   * @param {State} state
   * @param {number} used how many filters are in use
   */
  fill(state, used) {
    /** @type {HTMLInputElement} */ (this.form.elements.namedItem("q")).value = state.words;
    for (const { box } of this.#boxes) box.checked = state.chosen.get(box.name)?.includes(box.value) ?? false;
    slot(this.form, "in-use").hidden = !used;
    slot(slot(this.form, "in-use"), "said").textContent = written(used);
  }

  /**
   * Put in how many each value would give.
   * @param {Map<string, number>} counts by group:value
   */
  fillNumbers(counts) {
    for (const row of this.#boxes) {
      const { box, text, label } = row;
      const count = counts.get(`${box.name}:${box.value}`) ?? 0;
      if (count === row.count) continue; // each new text is laid out again, and a large hub has a row for each case study
      row.count = count;
      text.textContent = `${label} (${written(count)})`;
    }
  }
}
