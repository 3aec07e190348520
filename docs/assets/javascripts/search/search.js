// @ts-check
/*
 * The search page: takes the question from the address, and shows what was understood and found.
 *
 * Its words and their places are in overrides/partials/hub-search.html; this file fills them in.
 */

import { AT_FIRST, NotLoaded, addressOf, breathe, copy, inParts, painted, ready, slot } from "../page.js";
import { WORD, fold, split } from "../text.js";
import { Index } from "./index.js";
import { MOST_WORDS, understand } from "./question.js";
import { rank } from "./rank.js";

/** @import { Found } from "./index.js" */
/** @import { Concept } from "./question.js" */

const AT_ONCE = 10; // results that are shown, and that are added each time somebody asks for more

/** @typedef {{ numbers: number[], shown: number, concepts: Concept[], words: Set<string>, index: Index }} Answer */

/** @type {Promise<Index> | undefined} */
let loading = question() ? Index.load() : undefined;
loading?.catch(() => {}); // told when it is asked for
await ready;

const place = /** @type {HTMLElement} */ (document.getElementById("search-results"));
const status = /** @type {HTMLElement} */ (document.getElementById("search-status"));
const form = /** @type {HTMLFormElement} */ (document.querySelector(".site-search"));
const title = document.title;

/** @type {Answer} */
let answer;
let asked = 0;

/** What is asked for in the address. */
function question() {
  return (new URLSearchParams(location.search).get("q") ?? "").trim();
}

/**
 * Fill a sentence in and show it, or hide it if there is nothing to say.
 * @param {ParentNode} within
 * @param {string} name
 * @param {string[]} words
 */
function say(within, name, words) {
  slot(within, name).hidden = !words.length;
  slot(slot(within, name), "said").textContent = words.join(", ");
}

/**
 * Answer a question. What a reader sees comes first; the address, the title and the focus follow once that is painted.
 * @param {"loaded" | "asked" | "moved"} how the page was loaded, somebody asked here, or went back or forward
 * @param {string} typed
 */
async function show(how, typed) {
  let began = performance.now();
  const turn = ++asked;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("q")).value = typed;
  if (!typed) {
    place.replaceChildren();
    status.textContent = "";
    if (how === "asked") history.pushState(null, "", location.pathname);
    document.title = title;
    return;
  }
  const page = copy(document, "#search-template");
  const words = split(typed);
  let rest = async () => {};
  try {
    loading ??= Index.load();
    const index = await loading;
    const { concepts, whole, unknown, isDoubtful, cut } = await understand(words, index, await breathe(began));
    began = await breathe(began);
    const numbers = concepts.length ? rank(concepts, whole, isDoubtful) : [];
    const found = { numbers, shown: 0, concepts, words: wordsOf(concepts), index };
    explain(page, typed, numbers.length ? concepts : [], unknown, cut, numbers.length);
    rest = await more(page, found);
    if (turn !== asked) return; // somebody has asked something else meanwhile
    answer = found;
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    loading = undefined;
    if (turn !== asked) return;
    for (const part of page.children) /** @type {HTMLElement} */ (part).hidden = part !== slot(page, "failed");
  }
  place.replaceChildren(page);
  slot(page, "more").addEventListener("click", () => addMore(page));
  const heading = slot(page, "heading").hidden ? slot(page, "failed") : slot(page, "heading");
  status.textContent = how === "asked" ? "" : heading.textContent;
  await painted();
  if (turn !== asked) return;
  if (how === "asked") {
    history.pushState(null, "", `?${new URLSearchParams({ q: typed })}`);
    heading.focus();
  }
  document.title = `${heading.textContent} – ${title}`;
  await rest().catch((error) => sayFailed(page, error));
}

/**
 * Say that something could not be loaded.
 * @param {HTMLElement} page
 * @param {unknown} error what went wrong; thrown on if it is anything else
 */
function sayFailed(page, error) {
  if (!(error instanceof NotLoaded)) throw error;
  slot(page, "failed").hidden = false;
  slot(page, "more").hidden = false; // it can be tried again
}

/**
 * Say what was understood and how much was found.
 * @param {HTMLElement} page
 * @param {string} typed
 * @param {Concept[]} concepts
 * @param {string[]} unknown
 * @param {boolean} cut
 * @param {number} count
 */
function explain(page, typed, concepts, unknown, cut, count) {
  slot(page, "count").textContent = String(count);
  slot(page, "typed").textContent = typed.length > 200 ? `${typed.slice(0, 200)} …` : typed;
  for (const [name, is] of Object.entries({ none: !count, some: count, one: count === 1, many: count > 1 }))
    if (!is) for (const element of page.querySelectorAll(`[data-if-${name}]`)) element.remove();
  const corrected = concepts.filter((concept) => concept.corrected);
  say(page, "corrected", corrected.map((concept) => /** @type {string} */ (concept.corrected)));
  slot(slot(page, "corrected"), "instead").textContent = corrected.map((concept) => concept.typed).join(", ");
  const same = new Set(concepts.map((concept) => plainly(concept.corrected ?? concept.typed)));
  say(page, "also", [...new Set(concepts.flatMap((concept) => concept.also))].filter((label) => !same.has(plainly(label))));
  say(page, "unknown", unknown);
  say(page, "cut", cut ? [String(MOST_WORDS)] : []);
}

/**
 * A text as it is compared: its words, folded.
 * @param {string} text
 */
const plainly = (text) => split(text).map(fold).join(" ");

/**
 * The words by which records are found, in all forms.
 * @param {Concept[]} concepts
 */
const wordsOf = (concepts) => new Set(concepts.flatMap(({ ways }) => ways.flatMap(({ rows }) => rows.flatMap(({ forms }) => forms))));

/**
 * What of a question a record has: the words that were looked for, or what else they are called.
 * @param {number} number the record's
 * @param {Concept[]} concepts
 * @returns {string[]}
 */
const has = (number, concepts) =>
  concepts.flatMap(({ typed, corrected, also, ways }) => {
    const found = ways.filter(({ rows }) => rows.some((row) => row.places.has(number)));
    const named = found.every(({ rows }) => rows.every((row) => row.forms[0].startsWith("~")));
    if (!found.length) return [];
    return named && also.length ? [also[0]] : [corrected ?? typed];
  });

/**
 * Add the next results to the list. Until they are there, nobody can ask for more, so that all stay in order.
 * @param {HTMLElement} page
 * @param {Answer} found
 * @returns {Promise<() => Promise<void>>} adds those that do not fill the window
 */
async function more(page, found) {
  const numbers = found.numbers.slice(found.shown, found.shown + AT_ONCE);
  const [list, button] = [slot(page, "results"), slot(page, "more")];
  const item = (/** @type {Found} */ record) => {
    const made = copy(page, "template");
    const link = /** @type {HTMLAnchorElement} */ (made.querySelector("a"));
    link.href = addressOf(record.address);
    mark(link, record.title, found.words);
    slot(made, "kind").textContent = [record.kind, record.partOf].filter(Boolean).join(": ");
    say(made, "has", has(record.number, found.concepts));
    return made;
  };
  button.hidden = true;
  const others = await inParts(numbers, async (some) => {
    list.append(...(await found.index.records(some)).map(item));
    found.shown += some.length;
  });
  found.index.records(numbers.slice(AT_FIRST)).catch(() => {}); // told when they are put into the page
  return async () => {
    await others();
    button.hidden = found.shown >= found.numbers.length;
  };
}

/** @param {HTMLElement} page */
async function addMore(page) {
  try {
    const before = slot(page, "results").children.length;
    const rest = await more(page, answer);
    slot(page, "results").children[before]?.querySelector("a")?.focus();
    await rest();
  } catch (error) {
    sayFailed(page, error);
    slot(page, "failed").focus();
  }
}

/**
 * Write a text with the words that were found marked.
 * @param {HTMLElement} into
 * @param {string} text
 * @param {Set<string>} words
 */
function mark(into, text, words) {
  let done = 0;
  for (const match of text.matchAll(WORD)) {
    const parts = match[0].includes("-") ? [match[0], ...match[0].split("-")] : [match[0]];
    if (!parts.some((part) => split(part).some((word) => words.has(fold(word))))) continue;
    const marked = document.createElement("mark");
    marked.textContent = match[0];
    into.append(text.slice(done, match.index), marked);
    done = match.index + match[0].length;
  }
  into.append(text.slice(done));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show("asked", String(new FormData(form).get("q") ?? "").trim());
});
addEventListener("popstate", () => show("moved", question()));
show("loaded", question());
