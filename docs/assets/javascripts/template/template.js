// @ts-check
/*
 * Fills a template in on its page: puts the answers into its Word file, and opens such a file again.
 * Nothing leaves the device, and nothing is kept on it. The words are in overrides/partials/hub-template.html.
 */

import { fillIn, fieldsOf, give, given, nameOf, sayer } from "../form.js";
import { copy, load, ready, slot } from "../page.js";
import { NoForm, answersIn, filled } from "./word.js";
import { NoZip } from "./zip.js";

await ready;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.template"));
const word = form.dataset.needs ?? "";
const tools = copy(document, "#template-tools");
const say = sayer(tools);
const opener = /** @type {HTMLInputElement} */ (tools.querySelector("input[type=file]"));
form.prepend(slot(tools, "open"));
form.append(tools);
let saved = true;

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
  give(await filled(await blank.arrayBuffer(), given(form)), nameOf(word));
  saved = true;
  say("saved", nameOf(word));
});
opener.addEventListener("change", async () => {
  const [file] = opener.files ?? [];
  if (!file) return;
  try {
    const { known, strange } = fillIn(form, await answersIn(await file.arrayBuffer()));
    if (!known) throw new NoForm();
    say(strange.length ? "opened-in-part" : "opened", strange.join(", "));
    fieldsOf(form)[0].focus();
  } catch (error) {
    if (!(error instanceof NoZip || error instanceof NoForm)) throw error;
    say("no-form", file.name);
  }
  opener.value = "";
});
