const DIGIT_BITS = 16
const DIGITS = 1 << DIGIT_BITS
/** 14 decimal digits are below 2^48. */
const PASSES = 3

/**
 * Sorts whole numbers below 2^48 digit by digit, with a pause after each: comparing would take a
 * second for a million in one go. `places[at]` is where `values[at]` stood.
 */
export function* sortByNumber(
  given: Float64Array,
): Generator<void, { values: Float64Array; places: Uint32Array }> {
  // Filled one by one: `from` would gather all of them in a list of its own first.
  let places = new Uint32Array(given.length)
  for (let at = 0; at < places.length; at += 1) places[at] = at
  let sorted = new Uint32Array(given.length)
  let scale = 1
  for (let pass = 0; pass < PASSES; pass += 1) {
    const digitOf = (place: number) => Math.floor((given[place] ?? 0) / scale) % DIGITS
    const next = new Uint32Array(DIGITS + 1)
    for (const place of places) {
      const digit = digitOf(place)
      next[digit + 1] = (next[digit + 1] ?? 0) + 1
    }
    for (let digit = 0; digit < DIGITS; digit += 1) {
      next[digit + 1] = (next[digit + 1] ?? 0) + (next[digit] ?? 0)
    }
    for (const place of places) {
      const digit = digitOf(place)
      const slot = next[digit] ?? 0
      sorted[slot] = place
      next[digit] = slot + 1
    }
    ;[places, sorted] = [sorted, places]
    scale *= DIGITS
    yield
  }
  const values = new Float64Array(given.length)
  for (let at = 0; at < values.length; at += 1) values[at] = given[places[at] ?? 0] ?? 0
  return { values, places }
}
