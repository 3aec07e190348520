// @ts-check
/*
 * Filters a list. The address is the state: what stands in it is shown, however the reader came there.
 *
 * The form is made of the values that stand in the page, as links where each has its own list. Its words are in
 * overrides/partials/hub-filter.html.
 * Nothing changes while somebody is still choosing: they say when, with a button.
 */

import { NotLoaded, copy, painted, ready, slot } from "../page.js";
import { fold, split } from "../text.js";
import { Listed } from "./listed.js";
import { Parted } from "./parted.js";
import { both, either, shared } from "./sets.js";

/** @import { Places } from "./sets.js" */

const OPEN_FROM = "(min-width: 68em)"; // where the filter stands beside the list (filter.css)

/**
 * What is asked for.
 * @typedef {{ chosen: Map<string, string[]>, words: string, ignored: string[] }} State chosen: values by group, each
 *   group with at least one; ignored: parts of the address that are no filter here
 */

await ready;

const place = /** @type {HTMLElement} */ (document.getElementById("filter"));
const heading = /** @type {HTMLElement} */ (document.getElementById("results-h"));
const status = /** @type {HTMLElement} */ (document.getElementById("filter-status"));
const active = /** @type {HTMLElement} */ (document.getElementById("active"));
const title = document.title;
let work = Promise.resolve();

const results = /** @type {HTMLElement} */ (document.querySelector(".results"));
const list = results.dataset.needs ? await Parted.load(results) : new Listed(results);

/** Every group, and what its values are called: from the list of them for readers without script. */
const labels = new Map(
  [...place.querySelectorAll("details")].map((details) => {
    const values = [.../** @type {NodeListOf<HTMLElement>} */ (details.querySelectorAll("[data-value]"))];
    const called = new Map(
      values.map(({ dataset, textContent }) => [dataset.value ?? "", (textContent ?? "").replace(/ \([^)]*\)$/, "")]),
    );
    return [details.dataset.group ?? "", { label: details.querySelector("summary")?.textContent ?? "", called }];
  }),
);

const form = /** @type {HTMLFormElement} */ (copy(document, "#filter-template"));
const wordsField = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const details = /** @type {HTMLDetailsElement} */ (form.querySelector("details"));
/** @type {{ box: HTMLInputElement, text: HTMLElement, label: string, count: number }[]} */
const boxes = [];
for (const [group, { label, called }] of labels) {
  const fieldset = copy(form, "template[data-group]");
  /** @type {HTMLElement} */ (fieldset.firstElementChild).textContent = label;
  for (const [value, name] of called) {
    const row = copy(form, "template[data-value]");
    const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    Object.assign(box, { name: group, value });
    boxes.push({ box, text: /** @type {HTMLElement} */ (row.querySelector("span")), label: name, count: -1 });
    fieldset.append(row);
  }
  slot(form, "groups").append(fieldset);
}
place.replaceChildren(form);
place.hidden = false;

/**
 * What an address asks for.
 * @param {URLSearchParams} address
 * @returns {State}
 */
function read(address) {
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
function write({ chosen, words }) {
  const address = new URLSearchParams([...chosen].flatMap(([group, values]) => values.map((value) => [group, value])));
  if (words) address.set("q", words);
  return String(address) ? `?${address}` : location.pathname;
}

/**
 * Which items a state asks for, and how many each value would give with the other groups as they are.
 * @param {State} state
 */
async function match({ chosen, words }) {
  const total = list.total;
  const wanted = await Promise.all(split(words).map((word) => list.word(fold(word))));
  /** @type {Map<string, Places>} */
  const groups = new Map();
  for (const [group, values] of chosen) groups.set(group, either(values.map((value) => set(group, value)), total));
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [group, { called }] of labels) {
    const others = both([...wanted, ...[...groups].flatMap(([other, set]) => (other === group ? [] : [set]))], total);
    for (const value of called.keys()) counts.set(`${group}:${value}`, shared(others, set(group, value)));
  }
  return { found: both([...wanted, ...groups.values()], total), counts };
}

/**
 * What has a value.
 * @param {string} group
 * @param {string} value
 */
const set = (group, value) => list.sets.get(`${group}:${value}`) ?? either([], list.total);

/**
 * What is chosen, in words: "What it is about: Values or Access; Words: pay".
 * @param {State} state
 * @param {string} words what the words are called
 */
function told({ chosen, words: typed }, words) {
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
const written = (number) => numbers.format(number);

/**
 * Fill in the numbers of a sentence.
 * @param {HTMLElement} sentence
 * @param {number} count
 * @returns {string} what it says
 */
function counted(sentence, count) {
  for (const [name, said] of Object.entries({ count, total: list.total }))
    for (const part of sentence.querySelectorAll(`[data-${name}]`)) part.textContent = written(said);
  for (const [name, is] of Object.entries({ one: list.total === 1, many: list.total !== 1 }))
    if (!is) for (const part of sentence.querySelectorAll(`[data-${name}]`)) part.remove();
  return (sentence.textContent ?? "").replace(/\s+/g, " ").trim();
}

/**
 * Show what the address asks for.
 * @param {"loaded" | "asked" | "moved"} how the page was loaded, somebody asked here, or went back or forward
 */
async function show(how) {
  const state = read(new URLSearchParams(location.search));
  const used = [...state.chosen.values()].flat().length + (state.words ? 1 : 0);
  const { found, counts } = await match(state);
  const untouched = how === "loaded" && !used;
  const { more, rest } = untouched ? { more: false, rest: async () => {} } : await list.show(found, state.chosen, false);
  fillForm(state, used);
  if (how === "loaded") {
    fillNumbers(counts);
    details.open = matchMedia(OPEN_FROM).matches; // elsewhere it would stand before what was asked for
  }
  const moved = tell(state, shared(found, found), used);
  document.title = used ? `${heading.textContent} – ${title}` : title;
  status.textContent = how === "moved" ? moved : "";
  for (const parts of document.querySelectorAll(".parts")) /** @type {HTMLElement} */ (parts).hidden = used > 0;
  offerMore(more && used > 0, found, state);
  if (how === "asked") heading.focus();
  painted().then(() => fillNumbers(counts)); // what was found is seen first, and nobody waits for the numbers
  await rest();
}

/**
 * Put into the form what is asked for.
 * @param {State} state
 * @param {number} used how many filters are in use
 */
function fillForm(state, used) {
  wordsField.value = state.words;
  for (const { box } of boxes) box.checked = state.chosen.get(box.name)?.includes(box.value) ?? false;
  slot(form, "in-use").hidden = !used;
  slot(slot(form, "in-use"), "said").textContent = written(used);
}

/**
 * Put into the form how many each value would give.
 * @param {Map<string, number>} counts
 */
function fillNumbers(counts) {
  for (const row of boxes) {
    const { box, text, label } = row;
    const count = counts.get(`${box.name}:${box.value}`) ?? 0;
    if (count === row.count) continue; // each new text is laid out again, and a large hub has a row for each case study
    row.count = count;
    text.textContent = `${label} (${written(count)})`;
  }
}

/**
 * Say how many were found, what is in use, and what could not be used.
 * @param {State} state
 * @param {number} count
 * @param {number} used
 * @returns {string} the same in one sentence
 */
function tell(state, count, used) {
  const page = copy(document, "#filter-active");
  const words = copy(page, "[data-words]").textContent ?? "";
  const said = told(state, words);
  heading.textContent = counted(slot(page, used ? "heading-some" : "heading-all"), count);
  const sentence = counted(slot(page, used ? "status-some" : "status-all"), count).replace(" .", ` ${said}.`);
  for (const name of ["heading-all", "heading-some", "status-some", "status-all", "failed"]) slot(page, name).remove();
  slot(slot(page, "printed"), "said").textContent = said;
  slot(slot(page, "ignored"), "said").textContent = state.ignored.join(", ");
  slot(page, "ignored").hidden = !state.ignored.length;
  slot(page, "printed").hidden = slot(page, "in-use").hidden = !used;
  slot(page, "none").hidden = count > 0;
  for (const [group, values] of state.chosen)
    for (const value of values) {
      const without = new Map(state.chosen).set(group, values.filter((other) => other !== value));
      addChip(page, labels.get(group)?.called.get(value) ?? value, write({ ...state, chosen: without }));
    }
  if (state.words) addChip(page, `${words}: ${state.words}`, write({ ...state, words: "" }));
  /** @type {HTMLAnchorElement} */ (slot(page, "clear")).href = location.pathname;
  active.replaceChildren(...page.childNodes);
  return sentence;
}

/**
 * Offer the rest of what was found, if only some of it is shown.
 * @param {boolean} more
 * @param {Places} found
 * @param {State} state
 */
function offerMore(more, found, { chosen }) {
  document.querySelector(".more")?.remove();
  if (!more) return;
  const offer = copy(copy(document, "#filter-active"), "[data-more]");
  offer.querySelector("button")?.addEventListener("click", () =>
    inTurn(async () => {
      const before = results.children.length;
      const { more: left, rest } = await list.show(found, chosen, true);
      if (!left) offer.remove();
      results.children[before]?.querySelector("a")?.focus();
      await rest();
    }),
  );
  results.after(offer);
}

/**
 * Do one thing after the other, and say so if one failed: the next is tried all the same.
 * @param {() => Promise<void>} task
 */
function inTurn(task) {
  work = work.then(task).catch((error) => {
    if (!(error instanceof NotLoaded)) reportError(error);
    active.replaceChildren(slot(copy(document, "#filter-active"), "failed"));
    heading.focus();
  });
}

/**
 * Add a filter in use, which goes when it is followed.
 * @param {HTMLElement} page
 * @param {string} name
 * @param {string} without the address without it
 */
function addChip(page, name, without) {
  const chip = copy(page, "[data-chip]");
  /** @type {HTMLElement} */ (chip.querySelector("span")).textContent = name;
  /** @type {HTMLAnchorElement} */ (chip.querySelector("a")).href = without;
  page.querySelector(".chips")?.append(chip);
}

/**
 * Ask for something else.
 * @param {string} address
 */
function ask(address) {
  history.pushState(null, "", address);
  inTurn(() => show("asked"));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  ask(write(read(chosen)));
});
active.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href);
});
addEventListener("popstate", () => inTurn(() => show("moved")));
inTurn(() => show("loaded"));
