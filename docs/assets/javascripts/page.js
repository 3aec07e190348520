// @ts-check
/*
 * What every script of a page does with the page: waits for it, finds its parts, and loads files that belong to it.
 */

/** A file could not be loaded; the page has another way. */
export class NotLoaded extends Error {}

/** @type {Promise<unknown>} settled once the whole page is there */
export const ready =
  document.readyState === "loading" ? new Promise((done) => addEventListener("DOMContentLoaded", done)) : Promise.resolve();

/** Let the browser do what waits, so that no work of ours holds it up for long. */
export const breathe = () => new Promise((done) => setTimeout(done));

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

/**
 * The address of a page or file of the hub. Where no server finds the page of a folder, the home page's own link says
 * what such a page is called.
 * @param {string} path from the top of the hub
 */
export function addressOf(path) {
  const home = /** @type {HTMLAnchorElement} */ (document.querySelector(".site-name"));
  const index = /[^/]*$/.exec(new URL(home.href).pathname)?.[0] ?? "";
  const address = new URL(path, home.href);
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
