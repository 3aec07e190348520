// @ts-check
/*
 * Writes a case study as YAML, and reads what was written so. Every text stands in quotation marks, as JSON has them,
 * which YAML reads alike; so nothing that somebody types can be taken for YAML.
 */

/** @typedef {string | Data[] | { [name: string]: Data }} Data */

/** The file was not written here, or was changed by hand in a way that is not read here. */
export class NotOurs extends Error {}

/**
 * Data as YAML, each line with its line break.
 * @param {Data} data
 * @param {string} [indent]
 * @returns {string}
 */
export function written(data, indent = "") {
  const entry = (/** @type {string} */ name, /** @type {Data} */ value) => {
    if (typeof value === "string") return `${indent}${name} ${JSON.stringify(value)}\n`;
    const inside = written(value, `${indent}  `);
    return inside ? `${indent}${name}\n${inside}` : `${indent}${name} []\n`;
  };
  if (Array.isArray(data)) return data.map((item) => entry("-", item)).join("");
  return Object.entries(data).map(([name, value]) => entry(`${name}:`, value)).join("");
}

/**
 * What a file that was written so holds. Comments and empty lines are left out.
 * @param {string} text
 * @returns {Data}
 * @throws {NotOurs}
 */
export function read(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() && !/^\s*#/.test(line));
  let at = 0;
  const depth = () => (at < lines.length ? /^ */.exec(lines[at])?.[0].length ?? 0 : -1);
  const scalar = (/** @type {string} */ typed) => {
    if (typed === "[]") return [];
    if (!typed.startsWith('"')) {
      if (/^[A-Za-z0-9][^#:]*$/.test(typed)) return typed; // plain words, as people and `hub read` write them
      throw new NotOurs(typed);
    }
    try {
      return String(JSON.parse(typed));
    } catch {
      throw new NotOurs(typed);
    }
  };
  /** @type {(deep: number) => Data} */
  const block = (deep) => {
    const isList = /^ *-( |$)/.test(lines[at]);
    /** @type {Data[]} */
    const list = [];
    /** @type {{ [name: string]: Data }} */
    const group = {};
    while (depth() === deep) {
      const [, name, typed] = /^ *(-|[A-Za-z0-9_-]+:)(?: (.+))?$/.exec(lines[at]) ?? [];
      if (!name || (name === "-") !== isList) throw new NotOurs(lines[at]);
      at++;
      if (typed === undefined && depth() <= deep) throw new NotOurs(lines[at - 1]);
      const value = typed === undefined ? block(depth()) : scalar(typed.trim());
      if (isList) list.push(value);
      else group[name.slice(0, -1)] = value;
    }
    if (depth() > deep) throw new NotOurs(lines[at]);
    return isList ? list : group;
  };
  if (!lines.length) throw new NotOurs(text);
  const data = block(0);
  if (at < lines.length) throw new NotOurs(lines[at]);
  return data;
}
