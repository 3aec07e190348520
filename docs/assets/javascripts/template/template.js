// @ts-check
/*
 * Fills a template in on its page: puts the answers into its Word file, and opens such a file again.
 * Nothing leaves the device, and nothing is kept on it. The words are in overrides/partials/hub-template.html.
 */

import { copy, load, ready, slot } from "../page.js";
import { NoForm, answersIn, filled } from "./word.js";
import { NoZip } from "./zip.js";

await ready;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.template"));
const word = form.dataset.needs ?? "";
const tools = copy(document, "#template-tools");
const status = /** @type {HTMLElement} */ (tools.querySelector("[role=status]"));
const opener = /** @type {HTMLInputElement} */ (tools.querySelector("input[type=file]"));
form.prepend(slot(tools, "open"));
form.append(tools);
let saved = true;

const fields = () =>
  /** @type {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */ ([...form.elements]).filter(({ name }) => name);

/**
 * Say something that is written in the page.
 * @param {string} name
 * @param {string} [about]
 */
function say(name, about = "") {
  const words = /** @type {HTMLTemplateElement} */ (tools.querySelector(`template[data-say=${name}]`));
  status.textContent = `${words.content.textContent} ${about}`.trim();
}

/** @returns {Map<string, string | boolean>} */
const answers = () =>
  new Map(fields().map((field) => [field.name, field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value]));

form.addEventListener("input", () => {
  saved = false;
});
addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const blank = await load(word).catch(() => undefined);
  if (!blank) {
    say("not-loaded");
    return;
  }
  const file = await filled(await blank.arrayBuffer(), answers());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = word.split("/").pop() ?? "";
  link.click();
  URL.revokeObjectURL(link.href);
  saved = true;
  say("saved", link.download);
});
opener.addEventListener("change", async () => {
  const [file] = opener.files ?? [];
  if (!file) return;
  try {
    const found = await answersIn(await file.arrayBuffer());
    const known = fields().filter(({ name }) => found.has(name));
    if (!known.length) throw new NoForm();
    for (const field of known) {
      const answer = found.get(field.name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = answer === true;
      else field.value = String(answer);
    }
    const names = new Set(fields().map(({ name }) => name));
    const strange = [...found.keys()].filter((name) => !names.has(name));
    say(strange.length ? "opened-in-part" : "opened", strange.join(", "));
    fields()[0].focus();
  } catch (error) {
    if (!(error instanceof NoZip || error instanceof NoForm)) throw error;
    say("no-form", file.name);
  }
  opener.value = "";
});
