// @ts-check
/*
 * Text as words. The steps are those of `fold` in macros/search_words.py; a test holds the two together.
 */

/** A word. */
export const WORD = /[\p{L}\p{N}]+(?:[-\u2010-\u2015][\p{L}\p{N}]+)*/gu;

/**
 * The words of a text, as they were typed but for accents and apostrophes; hyphens stay inside words.
 * @param {string} text
 * @returns {string[]}
 */
export const split = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[\u2010-\u2015-]/g, "-")
    .replace(/['\u2018\u2019](?:s(?![\p{L}\p{N}_]))?/giu, "")
    .match(WORD) ?? [];

/**
 * A word as it is looked up.
 * @param {string} word
 */
export const fold = (word) => word.toLowerCase().replaceAll("-", "");
