// What the survey (tests/survey.py) measures inside a page. Each function gives a list of faults, in words.
(() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(".skip-link, .visually-hidden");
  const words = (element) => (element.innerText ?? "").replace(/\s+/g, " ").trim();
  const name = (element) => `${element.tagName.toLowerCase()} "${words(element).slice(0, 40)}"`;
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

  /** Content wider than the window, and text cut off by a box that hides what runs over. */
  const lost = () => {
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth ? [`${root.scrollWidth - root.clientWidth} pixels too wide`] : [];
    for (const element of document.querySelectorAll("body *")) {
      const style = getComputedStyle(element);
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY) && seen(element) && !element.closest("svg");
      if (hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
        found.push(`cut off: ${name(element)}`);
    }
    return found;
  };

  /** Controls smaller than 44 by 44 pixels, but for links in a line of text (WCAG 2.5.5). */
  const small = () =>
    [...document.querySelectorAll(CONTROLS)].filter(seen).flatMap((element) => {
      const label = element.closest("label");
      const box = (label ?? element).getBoundingClientRect();
      if (box.width >= 43.9 && box.height >= 43.9) return [];
      if (getComputedStyle(element).display === "inline") {
        const line = element.closest("p, li, dd, td, th, figcaption, small");
        const links = [...(line?.querySelectorAll("a") ?? [])].map(words).join("");
        if (line && words(line).replace(/[\s,.]/g, "").length > links.replace(/[\s,.]/g, "").length + 8) return [];
      }
      return [`${Math.round(box.width)} by ${Math.round(box.height)}: ${name(element)}`];
    });

  /** Lines of more than 80 characters, or set closer than 1.5 times the size of the type (WCAG 1.4.8). */
  const dense = () =>
    [...document.querySelectorAll("main :is(p, li, dd, td)")].filter(seen).flatMap((element) => {
      const text = words(element);
      const style = getComputedStyle(element);
      if (element.querySelector("p, li, dd") || text.length < 120) return [];
      const range = document.createRange();
      range.selectNodeContents(element);
      const height = parseFloat(style.lineHeight);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top / height))).size;
      const found = height / parseFloat(style.fontSize) < 1.49 ? [`lines too close: ${name(element)}`] : [];
      const longest = Math.round(text.length / (lines - 0.5)); // the last line is half full
      return lines > 2 && longest > 80 ? [...found, `${longest} characters a line: ${name(element)}`] : found;
    });

  /** What stays in place or lies over other things, so that it could cover the focus. */
  const over = () =>
    [...document.querySelectorAll("body *")]
      .filter((element) => /fixed|sticky/.test(getComputedStyle(element).position))
      .map(name);

  /** What print leaves out of the content, or puts on dark paper. */
  const unprinted = () => {
    const main = document.querySelector("main");
    const found = [...main.querySelectorAll("*")]
      .filter((element) => !element.closest("nav, svg, form, [hidden], .without-script") && element.textContent.trim())
      .filter((element) => !element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
      .map((element) => `not printed: ${element.tagName} "${element.textContent.trim().slice(0, 40)}"`);
    const nav = [...document.querySelectorAll("header nav, footer, form[role=search], .contents")].filter(seen);
    const paper = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number);
    if (Math.min(...paper) < 200) found.push("dark paper");
    return [...found, ...nav.map((element) => `needless on paper: ${name(element)}`)];
  };

  /** Shapes that lose their outline where the device sets the colours. */
  const colourless = () => {
    const probe = document.createElement("i");
    probe.style.color = "CanvasText";
    document.body.append(probe);
    const ink = getComputedStyle(probe).color;
    probe.remove();
    return [...document.querySelectorAll("svg")].filter(seen).flatMap((picture) => {
      const drawn = [...picture.querySelectorAll("*")].map((shape) => getComputedStyle(shape));
      return drawn.some((style) => style.stroke === ink || style.fill === ink) ? [] : [`no ink: ${picture.ariaLabel}`];
    });
  };

  /** Tables without caption or scopes, headings without an address, regions that scroll and take no focus. */
  const unnamed = () => [
    ...[...document.querySelectorAll("table")].filter((table) => !table.caption || table.querySelector("th:not([scope])") || !table.querySelector("th")).map(name),
    ...[...document.querySelectorAll("main :is(h2, h3, h4, h5)")].filter((heading) => !heading.id && !heading.closest("[id]:not(main)")).map(name),
    ...[...document.querySelectorAll("body *")].filter((element) => seen(element) && element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX) && element.tabIndex < 0).map(name),
  ];

  globalThis.survey = { lost, small, dense, over, unprinted, colourless, unnamed };
})();
