/**
 * How sure we are that a token of a line stands for a term of the catalogue: 0 (no) to 1 (the
 * same).
 */

import { variantOf } from './lexicon.ts'
import { misreadLetters } from './misread.ts'
import type { Token } from './normalise.ts'
import { isLatin, skeletonOf, soundOf } from './skeleton.ts'
import type { Term } from './vocabulary.ts'

/** A token of the line with what comparing it takes. */
export interface LineToken extends Token {
  readonly variant: number
  readonly skeleton: string
  /** The skeleton with letters of like sound as one. */
  readonly sound: string
  readonly isLatin: boolean
  /** The word ends where it was cut or with a full stop: only its beginning is to be trusted. */
  readonly isShortened: boolean
}

const SURE = 1
const SAME_VARIANT = 0.95
const INFLECTED = 0.9
const VOWELS_DROPPED = 0.9
const TRANSLITERATED = 0.85
const SOUNDS_ALIKE = 0.8
/** Two consonants in another script (`dove`, `дав`): a hint. */
const SHORT_SOUNDS_ALIKE = 0.7
const ONE_TYPO = 0.85
const MISREAD = 0.85
const TWO_TYPOS = 0.75
const NUMBER_WITHOUT_UNIT = 0.95
/** A bare number that ends a cut line: it may be whole, or the first digits of a longer one. */
const NUMBER_CUT_EQUAL = 0.8
const NUMBER_CUT_BEGINS = 0.5
/** Two digits leave few sizes that a shop sells. */
const NUMBER_CUT_BEGINS_LONG = 0.7
const DIGITS_LONG = 2

/**
 * By letters of a beginning: marked as shortened, and not. One or two letters begin too many words.
 */
const BEGINNING_MARKED = [0, 0.75, 0.9, 0.97, 0.98]
const BEGINNING_PLAIN = [0, 0.4, 0.7, 0.92, 0.96]

const SHORTENED_BY_CATALOGUE = [0, 0.15, 0.3, 0.8, 0.92]
const ENDING_LETTERS_MAX = 3
/** `апельсиновый` is an orange; `лапшакурица` is more than noodles. */
const VARIANT_ENDING_MAX = 4

/** `лимон` is no beginning of `лимонад`, but `чер` may be one of `черника` as well as black. */
const WHOLE_VARIANT_LETTERS_MIN = 5

const INFLECTION_LETTERS_MIN = 4
const INFLECTION_TAIL_MAX = 4
const INFLECTION_SHARE_MIN = 0.6
const TYPO_LETTERS_MIN = 5
const TWO_TYPOS_LETTERS_MIN = 9
const SKELETON_LETTERS_MIN = 3

function byLetters(table: readonly number[], letters: number): number {
  return table[Math.min(letters, table.length - 1)] ?? 0
}

function commonBeginning(one: string, other: string): number {
  const limit = Math.min(one.length, other.length)
  let at = 0
  while (at < limit && one.charCodeAt(at) === other.charCodeAt(at)) at += 1
  return at
}

/** True when the letters of `short` appear in `long` in order. */
function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (let to = 0; to < long.length && at < short.length; to += 1) {
    if (long.charCodeAt(to) === short.charCodeAt(at)) at += 1
  }
  return at === short.length
}

/**
 * Edits (insert, delete, replace, swap of neighbours) between two words, or `limit + 1` when there
 * are more.
 */
export function edits(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at]
    let least = at
    for (let to = 1; to <= other.length; to += 1) {
      const isSame = one.charCodeAt(at - 1) === other.charCodeAt(to - 1)
      let cost = Math.min(
        (row[to] ?? 0) + 1,
        (next[to - 1] ?? 0) + 1,
        (row[to - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isSwap =
        at > 1 &&
        to > 1 &&
        one.charCodeAt(at - 1) === other.charCodeAt(to - 2) &&
        one.charCodeAt(at - 2) === other.charCodeAt(to - 1)
      if (isSwap) cost = Math.min(cost, (before[to - 2] ?? 0) + 1)
      next.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = row
    row = next
  }
  return row[other.length] ?? limit + 1
}

/**
 * The catalogue has the shorter word: an ending (`кокосы`, `кокос`), hardly `пит`. Many letters
 * more are another word that lost its blank (`юбилейноемолоч`), of which nothing is known.
 */
function longerThan(text: string, shorter: string): number {
  const isEnding = text.length - shorter.length <= ENDING_LETTERS_MAX
  if (isEnding && shorter.length >= INFLECTION_LETTERS_MIN) return INFLECTED
  const sure = byLetters(SHORTENED_BY_CATALOGUE, shorter.length)
  return isEnding ? sure : sure * (shorter.length / text.length)
}

function inflected(one: string, other: string): number {
  const common = commonBeginning(one, other)
  const longest = Math.max(one.length, other.length)
  const isClose =
    common >= INFLECTION_LETTERS_MIN &&
    longest - common <= INFLECTION_TAIL_MAX &&
    common >= INFLECTION_SHARE_MIN * longest
  return isClose ? INFLECTED : 0
}

/** A brand in the other script (`nescafe`, `нескафе`), perhaps only its beginning. */
function transliterated(line: LineToken, term: Term): number {
  if (line.isLatin === term.isLatin || line.skeleton.length < 2) return 0
  const isExact = line.skeleton === term.skeleton
  if (isExact && line.skeleton.length >= SKELETON_LETTERS_MIN) return TRANSLITERATED
  const { sound } = line
  const other = term.sound
  if (sound === other) {
    const isLong = sound.length >= SKELETON_LETTERS_MIN
    const lengths = Math.abs(line.text.length - term.text.length)
    if (isLong) return SOUNDS_ALIKE
    return line.text.length > 2 && lengths <= 1 ? SHORT_SOUNDS_ALIKE : 0
  }
  const isBeginning = line.isShortened && sound.length >= SKELETON_LETTERS_MIN
  return isBeginning && other.startsWith(sound) ? SOUNDS_ALIKE : 0
}

/** Vowels dropped: the consonants are the beginning of the term's, the vowels left are its own. */
function bySkeleton(line: LineToken, term: Term): number {
  const { skeleton } = line
  if (!term.skeleton.startsWith(skeleton) || line.text.length < SKELETON_LETTERS_MIN) return 0
  const hasEnough = skeleton.length >= SKELETON_LETTERS_MIN || line.text === skeleton
  return hasEnough && isSubsequence(line.text, term.text) ? VOWELS_DROPPED : 0
}

function mistyped(one: string, other: string): number {
  const shortest = Math.min(one.length, other.length)
  if (shortest < TYPO_LETTERS_MIN) return 0
  const limit = shortest >= TWO_TYPOS_LETTERS_MIN ? 2 : 1
  const count = edits(one, other, limit)
  if (count > limit) return 0
  return count <= 1 ? ONE_TYPO : TWO_TYPOS
}

/** A word of which a photo shows some letters wrongly, perhaps only its beginning. */
function misread(line: LineToken, term: Term): number {
  if (misreadLetters(line.text, term.text) === null) return 0
  if (line.text.length === term.text.length) return MISREAD
  const table = line.isShortened ? BEGINNING_MARKED : BEGINNING_PLAIN
  return MISREAD * byLetters(table, line.text.length)
}

/** Two words of one variant, unless the line's is so much longer that it holds another word. */
function sameVariant(text: string, term: string): number {
  return text.length - term.length > VARIANT_ENDING_MAX ? longerThan(text, term) : SAME_VARIANT
}

function compareWords(line: LineToken, term: Term): number {
  const { text } = line
  const bothNamed = line.variant !== 0 && term.variant !== 0
  const isOtherVariant = bothNamed && line.variant !== term.variant
  if (text.charCodeAt(0) !== term.text.charCodeAt(0)) {
    if (bothNamed) return isOtherVariant ? 0 : sameVariant(text, term.text)
    return transliterated(line, term) || misread(line, term)
  }
  if (text === term.text) return SURE
  if (term.text.startsWith(text)) {
    const sure = byLetters(line.isShortened ? BEGINNING_MARKED : BEGINNING_PLAIN, text.length)
    const isWholeWord = !line.isShortened && text.length >= WHOLE_VARIANT_LETTERS_MIN
    return isOtherVariant && isWholeWord ? 0 : sure
  }
  if (bothNamed) return isOtherVariant ? 0 : sameVariant(text, term.text)
  if (text.startsWith(term.text)) return longerThan(text, term.text)
  return (
    inflected(text, term.text) ||
    bySkeleton(line, term) ||
    transliterated(line, term) ||
    mistyped(text, term.text) ||
    misread(line, term)
  )
}

const TOLERANCE = 0.004

function equals(one: number, other: number): boolean {
  return Math.abs(one - other) <= TOLERANCE * Math.max(one, other)
}

type Interval = Pick<Term, 'lo' | 'hi'>

/**
 * Two ranges must be the same (`4-8 кг` nappies are not `6-11 кг`); a point must be an end of the
 * range: milk of 3,5 % is another than milk of 3,4-4,5 %.
 */
function agree(one: Interval, other: Interval): boolean {
  const isPoint = one.lo === one.hi || other.lo === other.hi
  const sameLow = equals(one.lo, other.lo)
  const sameHigh = equals(one.hi, other.hi)
  return isPoint ? sameLow || sameHigh : sameLow && sameHigh
}

function isSize(kind: Token['kind']): boolean {
  return kind === 'mass' || kind === 'volume'
}

/** A number without a unit may be a size in any scale, a percentage or a count. */
function bareEquals(bare: number, isDecimal: boolean, other: Term | Token): boolean {
  if (equals(bare, other.lo) || equals(bare, other.hi)) return true
  return isSize(other.kind) && (isDecimal || bare < 10) && equals(bare * 1000, other.lo)
}

function compareNumbers(line: LineToken, term: Term): number {
  if (line.kind === 'number' && line.isShortened && !line.isDotted) return cutNumber(line, term)
  if (line.text === term.text) return SURE
  if (line.kind === term.kind) return agree(line, term) ? SURE : 0
  if (line.kind === 'number' && bareEquals(line.lo, line.isDecimal, term))
    return NUMBER_WITHOUT_UNIT
  if (term.kind === 'number' && bareEquals(term.lo, term.isDecimal, line))
    return NUMBER_WITHOUT_UNIT
  const areSizes = isSize(line.kind) && isSize(term.kind)
  return areSizes && equals(line.lo, term.lo) ? NUMBER_WITHOUT_UNIT : 0
}

/** A number at the very end of a cut line shows perhaps only its first digits. */
function cutNumber(line: LineToken, term: Term): number {
  if (bareEquals(line.lo, line.isDecimal, term)) return NUMBER_CUT_EQUAL
  const shown = line.text
  const isBeginning = `${term.lo}`.startsWith(shown) || `${term.lo / 1000}`.startsWith(shown)
  if (!isBeginning) return 0
  const digits = shown.replace(/\D/g, '').length
  return digits >= DIGITS_LONG ? NUMBER_CUT_BEGINS_LONG : NUMBER_CUT_BEGINS
}

/**
 * How sure we are that the line's token stands for the term, 0 … 1. Words never stand for numbers.
 */
export function similarity(line: LineToken, term: Term): number {
  if (line.kind === 'code' || term.kind === 'code') return line.text === term.text ? SURE : 0
  const areWords = line.kind === 'word'
  if (areWords !== (term.kind === 'word')) return 0
  return areWords ? compareWords(line, term) : compareNumbers(line, term)
}

/** A token of a line made ready for comparing; `isCut` says that a till may have cut the line. */
export function lineToken(token: Token, isCut: boolean): LineToken {
  const isWord = token.kind === 'word'
  const skeleton = isWord ? skeletonOf(token.text) : ''
  return {
    ...token,
    variant: isWord ? variantOf(token.text) : 0,
    skeleton,
    sound: soundOf(skeleton),
    isLatin: isWord && isLatin(token.text),
    isShortened: token.isDotted || (isCut && token.isLast),
  }
}
