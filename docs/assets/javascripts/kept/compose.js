// @ts-check
/*
 * Writes a Word file of headings and paragraphs, in the styles of one that is there.
 */

import { unzip, zip } from "../template/zip.js";

const NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const BODY = "word/document.xml";
/** @type {Record<string, string>} the style of each element; others are plain paragraphs */
const STYLES = { h2: "Heading1", h3: "Heading2", h4: "Heading3", h5: "Heading3", dt: "Question" };

/**
 * A Word file with other words in it.
 * @param {ArrayBuffer} data the file whose styles, margins and footer it has
 * @param {{ kind: string, text: string }[]} blocks
 * @returns {Promise<Blob>}
 */
export async function composed(data, blocks) {
  const files = await unzip(data);
  const xml = new DOMParser().parseFromString(new TextDecoder().decode(files.get(BODY)), "application/xml");
  const body = xml.getElementsByTagNameNS(NAMES, "body")[0];
  const end = body.getElementsByTagNameNS(NAMES, "sectPr")[0];
  const element = (/** @type {string} */ name) => xml.createElementNS(NAMES, `w:${name}`);
  const paragraphs = blocks.filter(({ text }) => text).map(({ kind, text }) => {
    const paragraph = element("p");
    if (STYLES[kind]) {
      const style = element("pStyle");
      style.setAttributeNS(NAMES, "w:val", STYLES[kind]);
      paragraph.append(element("pPr"));
      paragraph.firstElementChild?.append(style);
    }
    const words = element("t");
    words.setAttribute("xml:space", "preserve");
    words.textContent = kind === "li" ? `• ${text}` : text;
    const run = element("r");
    run.append(words);
    paragraph.append(run);
    return paragraph;
  });
  body.replaceChildren(...paragraphs, end);
  files.set(BODY, new TextEncoder().encode(new XMLSerializer().serializeToString(xml)));
  return zip(files, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
}
