// @ts-check
/*
 * Which records answer best: for each thing that is looked for the best way in which a record has it, added up.
 */

import { isNamed } from "./question.js";

/** @import { Row } from "./index.js" */
/** @import { Concept } from "./question.js" */

const ALL_COUNT = 1.5; // how much it counts that a record has everything that is looked for
const IN_PASSING = 0.6; // what a group of people counts beside other names: many questions name one in passing
const WORD_ONLY = 0.5; // what a word counts that is no name of anything, beside the names
const REST = 0.75; // what the other ways count in which a record has it
const SUPPORT = 0.5; // what the words count by which a thing is called
const FAR_BEHIND = 0.05; // of the best record's score; what has less is no answer

/**
 * The records that have something of what is looked for, the best first.
 * @param {Concept[]} concepts
 * @param {Row} [whole] the records whose title is the question
 * @param {boolean} [isDoubtful] whether nothing answers if no record has all that is looked for
 * @returns {number[]} their numbers
 */
export function rank(concepts, whole, isDoubtful = false) {
  /** @type {Map<number, { score: number, has: number }>} */
  const scores = new Map();
  const named = concepts.filter((concept) => isNamed(concept)).length;
  if (isDoubtful && !someRecordHasAll(concepts)) return [];
  let all = 0;
  for (const concept of concepts) {
    /** @type {Map<number, { best: number, rest: number }>} */
    const values = new Map();
    for (const { rows, weight, of = rows.length, support = [] } of concept.ways) {
      /** @type {Map<number, { sum: number, has: number }>} */
      const sums = new Map();
      const add = (/** @type {Row} */ row, /** @type {number} */ counts, /** @type {number} */ word) => {
        for (const [record, value] of row.places) {
          const { sum, has } = sums.get(record) ?? { sum: 0, has: 0 };
          sums.set(record, { sum: sum + counts * value, has: has + word });
        }
      };
      for (const row of rows) add(row, 1 / Math.sqrt(rows.length), 1 / of);
      for (const row of support) add(row, SUPPORT / support.length, 0);
      for (const [record, { sum, has }] of sums) {
        const value = weight * sum * (has || SUPPORT);
        const { best, rest } = values.get(record) ?? { best: 0, rest: 0 };
        values.set(record, { best: Math.max(best, value), rest: rest + Math.min(best, value) });
      }
    }
    const isPassing = named > 1 && (concept.everyday || isNamed(concept, "~people:") || isNamed(concept, "~term:co-production"));
    const says = isPassing ? IN_PASSING : isNamed(concept) ? 1 : WORD_ONLY;
    all += says;
    for (const [record, { best, rest }] of values) {
      const { score, has } = scores.get(record) ?? { score: 0, has: 0 };
      scores.set(record, { score: score + says * (best + REST * rest), has: has + says });
    }
  }
  for (const [record, value] of whole?.places ?? []) {
    const found = scores.get(record);
    if (found) found.score += value;
  }
  const ranked = [...scores]
    .map(([record, { score, has }]) => ({ record, score: score * (has / all) ** ALL_COUNT }))
    .sort((one, two) => two.score - one.score || one.record - two.record);
  return ranked.filter(({ score }) => score >= ranked[0].score * FAR_BEHIND).map(({ record }) => record);
}

/**
 * Whether some record has all that is looked for.
 * @param {Concept[]} concepts
 */
function someRecordHasAll(concepts) {
  const [first, ...others] = concepts.map(({ ways }) => new Set(ways.flatMap(({ rows }) => rows.flatMap(({ places }) => [...places.keys()]))));
  return [...first].some((record) => others.every((places) => places.has(record)));
}
