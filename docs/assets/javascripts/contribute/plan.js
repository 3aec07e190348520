// @ts-check
/*
 * From answers to a case study and back. Where each answer goes is data (macros/contribution.py, which does the same
 * for the Word form; a test holds the two together).
 */

/** @import { Data } from "./yaml.js" */

/**
 * @typedef {object} Question
 * @property {string} id
 * @property {string} label
 * @property {string} path empty if the answer is for the editor only
 * @property {"text" | "choice" | "fact" | "stage" | "note"} shape
 * @property {Record<string, string>} [values] of a choice: what a reader sees, and its id
 */

/**
 * @typedef {object} Plan
 * @property {string} slug
 * @property {any} base
 * @property {Question[]} questions
 * @property {Record<string, string>} source
 * @property {string[]} lists of which what nobody filled in is dropped
 * @property {Record<string, number>} titles
 * @property {any} schema
 * @property {{ pattern: string, wrong: string, advice: string }[]} refusals
 * @property {string[]} schemes
 */

const NOT_REPORTED = "not reported";

/**
 * The first words of a text, on one line and without a full stop, and no more letters than `longest`.
 * @param {string} text
 * @param {number} longest
 */
export function shortened(text, longest) {
  let letters = [...text.trim().replace(/\s+/g, " ")];
  if (letters.length > longest) {
    const space = letters.slice(0, longest + 1).lastIndexOf(" ");
    letters = letters.slice(0, space > 0 ? space : longest);
  }
  return letters.join("").replace(/[\s.,;:]+$/, "");
}

/**
 * The case study that answers make. It is not checked.
 * @param {Plan} plan
 * @param {Map<string, string>} answers
 * @param {string} today year-month-day
 * @returns {any}
 */
export function caseStudy(plan, answers, today) {
  const record = structuredClone(plan.base);
  for (const question of plan.questions) {
    const answer = (answers.get(question.id) ?? "").trim();
    if (!answer || !question.path) continue;
    const { home, last } = placeOf(record, question.path);
    home[last] = shaped(question, answer, plan.source);
  }
  for (const list of plan.lists) {
    const blank = plan.base[list].map((/** @type {any} */ item) => JSON.stringify(item));
    record[list] = record[list].filter((/** @type {any} */ item, /** @type {number} */ at) => JSON.stringify(item) !== blank[at]);
  }
  for (const [name, longest] of Object.entries(plan.titles))
    record[name] = shortened(record[name] || record.title || record.summary, longest);
  record.updated = today;
  return record;
}

/**
 * The answers in a case study that was made so. What the form did not ask is left behind.
 * @param {Plan} plan
 * @param {any} record
 * @returns {Map<string, string>}
 */
export function answersOf(plan, record) {
  const answers = new Map();
  for (const { id, path, shape, values } of plan.questions) {
    if (!path) continue;
    const { home, last } = placeOf(record, path);
    const value = home?.[last];
    if (value === undefined || value === NOT_REPORTED || value === placeIn(plan.base, path)) continue;
    const answer = shape === "fact" ? value.text : shape === "stage" ? value.how : value;
    const said = values ? Object.entries(values).find(([, own]) => own === answer)?.[0] : answer;
    if (typeof said === "string") answers.set(id, said);
  }
  return answers;
}

/**
 * What is for the editor only: each question with its answer.
 * @param {Plan} plan
 * @param {Map<string, string>} answers
 */
export const notes = (plan, answers) =>
  plan.questions
    .filter(({ id, shape }) => shape === "note" && answers.get(id)?.trim())
    .map(({ id, label }) => `${label} ${answers.get(id)?.trim()}`);

/**
 * @param {any} record
 * @param {string} path
 * @returns {{ home: any, last: string }} what holds the place, and its name there
 */
function placeOf(record, path) {
  const way = path.split(".");
  const last = way.pop() ?? "";
  return { home: way.reduce((home, step) => home?.[step], record), last };
}

/**
 * @param {any} record
 * @param {string} path
 */
const placeIn = (record, path) => {
  const { home, last } = placeOf(record, path);
  return home?.[last];
};

/**
 * @param {Question} question
 * @param {string} answer
 * @param {Record<string, string>} source
 */
function shaped({ shape, values }, answer, source) {
  if (shape === "choice") return values?.[answer] ?? answer;
  if (shape === "fact") return { text: answer, source: { ...source } };
  if (shape === "stage") return { how: answer, source: { ...source } };
  return answer;
}
