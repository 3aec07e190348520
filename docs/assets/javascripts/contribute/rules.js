// @ts-check
/*
 * What `hub check` would say of a case study. Its schema and its patterns are the hub's own, loaded as data; the few
 * rules that a schema cannot say are below. tests/test_contribute.py compares the two on every broken file.
 */

/** @import { Plan } from "./plan.js" */

/** @typedef {{ path: (string | number)[], wrong: string, advice: string }} Problem */

const PROSE = 6000; // texts that may be as long as this keep their line breaks; others stand on one line
const YEARS = [1900, 2200];

/**
 * Every problem of a case study.
 * @param {any} record
 * @param {Plan} plan
 * @returns {Problem[]}
 */
export function problems(record, plan) {
  /** @type {Problem[]} */
  const found = [];
  const say = (/** @type {Problem["path"]} */ path, /** @type {string} */ wrong, advice = "") => found.push({ path, wrong, advice });
  validate(record, plan.schema.$defs.CaseStudy, [], plan, say);
  if (!found.length) together(record, plan, say);
  return found;
}

/**
 * @param {any} value
 * @param {any} rule a part of the schema
 * @param {Problem["path"]} path
 * @param {Plan} plan
 * @param {(path: Problem["path"], wrong: string, advice?: string) => void} say
 */
function validate(value, rule, path, plan, say) {
  if (rule.$ref) rule = { ...plan.schema.$defs[rule.$ref.split("/").pop()], ...rule, $ref: undefined };
  const ways = rule.oneOf ?? rule.anyOf?.filter((/** @type {any} */ way) => way.type !== "null");
  if (ways) {
    const isText = (/** @type {any} */ way) => way.type === "string" || way.const !== undefined;
    return validate(value, ways.find((/** @type {any} */ way) => isText(way) === (typeof value === "string")) ?? ways[0], path, plan, say);
  }
  if (rule.const !== undefined || rule.enum) {
    const allowed = rule.enum ?? [rule.const];
    if (!allowed.includes(value)) say(path, "is none of the choices", `Use one of: ${allowed.join(", ")}.`);
    return;
  }
  if (rule.type === "array") {
    if (!Array.isArray(value)) return say(path, "is not a list");
    if (value.length < (rule.minItems ?? 0)) say(path, "is empty", "Add one.");
    value.forEach((item, position) => validate(item, rule.items, [...path, position], plan, say));
    if (typeof value[0] === "string" && new Set(value).size < value.length) say(path, "names one thing twice", "Keep one of the two.");
    return;
  }
  if (rule.type === "object") {
    if (typeof value !== "object" || Array.isArray(value)) return say(path, "is not a group of fields");
    for (const name of rule.required ?? []) if (!(name in value)) say([...path, name], "is missing", "Fill it in.");
    for (const [name, inside] of Object.entries(value)) {
      const own = rule.properties?.[name] ?? (rule.propertyNames?.enum?.includes(name) ? rule.additionalProperties : undefined);
      if (own) validate(inside, own, [...path, name], plan, say);
      else say([...path, name], "is no field here", "Delete it.");
    }
    return;
  }
  if (typeof value !== "string") return say(path, "is not a text");
  text(value, rule, path, plan, say);
}

/** @type {typeof validate} */
function text(value, rule, path, plan, say) {
  const said = rule.maxLength === PROSE ? value.trim() : value.trim().replace(/\s+/g, " ");
  const length = [...said].length;
  if (!said) return say(path, "is empty", "Fill it in.");
  if (length > (rule.maxLength ?? Infinity)) say(path, `has ${length} letters; the most is ${rule.maxLength}`, "Make it shorter.");
  if (rule.pattern && !new RegExp(rule.pattern, "u").test(value)) say(path, "is not written as it should be", rule.description ?? "");
  if (rule.format === "date" && !isDay(value)) say(path, "is not a date", "Write year-month-day, like 2026-11-23.");
  for (const { pattern, wrong, advice } of plan.refusals) if (new RegExp(pattern, "u").test(said)) say(path, wrong, advice);
  for (const [, address] of said.matchAll(/\]\(\s*<?([^)>\s]*)/g))
    if (!plan.schemes.some((scheme) => address.toLowerCase().startsWith(scheme)))
      say(path, `links to "${address.slice(0, 40)}"`, "Start a link with https://.");
}

/** @param {string} text */
function isDay(text) {
  const year = Number(text.slice(0, 4));
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text) && year >= YEARS[0] && year <= YEARS[1];
}

/**
 * What takes more than one field to see.
 * @param {any} record
 * @param {Plan} plan
 * @param {(path: Problem["path"], wrong: string, advice?: string) => void} say
 */
function together(record, plan, say) {
  for (const stage of plan.schema.$defs.CaseStudy.properties.stages.propertyNames.enum)
    if (!(stage in record.stages)) say(["stages"], `does not say anything of the stage "${stage}"`, `Add ${stage}: not reported`);
  for (const list of ["lessons", "quotations"]) twice(record[list] ?? [], (item) => item.id, list, "id", say);
  twice(record.lessons, (lesson) => lesson.lesson.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, " ").trim(), "lessons", "lesson", say);
  for (const [position, place] of (record.places ?? []).entries())
    if (!(record.where.text ?? "").includes(place)) say(["places", position], `"${place}" is not in what \`where\` says`, "Leave it out.");
  const { consent, easy_read: easyRead } = record;
  if (consent.footing === "agreed with the people in it" && !(consent.checked_by && consent.checked_on))
    say(["consent"], "says that people agreed, but not who checked it and when", "Fill in checked_by and checked_on.");
  if (easyRead.status === "checked" && !(easyRead.checked_by && easyRead.checked_on))
    say(["easy_read"], "is `checked`, but not who checked it and when", "Fill in checked_by and checked_on.");
}

/**
 * @param {any[]} items
 * @param {(item: any) => string} told
 * @param {string} list
 * @param {string} name
 * @param {(path: Problem["path"], wrong: string, advice?: string) => void} say
 */
function twice(items, told, list, name, say) {
  const seen = new Set();
  for (const [position, item] of items.entries()) {
    if (seen.has(told(item))) say([list, position, name], "says the same as another", "Keep one of the two.");
    seen.add(told(item));
  }
}
