// @ts-check
/*
 * Puts answers into the controls of an OpenDocument file.
 */

import { unzip, zip } from "../template/zip.js";

const CONTROLS = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0";
const OPEN_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
const CONTENT = "content.xml";

/**
 * An OpenDocument file with answers in it.
 * @param {ArrayBuffer} data the file without them
 * @param {Map<string, string | boolean>} answers by name
 * @returns {Promise<Blob>}
 */
export async function filledOpen(data, answers) {
  const files = await unzip(data);
  const text = new DOMParser().parseFromString(new TextDecoder().decode(files.get(CONTENT)), "application/xml");
  for (const control of text.getElementsByTagNameNS(CONTROLS, "content-control")) {
    const answer = answers.get(control.getAttributeNS(CONTROLS, "tag") ?? "");
    if (typeof answer !== "string" || !answer) continue;
    control.removeAttributeNS(CONTROLS, "showing-place-holder");
    const lines = answer.split("\n").flatMap((line, number) => [
      ...(number ? [text.createElementNS(OPEN_TEXT, "text:line-break")] : []),
      text.createTextNode(line),
    ]);
    control.replaceChildren(...lines);
  }
  files.set(CONTENT, new TextEncoder().encode(new XMLSerializer().serializeToString(text)));
  return zip(files, "application/vnd.oasis.opendocument.text");
}
