// @ts-check
/*
 * Puts answers into the controls of a Word file, and takes them out again.
 */

import { unzip, zip } from "./zip.js";

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml";
const TEXT = "word/document.xml";
const [TICKED, EMPTY] = ["☒", "☐"];

/** The file is a zip, and no form of ours. */
export class NoForm extends Error {}

/**
 * @param {Element | Document} within
 * @param {string} name
 * @returns {Element[]}
 */
const all = (within, name) => [...within.getElementsByTagNameNS(WORD, name)];

/** @param {Element | undefined} element */
const value = (element) => element?.getAttributeNS(WORD, "val") ?? "";

/** @param {Document} text */
const controls = (text) => all(text, "sdt").map((control) => ({ control, name: value(all(control, "tag")[0]) }));

/**
 * The files of a Word file, and its text.
 * @param {ArrayBuffer} data
 */
async function open(data) {
  const files = await unzip(data);
  const written = files.get(TEXT);
  if (!written) throw new NoForm();
  const text = new DOMParser().parseFromString(new TextDecoder().decode(written), "application/xml");
  if (text.querySelector("parsererror") || !controls(text).length) throw new NoForm();
  return { files, text };
}

/**
 * A Word file with answers in it.
 * @param {ArrayBuffer} data the file without them
 * @param {Map<string, string | boolean>} answers by name; true and false for what can be ticked
 * @returns {Promise<Blob>}
 */
export async function filled(data, answers) {
  const { files, text } = await open(data);
  for (const { control, name } of controls(text)) {
    const answer = answers.get(name);
    const content = all(control, "sdtContent")[0];
    if (typeof answer === "boolean") {
      const ticked = control.getElementsByTagNameNS(WORD_2010, "checked")[0];
      ticked?.setAttributeNS(WORD_2010, "w14:val", answer ? "1" : "0");
      all(content, "t")[0].textContent = answer ? TICKED : EMPTY;
    } else if (answer) {
      for (const mark of all(control, "showingPlcHdr")) mark.remove();
      const run = text.createElementNS(WORD, "w:r");
      for (const [number, line] of answer.split("\n").entries()) {
        if (number) run.append(text.createElementNS(WORD, "w:br"));
        const words = text.createElementNS(WORD, "w:t");
        words.setAttribute("xml:space", "preserve");
        words.textContent = line;
        run.append(words);
      }
      content.replaceChildren(run);
    }
  }
  files.set(TEXT, new TextEncoder().encode(new XMLSerializer().serializeToString(text)));
  return zip(files, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
}

/**
 * The answers in a Word file, by name.
 * @param {ArrayBuffer} data
 * @returns {Promise<Map<string, string | boolean>>}
 */
export async function answersIn(data) {
  const { text } = await open(data);
  const answers = new Map();
  for (const { control, name } of controls(text)) {
    const ticked = control.getElementsByTagNameNS(WORD_2010, "checked")[0];
    if (ticked) answers.set(name, ["1", "true"].includes(ticked.getAttributeNS(WORD_2010, "val") ?? ""));
    else if (!all(control, "showingPlcHdr").length) answers.set(name, said(all(control, "sdtContent")[0]));
  }
  return answers;
}

/**
 * What stands in a control, with its lines.
 * @param {Element} content
 */
function said(content) {
  let words = "";
  for (const part of content.querySelectorAll("*")) {
    if (part.namespaceURI !== WORD) continue;
    if (part.localName === "t") words += part.textContent;
    else if (part.localName === "br" || (part.localName === "p" && words)) words += "\n";
    else if (part.localName === "tab") words += "\t";
  }
  return words;
}
