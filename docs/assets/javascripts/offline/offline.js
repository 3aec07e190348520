// @ts-check
/*
 * Lets a reader keep pages on this device: those they read from then on, and all templates. Nothing is kept until they
 * ask, and one press deletes all of it. The keeping itself is done by worker.js.
 */

import { addressOf, copy, load, ready, slot } from "../page.js";

await ready;

const [PAGES, READ] = ["hub-pages", "hub-read"]; // as in worker.js
const AT_ONCE = 8; // files asked for together

if ("serviceWorker" in navigator && "locks" in navigator && location.protocol.startsWith("http") && isSecureContext) {
  const offer = copy(document, "#offline");
  document.querySelector("main")?.append(offer);
  const status = slot(offer, "status");

  /**
   * @param {string} name of what is said
   * @param {string | number} [more]
   */
  const say = (name, more = "") => status.replaceChildren(copy(offer, `[data-say="${name}"]`), ` ${more}`);

  /** Show what is the case. */
  async function show() {
    const on = await caches.has(PAGES);
    slot(offer, "on").hidden = !on;
    slot(offer, "off").hidden = on;
    if (!on) return;
    const files = await Promise.all([PAGES, READ].map(async (name) => (await caches.open(name)).keys()));
    slot(offer, "count").textContent = String(new Set(files.flat().map(({ url }) => url)).size);
  }

  /**
   * The scripts and pictures that kept pages name in their heads.
   * @param {Cache} pages
   */
  async function scriptsOf(pages) {
    const found = new Set();
    for (const { url } of await pages.keys()) {
      if (!url.endsWith("/")) continue;
      const page = new DOMParser().parseFromString((await (await pages.match(url))?.text()) ?? "", "text/html");
      for (const link of page.querySelectorAll("link[rel=modulepreload], link[rel=icon]"))
        found.add(new URL(link.getAttribute("href") ?? "", url).href);
    }
    return [...found];
  }

  async function turnOn() {
    say("begun");
    try {
      await navigator.serviceWorker.register(addressOf("worker.js"), { updateViaCache: "none" });
      const pages = await caches.open(PAGES);
      /** @type {string[]} */
      const wanted = await (await load("offline.json")).json();
      for (let start = 0; start < wanted.length; start += AT_ONCE) {
        await pages.addAll(wanted.slice(start, start + AT_ONCE).map(addressOf));
        say("begun", `${Math.min(start + AT_ONCE, wanted.length)} / ${wanted.length}`);
      }
      await pages.addAll(await scriptsOf(pages));
      say("done");
      await show();
    } catch {
      await turnOff("failed");
    }
  }

  /** @param {string} name of what is said */
  async function turnOff(name) {
    await navigator.locks.request(PAGES, () => Promise.all([PAGES, READ].map((name) => caches.delete(name))));
    const registration = await navigator.serviceWorker.getRegistration(addressOf(""));
    await registration?.unregister();
    say(name);
    await show();
  }

  slot(offer, "turn-on").addEventListener("click", turnOn);
  slot(offer, "turn-off").addEventListener("click", () => turnOff("gone"));
  await show();
}
