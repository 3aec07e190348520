// @ts-check
/*
 * Keeps pages on the device of somebody who asked for it ("Keep pages on this device" on the page "Take the hub with
 * you"), and shows them where there is no network. It stands at the top of the site as worker.js.
 *
 * The network comes first: with one, nobody sees an old page. What somebody searched for is never kept.
 */
{
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const PAGES = "hub-pages"; // offline.js puts the templates into it, and deletes both
  const READ = "hub-read"; // what was read since: apart, so that it never takes the place of a template
  const MOST = 400; // files that are kept of what was read
  const LARGEST = 3_000_000; // bytes
  const HASHED = /\.[0-9a-f]{8}\.\w+$/; // never changes

  /** @param {Request} request */
  const named = (request) => request.url.replace(/[?#].*/, "");

  /**
   * What was kept under an address. (Not by caches.open: that makes what is not there, even after all was deleted.)
   * @param {string} address
   */
  const kept = async (address) =>
    (await caches.match(address, { cacheName: READ })) ?? (await caches.match(address, { cacheName: PAGES }));

  /**
   * Under a lock, which turning off waits for and then holds: so nothing is kept again after all was deleted.
   * @param {string} address
   * @param {Response} answer
   */
  async function keep(address, answer) {
    const whole = new Response(await answer.blob(), answer); // loaded before the lock, so that nobody waits for it
    await navigator.locks.request(PAGES, async () => {
      if (!(await caches.has(PAGES))) return; // turned off meanwhile
      const read = await caches.open(READ);
      await read.delete(address); // so that what was read last stands last
      await read.put(address, whole);
      const all = await read.keys();
      for (const old of all.slice(0, Math.max(0, all.length - MOST))) await read.delete(old);
    });
  }

  /**
   * @param {FetchEvent} event
   */
  async function answer(event) {
    const address = named(event.request);
    if (HASHED.test(address)) {
      const same = await kept(address);
      if (same) return same;
    }
    try {
      const fresh = await fetch(event.request, { cache: "no-cache" });
      const size = Number(fresh.headers.get("content-length") ?? 0);
      if (fresh.status === 200 && !fresh.redirected && size < LARGEST) event.waitUntil(keep(address, fresh.clone()));
      return fresh;
    } catch (failed) {
      const old = await kept(address);
      if (old) return old;
      const instead = event.request.mode === "navigate" && (await kept(new URL("not-kept/", worker.registration.scope).href));
      if (instead) return instead;
      throw failed;
    }
  }

  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener("fetch", (event) => {
    const { method, url, headers } = event.request;
    const ours = url.startsWith(worker.registration.scope);
    if (method === "GET" && ours && !headers.has("range")) event.respondWith(answer(event));
  });
}
