// @ts-check
/*
 * Filters a list. The address is the state: what stands in it is shown, however the reader came there.
 *
 * The form (fields.js) is made of the values that stand in the page, as links where each has its own list.
 * Nothing changes while somebody is still choosing: they say when, with a button.
 */

import { NotLoaded, copy, painted, ready, slot } from "../page.js";
import { fold, split } from "../text.js";
import { Fields } from "./fields.js";
import { Listed } from "./listed.js";
import { Parted } from "./parted.js";
import { both, either, shared } from "./sets.js";
import { labelsIn, read, told, write, written } from "./state.js";

/** @import { Places } from "./sets.js" */
/** @import { State } from "./state.js" */

await ready;

const place = /** @type {HTMLElement} */ (document.getElementById("filter"));
const heading = /** @type {HTMLElement} */ (document.getElementById("results-h"));
const status = /** @type {HTMLElement} */ (document.getElementById("filter-status"));
const active = /** @type {HTMLElement} */ (document.getElementById("active"));
const title = document.title;
let work = Promise.resolve();

const results = /** @type {HTMLElement} */ (document.querySelector(".results"));
const list = results.dataset.needs ? await Parted.load(results) : new Listed(results);

const labels = labelsIn(place);
const fields = new Fields(labels);
place.replaceChildren(fields.form);
place.hidden = false;

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
  const state = read(new URLSearchParams(location.search), labels);
  const used = [...state.chosen.values()].flat().length + (state.words ? 1 : 0);
  const { found, counts } = await match(state);
  const untouched = how === "loaded" && !used;
  const { more, rest } = untouched ? { more: false, rest: async () => {} } : await list.show(found, state.chosen, false);
  fields.fill(state, used);
  if (how === "loaded") {
    fields.fillNumbers(counts);
    fields.openWhereThereIsRoom();
  }
  const moved = tell(state, shared(found, found), used);
  document.title = used ? `${heading.textContent} – ${title}` : title;
  status.textContent = how === "moved" ? moved : "";
  for (const parts of document.querySelectorAll(".parts")) /** @type {HTMLElement} */ (parts).hidden = used > 0;
  offerMore(more && used > 0, found, state);
  if (how === "asked") heading.focus();
  painted().then(() => fields.fillNumbers(counts)); // what was found is seen first, and nobody waits for the numbers
  await rest();
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
  const said = told(state, labels, words);
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

fields.form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(write(read(fields.asked, labels)));
});
active.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href);
});
addEventListener("popstate", () => inTurn(() => show("moved")));
inTurn(() => show("loaded"));
