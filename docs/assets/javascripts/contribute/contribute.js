// @ts-check
/*
 * The form to share a story: checks it, shows how it will look, and makes a file of it. Nothing leaves the device but by
 * the person's own hand, and nothing is kept on it unless they ask. The words are in
 * overrides/partials/hub-contribute.html.
 */

import { fieldsOf, fillIn, give, given, nameOf, sayer, unfold } from "../form.js";
import { NotLoaded, copy, load, ready, slot } from "../page.js";
import { NoForm, answersIn, filled } from "../template/word.js";
import { NoZip } from "../template/zip.js";
import { answersOf, caseStudy, notes } from "./plan.js";
import { problems } from "./rules.js";
import { NotOurs, read, written } from "./yaml.js";

/** @import { Plan } from "./plan.js" */
/** @import { Problem } from "./rules.js" */

await ready;

const PLACE = "hub-contribution"; // where answers are kept, if the person asks for it
const LONGEST_EMAIL = 1800; // letters that every email program takes in an address
const LONGEST_LINK = 6000; // the same for a code host

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.contribution"));
const tools = copy(document, "#contribute-tools");
const say = sayer(tools);
const keep = /** @type {HTMLInputElement} */ (tools.querySelector("#keep"));
const opener = /** @type {HTMLInputElement} */ (tools.querySelector("#open-file"));
const result = slot(tools, "result");
form.prepend(slot(tools, "open"));
form.append(tools);
/** @type {Promise<Plan> | undefined} */
let loading;
let saved = true;

/**
 * Whether some questions are answered.
 * @param {string | undefined} ids with blanks between them
 */
const answered = (ids) => (ids ?? "").split(" ").every((id) => answers().get(id)?.trim());

/** @returns {Map<string, string>} */
const answers = () => new Map([...given(form)].map(([name, answer]) => [name, String(answer)]));

/** @returns {Promise<Plan>} */
function planned() {
  loading ??= load(form.dataset.needs ?? "").then((response) => response.json());
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** Today, where the person is: year-month-day. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * Show a result, and bring the person to it.
 * @param {HTMLElement} what
 */
function show(what) {
  result.replaceChildren(what);
  result.hidden = false;
  result.focus();
}

/** Say kindly how much is there. */
function progress() {
  const given = fieldsOf(form).filter(({ value }) => value.trim());
  slot(tools, "count").textContent = String(given.length);
  slot(tools, "total").textContent = String(fieldsOf(form).length);
  const enough = answered(form.dataset.least);
  slot(tools, "few").hidden = enough;
  slot(tools, "enough").hidden = !enough;
}

/**
 * The question that a problem is about.
 * @param {Plan} plan
 * @param {any} record
 * @param {Problem["path"]} path
 */
function questionOf(plan, record, path) {
  const [list, at] = path;
  const id = typeof at === "number" ? record[list]?.[at]?.id : undefined;
  const place = id ? plan.base[list].findIndex((/** @type {any} */ blank) => blank.id === id) : at;
  const own = [list, place, ...path.slice(2)].join(".");
  return plan.questions.find((question) => question.path && `${own}.`.startsWith(`${question.path}.`))
    ?? plan.questions.find((question) => question.path.startsWith(`${list}.`));
}

/** Check the story, and say what there is to mend. */
async function check() {
  const plan = await planned();
  const record = caseStudy(plan, answers(), today());
  const found = problems(record, plan);
  const titles = found.filter(({ path }) => !(path[0] in plan.titles) || !found.some((other) => other.path[0] === "summary"));
  if (!titles.length) return show(copy(tools, answered(form.dataset.people) ? "[data-fine]" : "[data-people]"));
  const page = copy(tools, "[data-problems]");
  for (const { path, wrong, advice } of titles) {
    const question = questionOf(plan, record, path);
    const item = copy(tools, "[data-problem]");
    slot(item, "question").textContent = question?.label ?? path.join(".");
    slot(item, "wrong").textContent = `${wrong}.`;
    slot(item, "advice").textContent = advice;
    if (question) {
      /** @type {HTMLAnchorElement} */ (item.querySelector("a")).href = `#a-${question.id}`;
      unfold(/** @type {Element} */ (document.getElementById(`a-${question.id}`)));
    }
    page.querySelector("ul")?.append(item);
  }
  show(page);
}

/** Show the story as its page will show it. */
async function preview() {
  const plan = await planned();
  const record = caseStudy(plan, answers(), today());
  const page = copy(tools, "[data-preview]");
  for (const name of ["title", "summary"]) slot(page, name).textContent = record[name];
  slot(page, "story").textContent = record.story[0].text;
  slot(page, "by").textContent = record.contributors[0];
  for (const question of plan.questions.filter(({ shape }) => shape === "fact" || shape === "stage")) {
    const row = copy(tools, "[data-row]");
    /** @type {HTMLElement} */ (row.querySelector("dt")).textContent = question.label;
    const given = answers().get(question.id)?.trim();
    row.querySelector("dd")?.append(given || copy(tools, "[data-not-reported]"));
    slot(page, "facts").append(row);
  }
  for (const { lesson } of record.lessons) {
    const item = document.createElement("li");
    item.textContent = lesson;
    slot(page, "lessons").append(item);
  }
  show(page);
}

/**
 * The story as a file of the hub, and the file's name.
 * @returns {Promise<{ name: string, text: string }>}
 */
async function file() {
  const plan = await planned();
  const record = caseStudy(plan, answers(), today());
  const name = record.title.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
  const told = notes(plan, answers()).map((note) => `# ${note.replace(/\s+/g, " ")}\n`);
  const forEditor = told.length ? ["# For the editor only. Take this out before it is published.\n", ...told] : [];
  const text = ["# yaml-language-server: $schema=schema.json\n", ...forEditor, "\n", written(record)].join("");
  return { name: `${name || "story"}.yml`, text };
}

/**
 * Give the story as a file, and say so.
 * @param {Blob} content
 * @param {string} name
 */
function hand(content, name) {
  give(content, name);
  saved = true;
  say("saved", name);
}

const BY_THEMSELVES = ["preview", "word"]; // show or save what is there, finished or not; the others send it to the hub

/** @type {Record<string, () => Promise<void>>} what a button does */
const doings = {
  preview,
  async file() {
    const { name, text } = await file();
    hand(new Blob([text], { type: "application/yaml" }), name);
  },
  async word() {
    const word = form.dataset.word ?? "";
    hand(await filled(await (await load(word)).arrayBuffer(), answers()), nameOf(word));
  },
  async email() {
    const { name } = await file();
    const given = answers();
    const told = (await planned()).questions.filter(({ id }) => given.get(id)?.trim()).map(({ id, label }) => `${label}\n${given.get(id)}\n\n`);
    const address = `mailto:${tools.dataset.email}?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(told.join(""))}`;
    if (address.length > LONGEST_EMAIL) return say("too-long");
    location.href = address;
    say("emailed");
  },
  async copy() {
    const { text } = await file();
    await navigator.clipboard.writeText(text).then(
      () => say("copied"),
      () => say("not-copied"),
    );
  },
  async github() {
    const { name, text } = await file();
    const address = `${tools.dataset.newFile}?${new URLSearchParams({ filename: `case_studies/${name}`, value: text })}`;
    if (address.length > LONGEST_LINK) return say("too-long");
    open(address, "_blank", "noopener");
  },
};

/**
 * Do something, and say so if a part of the form cannot be loaded for it.
 * @param {() => Promise<void>} task
 */
async function attempt(task) {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    say("not-loaded");
  }
}

/** Keep the answers on the device, or nothing of them. */
function remember() {
  try {
    if (keep.checked) localStorage.setItem(PLACE, JSON.stringify([...answers()].filter(([, answer]) => answer)));
    else localStorage.removeItem(PLACE);
    return true;
  } catch {
    keep.checked = false;
    forget();
    return false;
  }
}

/** Keep nothing, also of what was kept before there was no more room. */
function forget() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // The browser keeps nothing at all.
  }
}

/** Answers that were kept on the device. */
function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null");
    return kept ? new Map(kept) : undefined;
  } catch {
    return undefined;
  }
}

form.addEventListener("input", (event) => {
  if (event.target === keep || event.target === opener) return;
  saved = false;
  progress();
  if (keep.checked && !remember()) say("not-kept");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(check);
});
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (tools.querySelectorAll("[data-do]")))
  button.addEventListener("click", () => {
    const name = button.dataset.do ?? "";
    if (!BY_THEMSELVES.includes(name) && !answered(form.dataset.people)) show(copy(tools, "[data-people]"));
    else attempt(doings[name]);
  });
keep.addEventListener("change", () => {
  if (!remember()) say("not-kept");
  else say(keep.checked ? "kept" : "not-kept-any-more");
});
opener.addEventListener("change", () =>
  attempt(async () => {
    const [chosen] = opener.files ?? [];
    if (!chosen) return;
    try {
      const isWord = chosen.name.endsWith(".docx");
      const found = isWord ? await answersIn(await chosen.arrayBuffer()) : answersOf(await planned(), read(await chosen.text()));
      const { known, strange } = fillIn(form, found);
      if (!known) throw new NoForm();
      progress();
      say(strange.length ? "opened-in-part" : "opened", strange.join(", "));
      if (keep.checked && !remember()) say("not-kept");
    } catch (error) {
      if (!(error instanceof NoZip || error instanceof NoForm || error instanceof NotOurs)) throw error;
      say("no-form", chosen.name);
    }
    opener.value = "";
  }),
);
addEventListener("beforeunload", (event) => {
  if (!saved && !keep.checked) event.preventDefault();
});
const before = remembered();
if (before) {
  keep.checked = true;
  fillIn(form, before);
}
slot(tools, "do=github").hidden = !tools.dataset.newFile;
progress();
