// @ts-check
/*
 * Filters a list. The address is the state: what stands in it is shown, however the reader came there.
 *
 * The form is made of the values that stand in the page, as links where each has its own list. Its words are in
 * overrides/partials/hub-filter.html.
 * Nothing changes while somebody is still choosing: they say when, with a button.
 */

import { fold, split } from "../text.js";

const OPEN_FROM = "(min-width: 68em)"; // where the filter stands beside the list (filter.css)

/**
 * A thing in the list.
 * @typedef {{ element: HTMLElement, values: Map<string, Set<string>>, words: string[] }} Item values: by group
 */

/**
 * What is asked for.
 * @typedef {{ chosen: Map<string, string[]>, words: string, ignored: string[] }} State chosen: values by group, each
 *   group with at least one; ignored: parts of the address that are no filter here
 */

if (document.readyState === "loading") await new Promise((ready) => addEventListener("DOMContentLoaded", ready));

const place = /** @type {HTMLElement} */ (document.getElementById("filter"));
const heading = /** @type {HTMLElement} */ (document.getElementById("results-h"));
const status = /** @type {HTMLElement} */ (document.getElementById("filter-status"));
const active = /** @type {HTMLElement} */ (document.getElementById("active"));
const title = document.title;

/** @type {Item[]} */
const items = [...document.querySelectorAll(".results > li")].map((found) => {
  const element = /** @type {HTMLElement} */ (found);
  /** @type {Map<string, Set<string>>} */
  const values = new Map();
  for (const pair of (element.dataset.f ?? "").split(" ")) {
    const [group, value] = pair.split(":");
    values.set(group, (values.get(group) ?? new Set()).add(value));
  }
  return { element, values, words: split(element.textContent ?? "").map(fold) };
});

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

/**
 * A copy of what a template holds.
 * @param {ParentNode} within
 * @param {string} selector
 */
const copy = (within, selector) =>
  /** @type {HTMLElement} */ (
    /** @type {HTMLTemplateElement} */ (within.querySelector(selector)).content.firstElementChild?.cloneNode(true)
  );

/**
 * A part of the page by what it is for.
 * @param {ParentNode} within
 * @param {string} name
 */
const slot = (within, name) => /** @type {HTMLElement} */ (within.querySelector(`[data-${name}]`));

const form = /** @type {HTMLFormElement} */ (copy(document, "#filter-template"));
const wordsField = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const details = /** @type {HTMLDetailsElement} */ (form.querySelector("details"));
/** @type {{ box: HTMLInputElement, text: HTMLElement, label: string }[]} */
const boxes = [];
for (const [group, { label, called }] of labels) {
  const fieldset = copy(form, "template[data-group]");
  /** @type {HTMLElement} */ (fieldset.firstElementChild).textContent = label;
  for (const [value, name] of called) {
    const row = copy(form, "template[data-value]");
    const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    Object.assign(box, { name: group, value });
    boxes.push({ box, text: /** @type {HTMLElement} */ (row.querySelector("span")), label: name });
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
export function read(address) {
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
 * Which items a state asks for, and how many each value would give with the other groups as they are: in one pass.
 * @param {State} state
 */
function match({ chosen, words }) {
  const wanted = split(words).map(fold);
  /** @type {Map<string, number>} */
  const counts = new Map();
  const found = items.filter((item) => {
    if (!wanted.every((word) => item.words.some((own) => own.startsWith(word)))) return false;
    const missing = [...chosen].filter(([group, values]) => !values.some((value) => item.values.get(group)?.has(value)));
    if (missing.length > 1) return false;
    for (const [group, values] of item.values)
      if (!missing.length || missing[0][0] === group)
        for (const value of values) counts.set(`${group}:${value}`, (counts.get(`${group}:${value}`) ?? 0) + 1);
    return !missing.length;
  });
  return { found: new Set(found), counts };
}

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

/**
 * Fill in the numbers of a sentence.
 * @param {HTMLElement} sentence
 * @param {number} count
 * @returns {string} what it says
 */
function counted(sentence, count) {
  for (const [name, said] of Object.entries({ count, total: items.length }))
    for (const part of sentence.querySelectorAll(`[data-${name}]`)) part.textContent = String(said);
  for (const [name, is] of Object.entries({ one: items.length === 1, many: items.length !== 1 }))
    if (!is) for (const part of sentence.querySelectorAll(`[data-${name}]`)) part.remove();
  return (sentence.textContent ?? "").replace(/\s+/g, " ").trim();
}

/**
 * Show what the address asks for.
 * @param {"loaded" | "asked" | "moved"} how the page was loaded, somebody asked here, or went back or forward
 */
function show(how) {
  const state = read(new URLSearchParams(location.search));
  const { found, counts } = match(state);
  const used = [...state.chosen.values()].flat().length + (state.words ? 1 : 0);
  for (const item of items) item.element.hidden = !found.has(item);

  wordsField.value = state.words;
  for (const { box, text, label } of boxes) {
    box.checked = state.chosen.get(box.name)?.includes(box.value) ?? false;
    text.textContent = `${label} (${counts.get(`${box.name}:${box.value}`) ?? 0})`;
  }
  slot(form, "in-use").hidden = !used;
  slot(slot(form, "in-use"), "said").textContent = String(used);
  if (how === "loaded") details.open = matchMedia(OPEN_FROM).matches || used > 0;

  const page = copy(document, "#filter-active");
  const words = copy(page, "[data-words]").textContent ?? "";
  const said = told(state, words);
  heading.textContent = counted(slot(page, used ? "heading-some" : "heading-all"), found.size);
  const moved = counted(slot(page, used ? "status-some" : "status-all"), found.size).replace(" .", ` ${said}.`);
  for (const name of ["heading-all", "heading-some", "status-some", "status-all"]) slot(page, name).remove();
  slot(slot(page, "printed"), "said").textContent = said;
  slot(slot(page, "ignored"), "said").textContent = state.ignored.join(", ");
  slot(page, "ignored").hidden = !state.ignored.length;
  slot(page, "printed").hidden = slot(page, "in-use").hidden = !used;
  slot(page, "none").hidden = found.size > 0;
  for (const [group, values] of state.chosen)
    for (const value of values) {
      const without = new Map(state.chosen).set(group, values.filter((other) => other !== value));
      addChip(page, labels.get(group)?.called.get(value) ?? value, write({ ...state, chosen: without }));
    }
  if (state.words) addChip(page, `${words}: ${state.words}`, write({ ...state, words: "" }));
  /** @type {HTMLAnchorElement} */ (slot(page, "clear")).href = location.pathname;
  active.replaceChildren(...page.childNodes);

  document.title = used ? `${heading.textContent} – ${title}` : title;
  status.textContent = how === "moved" ? moved : "";
  if (how === "asked") heading.focus();
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
  show("asked");
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
addEventListener("popstate", () => show("moved"));
show("loaded");
