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
  for (const { content } of document.querySelectorAll("meta[name=asks-for]"))
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href: content }));
