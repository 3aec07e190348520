// @ts-check
/*
 * "Our co-production protocol": shows what a group wrote, and makes files of it. Nothing leaves the device, and nothing is
 * kept on it. The questions are in the page; the words of what is here are in overrides/partials/hub-plan.html.
 */

import { fieldsOf, fillIn, give, given, nameOf, sayer } from "../form.js";
import { NotLoaded, copy, load, ready, slot } from "../page.js";
import { NoForm, answersIn, filled } from "../template/word.js";
import { NoZip } from "../template/zip.js";
import { filledOpen } from "./odt.js";

/** @import { Field } from "../form.js" */

await ready;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.protocol"));
const tools = copy(document, "#plan-tools");
const say = sayer(tools);
const opener = /** @type {HTMLInputElement} */ (tools.querySelector("input[type=file]"));
const result = slot(tools, "result");
form.prepend(slot(tools, "open"));
form.append(tools);
let saved = true;

/** @typedef {{ title: string, answered: { question: string, answer: string }[], open: Field[] }} Section */

/**
 * What a question asks.
 * @param {Field} field
 */
const asked = (field) => field.labels?.[0]?.textContent?.trim() ?? field.name;

/** @returns {Section[]} */
const sections = () =>
  [...form.querySelectorAll("details")].map((details) => {
    const fields = fieldsOf(form).filter((field) => details.contains(field));
    return {
      title: details.querySelector("summary")?.textContent?.trim() ?? "",
      answered: fields.filter(({ value }) => value.trim()).map((field) => ({ question: asked(field), answer: field.value.trim() })),
      open: fields.filter(({ value }) => !value.trim()),
    };
  });

/**
 * The points of a report, with what was answered for each.
 * @returns {{ point: string, words: string, answers: string[] }[]}
 */
const report = () =>
  /** @type {HTMLElement[]} */ ([...form.querySelectorAll("#protocol-report > [data-point]")]).map((row) => {
    const point = row.dataset.point ?? "";
    const fields = fieldsOf(form).filter((field) => field.closest(`[data-report=${point}]`));
    const answers = fields.map(({ value }) => value.trim()).filter(Boolean);
    return { point, words: row.querySelector("dt")?.textContent ?? "", answers };
  });

/** The answers as the files hold them: with the points of a report. */
const whole = () =>
  new Map([...given(form), ...report().map(({ point, answers }) => /** @type {const} */ ([`gripp2-${point.replace("_", "-")}`, answers.join("\n\n")]))]);

/** Show the protocol in the page. */
function show() {
  const page = copy(tools, "[data-protocol]");
  for (const { title, answered, open } of sections()) {
    const part = copy(tools, "[data-part]");
    slot(part, "title").textContent = title;
    for (const { question, answer } of answered) {
      const row = copy(tools, "[data-row]");
      /** @type {HTMLElement} */ (row.querySelector("dt")).textContent = question;
      /** @type {HTMLElement} */ (row.querySelector("dd")).textContent = answer;
      slot(part, "rows").append(row);
    }
    slot(part, "still-open").hidden = !open.length;
    for (const field of open) {
      const item = copy(tools, "[data-item]");
      const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
      link.textContent = asked(field);
      link.href = `#${field.id}`;
      part.querySelector("ul")?.append(item);
    }
    slot(page, "parts").append(part);
  }
  for (const { words, answers } of report()) {
    const row = copy(tools, "[data-row]");
    /** @type {HTMLElement} */ (row.querySelector("dt")).textContent = words;
    row.querySelector("dd")?.append(answers.join("\n\n") || copy(tools, "[data-not-yet]"));
    slot(page, "report").append(row);
  }
  result.replaceChildren(page);
  result.hidden = false;
  result.focus();
}

/** The protocol as Markdown. What was typed stands in it as it was typed, indented by nothing and marked by nothing. */
function markdown() {
  const title = form.getAttribute("aria-label") ?? "";
  const open = slot(copy(tools, "[data-part]"), "still-open").firstElementChild?.textContent ?? "";
  const parts = sections().map(({ title, answered, open: left }) => [
    `## ${title}`,
    ...answered.flatMap(({ question, answer }) => [`**${question}**`, answer]),
    ...(left.length ? [open, left.map((field) => `- ${asked(field)}`).join("\n")] : []),
  ]);
  const heading = slot(copy(tools, "[data-protocol]"), "report-heading").textContent ?? "";
  const notYet = copy(tools, "[data-not-yet]").textContent ?? "";
  const points = report().flatMap(({ words, answers }) => [`**${words}**`, answers.join("\n\n") || notYet]);
  return `${[`# ${title}`, ...parts.flat(), `## ${heading}`, ...points].join("\n\n")}\n`;
}

/**
 * Give the protocol as a file, and say so.
 * @param {() => Promise<[Blob, string]>} make
 */
async function hand(make) {
  try {
    const [content, name] = await make();
    give(content, name);
    saved = true;
    say("saved", name);
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    say("not-loaded");
  }
}

/** @type {Record<string, () => unknown>} */
const doings = {
  show,
  print: () => {
    show();
    print();
  },
  word: () => hand(async () => [await filled(await (await load(form.dataset.needs ?? "")).arrayBuffer(), whole()), nameOf(form.dataset.needs ?? "")]),
  open: () => hand(async () => [await filledOpen(await (await load(form.dataset.open ?? "")).arrayBuffer(), whole()), nameOf(form.dataset.open ?? "")]),
  markdown: () => hand(async () => [new Blob([markdown()], { type: "text/markdown" }), nameOf(form.dataset.needs ?? "").replace(/docx$/, "md")]),
};

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (tools.querySelectorAll("[data-do]")))
  button.addEventListener("click", () => doings[button.dataset.do ?? ""]());
form.addEventListener("input", (event) => {
  if (event.target !== opener) saved = false;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
form.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href^='#a-']") : null;
  if (!link) return;
  const field = document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
  const folded = field?.closest("details");
  if (folded) folded.open = true;
});
opener.addEventListener("change", async () => {
  const [file] = opener.files ?? [];
  if (!file) return;
  try {
    const found = await answersIn(await file.arrayBuffer());
    const { known, strange } = fillIn(form, new Map([...found].filter(([name]) => !name.startsWith("gripp2-"))));
    if (!known) throw new NoForm();
    say(strange.length ? "opened-in-part" : "opened", strange.join(", "));
  } catch (error) {
    if (!(error instanceof NoZip || error instanceof NoForm)) throw error;
    say("no-form", file.name);
  }
  opener.value = "";
});
addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
