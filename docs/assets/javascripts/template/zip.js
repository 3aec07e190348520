// @ts-check
/*
 * Reads and writes zip files, which is what a Word file is, with what the browser has: no library is needed for it.
 * See https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.4.
 */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const MOST = 60_000_000; // bytes that are unpacked: what is larger is no form of ours

/** The file is no zip, or one that this cannot read. */
export class NoZip extends Error {}

/**
 * @param {Uint8Array} data
 * @param {CompressionStream | DecompressionStream} by
 * @returns {Promise<Uint8Array>}
 */
const through = async (data, by) =>
  new Uint8Array(await new Response(new Blob([/** @type {BlobPart} */ (data)]).stream().pipeThrough(by)).arrayBuffer());

/**
 * The files in a zip, by name.
 * @param {ArrayBuffer} buffer
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function unzip(buffer) {
  const view = new DataView(buffer);
  let end = buffer.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new NoZip();
  const files = new Map();
  let at = view.getUint32(end + 16, true);
  let total = 0;
  try {
    for (let left = view.getUint16(end + 10, true); left; left--) {
      if (view.getUint32(at, true) !== CENTRAL) throw new NoZip();
      const [method, packed, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
      const [named, extra, said] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
      const local = view.getUint32(at + 42, true);
      const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, named));
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const data = new Uint8Array(buffer, start, packed);
      total += size;
      if (total > MOST || (method !== 0 && method !== 8)) throw new NoZip();
      files.set(name, method ? await through(data, new DecompressionStream("deflate-raw")) : data);
      at += 46 + named + extra + said;
    }
  } catch (error) {
    throw error instanceof NoZip ? error : new NoZip();
  }
  return files;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1;
  return number;
});

/** @param {Uint8Array} data */
const checksum = (data) => ~data.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), ~0) >>> 0;

/**
 * A zip of some files, in their order. A file named `mimetype` is not compressed, as OpenDocument wants it.
 * @param {Map<string, Uint8Array>} files
 * @param {string} type of the zip as a file
 * @returns {Promise<Blob>}
 */
export async function zip(files, type) {
  const parts = [];
  const central = [];
  let at = 0;
  for (const [name, data] of files) {
    const stored = name === "mimetype";
    const packed = stored ? data : await through(data, new CompressionStream("deflate-raw"));
    const named = new TextEncoder().encode(name);
    const head = new DataView(new ArrayBuffer(30));
    head.setUint32(0, LOCAL, true);
    head.setUint16(4, 20, true);
    head.setUint16(6, 0x800, true); // names are UTF-8
    head.setUint16(8, stored ? 0 : 8, true);
    head.setUint16(12, 0x21, true); // 1 January 1980: nobody needs to know when somebody wrote
    head.setUint32(14, checksum(data), true);
    head.setUint32(18, packed.length, true);
    head.setUint32(22, data.length, true);
    head.setUint16(26, named.length, true);
    const entry = new Uint8Array(46);
    const record = new DataView(entry.buffer);
    record.setUint32(0, CENTRAL, true);
    record.setUint16(4, 20, true);
    entry.set(new Uint8Array(head.buffer, 4, 26), 6);
    record.setUint32(42, at, true);
    parts.push(head.buffer, named, packed);
    central.push(entry, named);
    at += 30 + named.length + packed.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, files.size, true);
  end.setUint16(10, files.size, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return new Blob(/** @type {BlobPart[]} */ ([...parts, ...central, end.buffer]), { type });
}
