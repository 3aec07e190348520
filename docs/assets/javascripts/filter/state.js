// @ts-check
/*
 * What is asked for, as an address says it, and in words and numbers.
 */

/**
 * @typedef {{ chosen: Map<string, string[]>, words: string, ignored: string[] }} State chosen: values by group, each
 *   group with at least one; ignored: parts of the address that are no filter here
 * @typedef {Map<string, { label: string, called: Map<string, string> }>} Labels every group, and what its values are
 *   called
 */

/**
 * The groups and values in the list of them for readers without script.
 * @param {HTMLElement} place
 * @returns {Labels}
 */
export function labelsIn(place) {
  return new Map(
    [...place.querySelectorAll("details")].map((details) => {
      const values = [.../** @type {NodeListOf<HTMLElement>} */ (details.querySelectorAll("[data-value]"))];
      const called = new Map(
        values.map(({ dataset, textContent }) => [dataset.value ?? "", (textContent ?? "").replace(/ \([^)]*\)$/, "")]),
      );
      return [details.dataset.group ?? "", { label: details.querySelector("summary")?.textContent ?? "", called }];
    }),
  );
}

/**
 * What an address asks for.
 * @param {URLSearchParams} address
 * @param {Labels} labels
 * @returns {State}
 */
export function read(address, labels) {
  /** @type {State} */
  const state = { chosen: new Map(), words: (address.get("q") ?? "").trim(), ignored: [] };
  for (const [group, value] of address) {
    if (group === "q") continue;
    const there = labels.get(group)?.called.has(value);
    const already = state.chosen.get(group) ?? [];
    if (!there) state.ignored.push(`${group}=${value}`);
    else if (!already.includes(value)) state.chosen.set(group, [...already, value]);
  }
  return state;
}

/**
 * The address that asks for a state.
 * @param {State} state
 */
export function write({ chosen, words }) {
  const address = new URLSearchParams([...chosen].flatMap(([group, values]) => values.map((value) => [group, value])));
  if (words) address.set("q", words);
  return String(address) ? `?${address}` : location.pathname;
}

/**
 * What is chosen, in words: "What it is about: Values or Access; Words: pay".
 * @param {State} state
 * @param {Labels} labels
 * @param {string} words what the words are called
 */
export function told({ chosen, words: typed }, labels, words) {
  const groups = [...chosen].map(([group, values]) => {
    const { label, called } = /** @type {{ label: string, called: Map<string, string> }} */ (labels.get(group));
    return `${label}: ${values.map((value) => called.get(value)).join(" or ")}`;
  });
  return [...groups, ...(typed ? [`${words}: ${typed}`] : [])].join("; ");
}

const numbers = new Intl.NumberFormat("en-GB");

/**
 * A number as people write it.
 * @param {number} number
 */
export const written = (number) => numbers.format(number);
