// @ts-check
/*
 * Sets of places in a list, one bit for each place: so that a filter of a long list takes no time that anybody sees.
 */

/** @typedef {Uint32Array} Places */

const BITS = 32;

/**
 * No place.
 * @param {number} total how long the list is
 * @returns {Places}
 */
export const none = (total) => new Uint32Array(Math.ceil(total / BITS));

/**
 * Every place.
 * @param {number} total
 */
export function every(total) {
  const all = none(total).fill(0xffffffff);
  if (total % BITS) all[all.length - 1] >>>= BITS - (total % BITS);
  return all;
}

/**
 * Add a place.
 * @param {Places} places
 * @param {number} place
 */
export const add = (places, place) => {
  places[place >>> 5] |= 1 << (place & 31);
};

/**
 * Whether a place is there.
 * @param {Places} places
 * @param {number} place
 */
export const has = (places, place) => ((places[place >>> 5] >>> (place & 31)) & 1) === 1;

/**
 * The places as macros/list_sets.py writes them.
 * @param {string} steps
 * @param {number} total
 */
export function fromSteps(steps, total) {
  const places = none(total);
  let place = -1;
  for (const step of steps.split(" ")) {
    place += (step ? parseInt(step, 36) : 0) + 1;
    add(places, place);
  }
  return places;
}

/**
 * What is in any of some sets.
 * @param {Places[]} sets
 * @param {number} total
 */
export function either(sets, total) {
  const found = none(total);
  for (const set of sets) for (let at = 0; at < found.length; at++) found[at] |= set[at];
  return found;
}

/**
 * What is in all of some sets.
 * @param {Places[]} sets
 * @param {number} total
 */
export function both(sets, total) {
  const found = every(total);
  for (const set of sets) for (let at = 0; at < found.length; at++) found[at] &= set[at];
  return found;
}

/**
 * How many places one set and another share, before a place if one is given.
 * @param {Places} one
 * @param {Places} other
 * @param {number} [before]
 */
export function shared(one, other, before = one.length * BITS) {
  let count = 0;
  for (let at = 0; at << 5 < before; at++) {
    let bits = one[at] & other[at];
    const left = before - (at << 5);
    if (left < BITS) bits &= (1 << left) - 1;
    // https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    count += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/**
 * The places, in order.
 * @param {Places} places
 * @returns {Generator<number>}
 */
export function* inOrder(places) {
  for (let at = 0; at < places.length; at++)
    for (let bits = places[at]; bits; bits &= bits - 1) yield (at << 5) + 31 - Math.clz32(bits & -bits);
}
