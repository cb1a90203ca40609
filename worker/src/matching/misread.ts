/**
 * Letters that a reader of photos takes for each other (`МОПОКО`, `ИЕКТАР`), after folding. A word
 * read with one of them wrong in three is still that word; any other letter makes it another.
 */

/** Letters of one group are drawn alike. */
const GROUPS = ['инй', 'осе', 'шщц', 'лпд', 'ьыб', 'зэ', 'гт', 'цu']

const LETTERS_MIN = 3
const LETTERS_PER_FAULT = 3

const ALIKE = new Set(
  GROUPS.flatMap((group) => [...group].flatMap((one) => [...group].map((other) => one + other))),
)

/** How many letters of the word are misread in the other's beginning; null when it is no misreading. */
export function misreadLetters(word: string, other: string): number | null {
  if (word.length < LETTERS_MIN || word.length > other.length) return null
  const most = Math.floor(word.length / LETTERS_PER_FAULT)
  let faults = 0
  for (let at = 0; at < word.length; at += 1) {
    if (word.charCodeAt(at) === other.charCodeAt(at)) continue
    faults += 1
    if (faults > most || !ALIKE.has(word.charAt(at) + other.charAt(at))) return null
  }
  return faults
}
