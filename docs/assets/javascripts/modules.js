// @ts-check
/*
 * Runs the module that a page names in its head (`extra.components` in mkdocs.yml), and asks at once for what it will
 * ask for if the address holds a question, so that both load together. Without the module the page is as without script.
 *
 * A plain script in the page and no module: what is only for pages without script must be gone before the first paint.
 */
document.documentElement.classList.add("with-script");
for (const link of document.querySelectorAll("link[rel=modulepreload]"))
  import(/** @type {HTMLLinkElement} */ (link).href).catch(() => document.documentElement.classList.remove("with-script"));
document.documentElement.classList.toggle("asked", location.search !== "");
if (location.search)
  for (const { content, dataset } of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll("meta[name=asks-for]"))) {
    const ask = (/** @type {string} */ href) =>
      document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href }));
    ask(content);
    if (!dataset.pieces) continue;
    const starts = dataset.pieces.split(" ");
    const words = (new URLSearchParams(location.search).get("q") ?? "").toLowerCase().match(/[a-z\d]+/g) ?? [];
    // Most are the pieces that index.js will ask for. A wrong guess costs one file.
    const pieces = words.slice(0, 8).map((word) => Math.max(0, starts.findLastIndex((start) => start <= word)));
    for (const piece of new Set(pieces)) ask(content.replace("index", `words-${piece}`));
  }
