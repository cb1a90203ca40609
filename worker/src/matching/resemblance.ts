/**
 * Resemblance of words that no rule of `similarity.ts` brings together: letters that a reader of
 * photos confuses beside an edit or two, and brands spelled by ear in the other script. Weaker
 * evidence than similarity, looked for only where both sides have a word left over.
 */

import type { LineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/** How sure a resemblance makes us. */
const RESEMBLED = 0.7

/** Letters that print alike, folded to the first of each group. */
const PRINT_GROUPS = ['инй', 'осе0', 'шщц', 'лпд', 'ьыб6', 'зэ3', 'гт', 'ч4', 'в8']
const PRINTED = new Map(
  PRINT_GROUPS.flatMap((group) => [...group].map((letter) => [letter, group.charAt(0)] as const)),
)

const PRINT_LETTERS_MIN = 4
const LETTERS_PER_EDIT = 4

const EAR_LETTERS_MIN = 3
/** Cost of a letter that is heard at all, in parts of the word. */
const EAR_COST_MAX = 0.28
const VOWEL_COST = 0.3
const KIN_COST = 0.4

const VOWELS = 'аеиоуыэюяйьъ'
/** Consonants that foreign spellings exchange. */
const KIN = ['гхжч', 'сзцч', 'вфу', 'кхч', 'тд', 'бп', 'шжч']
const AKIN = new Set(
  KIN.flatMap((group) => [...group].flatMap((one) => [...group].map((other) => one + other))),
)

/** Folded letters back to the Latin ones that they look like. */
const LATIN_OF: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  е: 'e',
  н: 'h',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  т: 't',
  х: 'x',
  у: 'y',
}

/** How a Russian ear spells Latin letters, the longest first. */
const HEARD: readonly (readonly [string, string])[] = [
  ['sch', 'ш'],
  ['tch', 'ч'],
  ['igh', 'ай'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['ph', 'ф'],
  ['th', 'т'],
  ['wh', 'у'],
  ['ck', 'к'],
  ['qu', 'кв'],
  ['ee', 'и'],
  ['ea', 'и'],
  ['oo', 'у'],
  ['ce', 'се'],
  ['ci', 'си'],
  ['cy', 'си'],
  ['b', 'б'],
  ['c', 'к'],
  ['d', 'д'],
  ['f', 'ф'],
  ['g', 'г'],
  ['h', 'х'],
  ['i', 'и'],
  ['j', 'дж'],
  ['k', 'к'],
  ['l', 'л'],
  ['m', 'м'],
  ['n', 'н'],
  ['p', 'п'],
  ['q', 'к'],
  ['r', 'р'],
  ['s', 'с'],
  ['t', 'т'],
  ['u', 'у'],
  ['v', 'в'],
  ['w', 'в'],
  ['x', 'кс'],
  ['y', 'й'],
  ['z', 'з'],
  ['a', 'а'],
  ['e', 'е'],
  ['o', 'о'],
]

function printed(word: string): string {
  let result = ''
  for (const letter of word) result += PRINTED.get(letter) ?? letter
  return result
}

/** The word as Latin letters when all of it can be read so, else null. */
function latinOf(word: string): string | null {
  let result = ''
  for (const letter of word) {
    const latin = LATIN_OF[letter] ?? (letter >= 'a' && letter <= 'z' ? letter : null)
    if (latin === null) return null
    result += latin
  }
  return result
}

function heard(latin: string): string {
  const word = latin.length > EAR_LETTERS_MIN ? latin.replace(/e$/, '') : latin
  let result = ''
  for (let at = 0; at < word.length; ) {
    const [letters, sound] = HEARD.find(([one]) => word.startsWith(one, at)) ?? [word[at] ?? '', '']
    if (!result.endsWith(sound) || sound === '') result += sound
    at += letters.length
  }
  return result
}

/**
 * Least cost of making one word of the other, or of a beginning of the other when `isBeginning`.
 */
function cost(
  one: string,
  other: string,
  isBeginning: boolean,
  change: (one: string, other: string) => number,
  drop: (letter: string) => number,
): number {
  let row = [0]
  for (const letter of other) row.push((row.at(-1) ?? 0) + drop(letter))
  for (const letter of one) {
    const next = [(row[0] ?? 0) + drop(letter)]
    for (let to = 1; to <= other.length; to += 1) {
      const against = other.charAt(to - 1)
      next.push(
        Math.min(
          (row[to] ?? 0) + drop(letter),
          (next[to - 1] ?? 0) + drop(against),
          (row[to - 1] ?? 0) + (letter === against ? 0 : change(letter, against)),
        ),
      )
    }
    row = next
  }
  return isBeginning ? Math.min(...row) : (row[other.length] ?? 0)
}

const isVowel = (letter: string) => VOWELS.includes(letter)
const dropHeard = (letter: string) => (isVowel(letter) ? VOWEL_COST : 1)

function changeHeard(one: string, other: string): number {
  if (isVowel(one) && isVowel(other)) return VOWEL_COST
  return AKIN.has(one + other) ? KIN_COST : 1
}

/** Spelled by ear: a Cyrillic word, and what the other sounds like (empty: it is not Latin). */
function soundsLike(cyrillic: string, sound: string, isBeginning: boolean): boolean {
  if (sound === '' || cyrillic.length < EAR_LETTERS_MIN) return false
  if (!mayBegin(cyrillic.charAt(0), sound.charAt(0))) return false
  const all = cost(cyrillic, sound, isBeginning, changeHeard, dropHeard)
  return all <= EAR_COST_MAX * Math.min(cyrillic.length, sound.length)
}

/** What a word whose letters may all be Latin sounds like, in Cyrillic; empty for any other. */
export function soundOfLatin(text: string): string {
  const letters = latinOf(text)
  return letters === null || letters.length < EAR_LETTERS_MIN ? '' : heard(letters)
}

/** A glued brand is so many letters longer or shorter than it sounds. */
const EAR_LETTERS_OFF = 2

/** True when two words may begin so: alike, or as one is heard for the other. */
function mayBegin(one: string, other: string): boolean {
  return one === other || AKIN.has(one + other) || (isVowel(one) && isVowel(other))
}

/**
 * How many letters of a glued text, from each of its letters on, sound best like the whole of a
 * word that is spelled by ear; null when nowhere any do.
 */
export function heardIn(glued: string, sound: string): ArrayLike<number> | null {
  if (sound === '') return null
  const found = new Uint8Array(glued.length)
  for (let from = 0; from + EAR_LETTERS_MIN <= glued.length; from += 1) {
    if (mayBegin(glued.charAt(from), sound.charAt(0))) found[from] = heardFrom(glued, from, sound)
  }
  return found.some((letters) => letters > 0) ? found : null
}

function heardFrom(glued: string, from: number, sound: string): number {
  let best = 0
  let least = EAR_COST_MAX
  const longest = Math.min(glued.length - from, sound.length + EAR_LETTERS_OFF)
  const shortest = Math.max(EAR_LETTERS_MIN, sound.length - EAR_LETTERS_OFF)
  for (let letters = longest; letters >= shortest; letters -= 1) {
    const part = glued.slice(from, from + letters)
    const share = cost(part, sound, false, changeHeard, dropHeard) / letters
    if (share > least || (share === least && best > 0)) continue
    least = share
    best = letters
  }
  return best
}

function looksLike(one: string, other: string, isBeginning: boolean): boolean {
  if (one.length < PRINT_LETTERS_MIN || other.length < PRINT_LETTERS_MIN) return false
  const edits = Math.floor(one.length / LETTERS_PER_EDIT)
  if (!isBeginning && Math.abs(one.length - other.length) > edits) return false
  const [begins, against] = [printed(one.slice(0, 2)), printed(other.slice(0, 2))]
  const mayBe = [...begins].some((letter) => against.includes(letter))
  if (!mayBe) return false
  const all = cost(
    printed(one),
    printed(other),
    isBeginning,
    () => 1,
    () => 1,
  )
  return all <= edits
}

/**
 * How sure we are that the word of the line is the term, damaged: 0 or `RESEMBLED`. A word that the
 * catalogue has just so is no damaged other one, which is for the caller to ask.
 */
export function resemblance(token: LineToken, term: Term): number {
  if (token.kind !== 'word' || term.kind !== 'word') return 0
  if (token.variant !== 0 && term.variant !== 0 && token.variant !== term.variant) return 0
  const isBeginning = token.isShortened
  if (!token.isLatin && soundsLike(token.text, term.heard, isBeginning)) return RESEMBLED
  if (token.isLatin && !term.isLatin && soundsLike(term.text, soundOfLatin(token.text), false)) {
    return RESEMBLED
  }
  if (token.isLatin !== term.isLatin) return 0
  return looksLike(token.text, term.text, isBeginning) ? RESEMBLED : 0
}
