// @ts-check
/*
 * "My pack": gathers the pages that a person keeps, to print, to save as one Word file, or as a link. The address holds
 * the list. From one page to the next it is kept for this tab alone, and only once somebody pressed "Keep this".
 */

import { give, nameOf, sayer } from "../form.js";
import { addressOf, copy, load, ready, slot } from "../page.js";
import { composed } from "./compose.js";

await ready;

const STORED = "hub-kept"; // in this tab only
const MOST_KEPT = 100; // pages in a pack
const ROOM = "\u2026".repeat(20); // for an answer
const PAGES = /^(guide|templates|case-studies|lessons)(\/[a-z0-9-]+)+\/$/;
const LEFT_OUT = "nav, form, script, template, svg, .words, .keep, .without-script, .easy-read-card, .siblings";

const place = /** @type {HTMLElement} */ (document.querySelector(".kept"));
const tools = copy(document, "#kept-tools");
const say = sayer(tools);
place.append(tools);

/** The pages that this tab keeps. */
function stored() {
  try {
    return /** @type {string[]} */ (JSON.parse(sessionStorage.getItem(STORED) ?? "[]"));
  } catch {
    return [];
  }
}

/** @param {string[]} pages */
function store(pages) {
  try {
    if (pages.length) sessionStorage.setItem(STORED, JSON.stringify(pages));
    else sessionStorage.removeItem(STORED);
  } catch {
    // a browser that keeps nothing: the address has the list
  }
}

const address = new URLSearchParams(location.search);
const added = address.getAll("add");
let pages = [...new Set([...(added.length ? stored() : []), ...address.getAll("keep"), ...added])].filter((page) => PAGES.test(page)).slice(0, MOST_KEPT);
if (!added.length && !pages.length) pages = stored();
if (added.length) store(pages);

/** Let the address say what is kept. */
function tell() {
  const list = new URLSearchParams(pages.map((page) => ["keep", page]));
  history.replaceState(null, "", pages.length ? `?${list}` : location.pathname);
  slot(tools, "empty").hidden = pages.length > 0;
  slot(tools, "some").hidden = !pages.length;
}

/**
 * Put a form's questions into the page as text, each with room for its answer, and take the form away.
 * @param {Element} form
 */
function asOnPaper(form) {
  for (const control of form.querySelectorAll("input, textarea, select")) {
    if (control.closest("label")) {
      control.remove(); // a box to tick, in its own words
      continue;
    }
    const room = document.createElement("p");
    room.textContent = ROOM;
    control.replaceWith(room);
  }
  for (const asked of form.querySelectorAll("label, legend")) {
    const question = document.createElement("p");
    const words = document.createElement("strong");
    words.append(...asked.childNodes);
    question.append(words);
    asked.replaceWith(question);
  }
  form.replaceWith(...form.childNodes);
}

/**
 * The main part of a page, a heading lower, with links that lead where they led.
 * @param {string} page
 */
async function main(page) {
  const parsed = new DOMParser().parseFromString(await (await load(page)).text(), "text/html");
  const main = /** @type {HTMLElement} */ (parsed.querySelector("main"));
  for (const form of main.querySelectorAll("form.template")) asOnPaper(form);
  for (const element of main.querySelectorAll(LEFT_OUT)) element.remove();
  for (const link of main.querySelectorAll("a")) link.href = new URL(link.getAttribute("href") ?? "", addressOf(page)).href;
  for (const element of main.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const heading of [...main.querySelectorAll("h1, h2, h3, h4")]) {
    const lower = document.createElement(`h${Number(heading.localName[1]) + 1}`);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return [...main.childNodes].map((node) => document.importNode(node, true));
}

/**
 * Add a page to what is shown.
 * @param {string} page
 */
async function show(page) {
  const item = copy(tools, "[data-page]");
  slot(tools, "pages").append(item);
  try {
    slot(item, "body").append(...(await main(page)));
  } catch {
    slot(item, "body").append(copy(tools, "[data-not-there]"));
    slot(item, "name").textContent = page;
  }
  item.querySelector("button")?.addEventListener("click", () => {
    pages = pages.filter((other) => other !== page);
    if (stored().length) store(pages);
    item.remove();
    tell();
    slot(tools, "heading").focus();
  });
}

tell();
await Promise.all(pages.map(show));

/** @type {Record<string, () => unknown>} */
const doings = {
  print: () => print(),
  async word() {
    const blank = await load(place.dataset.needs ?? "").catch(() => undefined);
    if (!blank) return say("not-loaded");
    const blocks = [...slot(tools, "pages").querySelectorAll("[data-body] :is(h2, h3, h4, h5, p, li, dt, dd)")];
    const plain = blocks.filter((block) => !block.querySelector("p, li"));
    give(await composed(await blank.arrayBuffer(), plain.map((block) => ({ kind: block.localName, text: block.textContent?.replace(/\s+/g, " ").trim() ?? "" }))), nameOf(place.dataset.needs ?? ""));
    say("saved", nameOf(place.dataset.needs ?? ""));
  },
  copy: () =>
    navigator.clipboard.writeText(location.href).then(
      () => say("copied"),
      () => say("not-copied"),
    ),
};
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (tools.querySelectorAll("[data-do]")))
  button.addEventListener("click", () => doings[button.dataset.do ?? ""]());
