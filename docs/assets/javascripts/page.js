// @ts-check
/*
 * What every script of a page does with the page: waits for it, finds its parts, and loads files that belong to it.
 */

/** A file could not be loaded; the page has another way. */
export class NotLoaded extends Error {}

/** @type {Promise<unknown>} settled once the whole page is there */
export const ready =
  document.readyState === "loading" ? new Promise((done) => addEventListener("DOMContentLoaded", done)) : Promise.resolve();

/**
 * Let the browser do what waits, if our work has held it up for a while.
 * @param {number} since when this stretch of work began, in ms
 * @returns {Promise<number>} when the next one begins
 */
export async function breathe(since) {
  if (performance.now() - since < AT_A_STRETCH) return since;
  const page = /** @type {{ scheduler?: { yield?: () => Promise<void> } }} */ (globalThis);
  await (page.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done)));
  return performance.now();
}
const AT_A_STRETCH = 25; // ms: a frame that nothing new is in costs about ten, so not every step is worth one

/** Wait until the page as it is now is on the screen. */
export const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, PAUSE)));
const PAUSE = 20; // ms, since the frame is only made after its requestAnimationFrame

/**
 * Put things into the page a few at a time: at once those that fill a window, the others after that was painted.
 * @template Thing
 * @param {Thing[]} things
 * @param {(some: Thing[]) => void | Promise<void>} put
 * @returns {Promise<() => Promise<void>>} what puts the others; settled once all are there
 */
export async function inParts(things, put) {
  await put(things.slice(0, AT_FIRST));
  const size = Math.max(AT_FIRST, Math.ceil((things.length - AT_FIRST) / PARTS));
  return async () => {
    for (let at = AT_FIRST; at < things.length; at += size) {
      await painted();
      await put(things.slice(at, at + size));
    }
  };
}
export const AT_FIRST = 3; // a phone shows two results or one lesson, a laptop three or two
const PARTS = 3; // more would keep the page from resting, fewer make it stop

/**
 * A part of the page by what it is for.
 * @param {ParentNode} within
 * @param {string} name
 */
export const slot = (within, name) => /** @type {HTMLElement} */ (within.querySelector(`[data-${name}]`));

/**
 * A copy of what a template holds.
 * @param {ParentNode} within
 * @param {string} selector
 */
export const copy = (within, selector) =>
  /** @type {HTMLElement} */ (
    /** @type {HTMLTemplateElement} */ (within.querySelector(selector)).content.firstElementChild?.cloneNode(true)
  );

/** @type {string | undefined} */
let home;

/**
 * The address of a page or file of the hub. Where no server finds the page of a folder, the home page's own link says
 * what such a page is called.
 * @param {string} path from the top of the hub
 */
export function addressOf(path) {
  home ??= /** @type {HTMLAnchorElement} */ (document.querySelector(".site-name")).href;
  const index = /[^/]*$/.exec(new URL(home).pathname)?.[0] ?? "";
  const address = new URL(path, home);
  if (address.pathname.endsWith("/")) address.pathname += index;
  return address.href;
}

/**
 * Load a file of the hub. One that stands in the page, as in the pack, which works without a server, is taken from there.
 * @param {string} path from the top of the hub
 * @returns {Promise<Response>}
 */
export async function load(path) {
  await ready;
  const packed = document.querySelector(`script[data-file="${path}"]`)?.textContent;
  if (packed) return new Response(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  const response = await fetch(addressOf(path)).catch(() => undefined);
  if (!response?.ok) throw new NotLoaded(path);
  return response;
}
