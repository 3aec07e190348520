// @ts-check
/*
 * Two people or groups rate the same work, and see only where they differ. The first rating is kept in this module alone:
 * not in the page, the address, the history or any storage. No number ranks anyone.
 */

import { fieldsOf, sayer } from "../form.js";
import { copy, ready, slot } from "../page.js";

await ready;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.ladder"));
const tools = copy(document, "#ladder-tools");
const say = sayer(tools);
const result = slot(tools, "result");
form.prepend(slot(tools, "turns"));
form.append(tools);

/** @typedef {{ stage: string, rung: string }[]} Rating what was chosen, as a reader sees it; no rung where nothing was */
/** @type {Rating | undefined} */
let first;

/** @returns {Rating} */
const rating = () =>
  fieldsOf(form).map((field) => ({ stage: field.labels?.[0]?.textContent?.trim() ?? "", rung: field.value }));

/** Show whose turn it is. */
function turn() {
  for (const name of ["turn", "label"])
    for (const which of ["first", "second"])
      slot(form, `${name}=${which}`).hidden = (which === "second") !== Boolean(first);
  slot(tools, "restart").hidden = !first;
}

/**
 * Show where two ratings differ.
 * @param {Rating} one
 * @param {Rating} other
 */
function compare(one, other) {
  const both = one.map(({ stage, rung }, place) => ({ stage, a: rung, b: other[place].rung }));
  const differ = both.filter(({ a, b }) => a && b && a !== b);
  const single = both.filter(({ a, b }) => Boolean(a) !== Boolean(b)).map(({ stage }) => stage);
  const alike = both.filter(({ a, b }) => a && a === b).map(({ stage }) => stage);
  const page = copy(tools, differ.length || single.length ? "[data-gap]" : "[data-alike]");
  if (differ.length || single.length) {
    for (const gap of differ) {
      const item = copy(tools, "[data-item]");
      for (const name of /** @type {const} */ (["stage", "a", "b"])) slot(item, name).textContent = gap[name];
      slot(page, "gaps").append(item);
    }
    for (const [name, stages] of Object.entries({ same: alike, one: single })) {
      slot(slot(page, name), "said").textContent = stages.join(", ");
      slot(page, name).hidden = !stages.length;
    }
  }
  result.replaceChildren(page);
  result.hidden = false;
  result.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const now = rating();
  if (!now.some(({ rung }) => rung)) return say("nothing");
  if (first) return compare(first, now);
  first = now;
  form.reset();
  turn();
  say("handed");
  fieldsOf(form)[0].focus();
});
slot(tools, "restart").addEventListener("click", () => {
  first = undefined;
  form.reset();
  result.replaceChildren();
  result.hidden = true;
  turn();
  fieldsOf(form)[0].focus();
});
form.reset(); // a browser that remembers what was chosen before must not show it
turn();
