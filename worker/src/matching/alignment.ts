/**
 * Which token of a line stands for which term of a product. One to one, the surest pairs first;
 * then the ways in which tills join and split words.
 */

import type { LineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/**
 * Result of aligning a line with one product; both arrays hold how sure each token or term is
 * explained, 0 … 1.
 */
export interface Alignment {
  readonly lineSure: Float64Array
  readonly productSure: Float64Array
}

/** Similarity of a line token (by place) to a product term (by place). */
type Similarities = (lineAt: number, productAt: number) => number

/** What is looked for only where words are left over; by places too. */
interface Damaged {
  readonly resemblance: Similarities
  /** Letters of the token that sound like the whole term, from each of its letters on. */
  readonly heard: (lineAt: number, productAt: number) => ArrayLike<number> | null
}

interface Pair {
  readonly lineAt: number
  readonly productAt: number
  readonly sure: number
  readonly rank: number
  /** A word that the name repeats, or the very same number. */
  readonly mayRepeat: boolean
}

/**
 * A repeated word (`Рогачев … Рогачев`) is explained by the one that already has its partner, if it
 * is this sure.
 */
const REPEAT_SURE_MIN = 0.9
const JOINED = 0.97
const CONTRACTED = 0.9
const GLUED_LETTERS_MIN = 4
const GLUED_SURE = 0.95
/** More letters of a glued text left over are a word by themselves. */
const LEFT_LETTERS_MAX = 2
/** How sure a glued text is of which a word is left over. */
const LEFT_OVER_SURE = 0.3
/** Words of one product that one text may hold. */
const GLUED_WORDS_MAX = 8
/** Places of one text, with the words left, that are looked at. */
const SPELLINGS_MAX = 2_000
/** A word that is explained less is left over. */
const EXPLAINED_SURE_MIN = 0.45
/** A piece of a glued word is so many letters of its word, or all of it. */
const PIECE_LETTERS_MIN = 3
/** Order breaks ties: a pair far off the diagonal ranks this much lower at most. */
const ORDER_SHARE = 0.04

function pairsOf(
  tokens: readonly LineToken[],
  product: number,
  similarities: Similarities,
): Pair[] {
  const line = tokens.length
  const pairs: Pair[] = []
  for (let lineAt = 0; lineAt < line; lineAt += 1) {
    for (let productAt = 0; productAt < product; productAt += 1) {
      const sure = similarities(lineAt, productAt)
      if (sure === 0) continue
      const offDiagonal = Math.abs(lineAt / line - productAt / product)
      const isWord = tokens[lineAt]?.kind === 'word'
      const mayRepeat = sure >= (isWord ? REPEAT_SURE_MIN : 1)
      pairs.push({ lineAt, productAt, sure, rank: sure - ORDER_SHARE * offDiagonal, mayRepeat })
    }
  }
  return pairs.sort((one, other) => other.rank - one.rank)
}

function matchPairs(pairs: readonly Pair[], { lineSure, productSure }: Alignment): void {
  for (const { lineAt, productAt, sure } of pairs) {
    if (lineSure[lineAt] !== 0 || productSure[productAt] !== 0) continue
    lineSure[lineAt] = sure
    productSure[productAt] = sure
  }
  for (const { lineAt, productAt, sure, mayRepeat } of pairs) {
    if (!mayRepeat) continue
    if (lineSure[lineAt] === 0) lineSure[lineAt] = sure
    if (productSure[productAt] === 0) productSure[productAt] = sure
  }
}

/** `р-р` is раствор, `к-та` кислота: beginning and end of one word tied by a hyphen or slash. */
function matchContraction(
  line: readonly LineToken[],
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  const head = line[lineAt]
  const tail = line[lineAt + 1]
  if (head === undefined || tail === undefined || !head.isTied || tail.kind !== 'word') return
  if (lineSure[lineAt + 1] !== 0 && lineSure[lineAt] !== 0) return
  const at = terms.findIndex(
    (term, termAt) =>
      term.kind === 'word' &&
      (productSure[termAt] ?? 0) < CONTRACTED &&
      term.text.length > head.text.length + tail.text.length &&
      term.text.startsWith(head.text) &&
      term.text.endsWith(tail.text),
  )
  if (at < 0) return
  lineSure[lineAt] = CONTRACTED
  lineSure[lineAt + 1] = CONTRACTED
  productSure[at] = CONTRACTED
}

/** Words of the product that a glued text shows, and how many of its letters they explain. */
interface Spelling {
  readonly letters: number
  readonly places: readonly number[]
}

const NOTHING_SPELLED: Spelling = { letters: 0, places: [] }

/** A word of the product that a glued text may hold. */
interface Piece {
  readonly at: number
  readonly text: string
  readonly heard: ArrayLike<number> | null
}

/** So many letters of the glued text, from `from` on, may be of the word; the most first. */
function lettersOf(glued: string, from: number, { text, heard }: Piece): readonly number[] {
  let shown = 0
  while (shown < text.length && text.charCodeAt(shown) === glued.charCodeAt(from + shown)) {
    shown += 1
  }
  const least = Math.min(text.length, PIECE_LETTERS_MIN)
  const letters = Array.from({ length: Math.max(0, shown - least + 1) }, (_, at) => shown - at)
  const sounding = heard?.[from] ?? 0
  return sounding === 0 ? letters : [sounding, ...letters]
}

/**
 * The most letters of a glued text, from `from` on, that beginnings of the product's words explain,
 * in any order and each word once. What was found for a place and the words left is not looked for
 * again.
 */
function spelled(
  glued: string,
  from: number,
  pieces: readonly Piece[],
  known: Map<string, Spelling>,
): Spelling {
  if (from >= glued.length || pieces.length === 0) return NOTHING_SPELLED
  const key = `${from} ${pieces.map(({ at }) => at).join(' ')}`
  const before = known.get(key)
  if (before !== undefined) return before
  // Beyond it, whatever has been found is all: no text takes long.
  if (known.size >= SPELLINGS_MAX) return NOTHING_SPELLED
  let best = spelled(glued, from + 1, pieces, known)
  for (const piece of pieces) {
    for (const letters of lettersOf(glued, from, piece)) {
      const others = pieces.filter((other) => other !== piece)
      const rest = spelled(glued, from + letters, others, known)
      if (letters + rest.letters <= best.letters) continue
      best = { letters: letters + rest.letters, places: [piece.at, ...rest.places] }
    }
  }
  known.set(key, best)
  return best
}

/** `кокакола` for `кока кола`, `плавсливван`: the line glues words that the product keeps apart. */
function matchGlued(
  line: readonly LineToken[],
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
  { heard }: Damaged,
): void {
  const token = line[lineAt]
  if (token === undefined || token.kind !== 'word' || token.text.length < GLUED_LETTERS_MIN) return
  if ((lineSure[lineAt] ?? 0) >= GLUED_SURE) return
  const pieces: Piece[] = []
  for (const [at, { kind, text }] of terms.entries()) {
    if (kind !== 'word' || (productSure[at] ?? 0) >= GLUED_SURE) continue
    const piece = { at, text, heard: heard(lineAt, at) }
    const isShown = token.text.includes(text.slice(0, PIECE_LETTERS_MIN))
    if (isShown || piece.heard !== null) pieces.push(piece)
  }
  if (pieces.length === 0 || pieces.length > GLUED_WORDS_MAX) return
  const { letters, places } = spelled(token.text, 0, pieces, new Map())
  const left = token.text.length - letters
  if (places.length === 0 || letters < left) return
  if (places.length === 1 && left > 1) return
  // Letters left over are a word that the product lacks; a few are a preposition.
  const share = left > LEFT_LETTERS_MAX ? LEFT_OVER_SURE : letters / token.text.length
  lineSure[lineAt] = Math.max(lineSure[lineAt] ?? 0, GLUED_SURE * share)
  for (const at of places) productSure[at] = Math.max(productSure[at] ?? 0, GLUED_SURE * share)
}

/** `кока кола` for `кокакола`: the product glues what the line keeps apart. */
function matchSplit(
  line: readonly LineToken[],
  lineAt: number,
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  const [head, tail] = [line[lineAt], line[lineAt + 1]]
  if (head?.kind !== 'word' || tail?.kind !== 'word') return
  if (lineSure[lineAt] !== 0 && lineSure[lineAt + 1] !== 0) return
  const whole = head.text + tail.text
  if (whole.length < GLUED_LETTERS_MIN) return
  const at = terms.findIndex((term) => term.kind === 'word' && term.text.startsWith(whole))
  if (at < 0) return
  lineSure[lineAt] = JOINED
  lineSure[lineAt + 1] = JOINED
  productSure[at] = Math.max(JOINED, productSure[at] ?? 0)
}

/** Words that both sides have left over and that resemble each other. */
function matchMisread(
  line: readonly LineToken[],
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
  { resemblance }: Damaged,
): void {
  for (const [lineAt, token] of line.entries()) {
    if (token.kind !== 'word' || (lineSure[lineAt] ?? 0) >= EXPLAINED_SURE_MIN) continue
    for (const [at, term] of terms.entries()) {
      if (term.kind !== 'word' || (productSure[at] ?? 0) >= EXPLAINED_SURE_MIN) continue
      const sure = resemblance(lineAt, at)
      if (sure <= (lineSure[lineAt] ?? 0)) continue
      lineSure[lineAt] = sure
      productSure[at] = sure
    }
  }
}

/**
 * Aligns a line with a product. Similarities come from outside, because candidates share most of
 * their terms.
 */
export function align(
  line: readonly LineToken[],
  terms: readonly Term[],
  similarities: Similarities,
): Alignment {
  const alignment = {
    lineSure: new Float64Array(line.length),
    productSure: new Float64Array(terms.length),
  }
  matchPairs(pairsOf(line, terms.length, similarities), alignment)
  for (const at of line.keys()) {
    matchContraction(line, at, terms, alignment)
    matchSplit(line, at, terms, alignment)
  }
  return alignment
}

/** Adds to an alignment what print and photos have damaged: words glued, and words misread. */
export function alignDamaged(
  line: readonly LineToken[],
  terms: readonly Term[],
  alignment: Alignment,
  damaged: Damaged,
): void {
  for (const at of line.keys()) matchGlued(line, at, terms, alignment, damaged)
  matchMisread(line, terms, alignment, damaged)
}
