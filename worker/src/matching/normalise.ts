/** From a raw name, of a receipt line or of a catalogue product, to tokens that can be compared. */

import { foldText, isDigit, isLetter } from './fold.ts'
import { slashTerm } from './lexicon.ts'
import { type Measure, type MeasureKind, readMeasures } from './measure.ts'

export type TokenKind = 'word' | MeasureKind

/** A word or a number of a name. Words carry zeros for the measure's fields. */
export interface Token {
  readonly kind: TokenKind
  /** Folded and canonical: `930мл` for both `0,93 л` and `930МЛ`. */
  readonly text: string
  readonly lo: number
  readonly hi: number
  readonly isDecimal: boolean
  /** The word is followed by a full stop, so that it is probably shortened. */
  readonly isDotted: boolean
  /** A hyphen or slash ties the word to the next one (`р-р`, `шок/ваниль`). */
  readonly isTied: boolean
  /** Nothing follows in the raw text: a till that cuts names may have cut this one. */
  readonly isLast: boolean
}

/** More tokens than any real name has. */
export const TOKENS_MAX = 32
const CODE_DIGITS_MIN = 4
const ALPHANUMERIC_LETTERS_MAX = 2

/** Digits that print and readers of photos put in place of letters. */
export const LETTER_OF_DIGIT: Readonly<Record<string, string>> = {
  0: 'о',
  3: 'з',
  4: 'ч',
  6: 'б',
  8: 'в',
}
/** A zero that begins or ends a word of some length is a letter (`0ТБОРНОЕ`, `МАСЛ0`; not `С0`). */
const FIRST_ZERO = /(^|[^a-zа-я\d.,])0(?=[а-я]{3})/g
const LAST_ZERO = /([а-я]{3})0(?![\dа-я.,])/g
const UNIT_BEHIND = /^(?:кг|гр?|мл|л|шт)(?![a-zа-я])/
const UNIT_LETTERS_SEEN = 3
const LEADING_LETTER_ZERO = /(^|[^a-zа-я])о(?=[.,]\d)/g
const BLANK_DECIMAL = /(^|\D)0 (\d{1,3})(?=\s?[лl](?![a-zа-я]))/g
const LEADING_CODE = /^[^a-zа-я\d]*(?:\d{1,3}[.):]\s*)?(?:\d+[:.;*]?\s+)?(?=[^\d]*[a-zа-я])/
const CARTON_BEFORE = /[/:(]$/
const CARTON_AFTER = /^\s*(?:[/)]|$)/

function repaired(folded: string): string {
  return folded
    .replace(LEADING_LETTER_ZERO, '$10')
    .replace(BLANK_DECIMAL, '$10,$2')
    .replace(FIRST_ZERO, '$1о')
    .replace(LAST_ZERO, '$1о')
}

/** Where the name begins after row numbers and the shop's own code (`1) `, `87191 `, `15032. `). */
function startOfName(text: string): number {
  const found = LEADING_CODE.exec(text)
  if (found === null) return 0
  const digits = found[0].replace(/\D/g, '')
  const hasRowMark = /\d[.):]\s/.test(found[0])
  return digits.length >= CODE_DIGITS_MIN || hasRowMark ? found[0].length : 0
}

function measureText(measure: Measure): string {
  const value = measure.lo === measure.hi ? `${measure.lo}` : `${measure.lo}-${measure.hi}`
  if (measure.kind === 'mass') return `${value}г`
  if (measure.kind === 'volume') return `${value}мл`
  if (measure.kind === 'percent') return `${value}%`
  if (measure.kind === 'count') return `х${value}`
  if (measure.kind === 'code') return `#${value}`
  return measure.isDecimal && Number.isInteger(measure.lo) ? `${value},0` : value
}

/** One pass over a folded name; the cursor moves, tokens gather. */
class Reader {
  readonly tokens: Token[] = []
  private readonly text: string
  private at: number

  constructor(text: string) {
    this.text = text
    this.at = startOfName(text)
  }

  read(): readonly Token[] {
    while (this.at < this.text.length && this.tokens.length < TOKENS_MAX) {
      const code = this.text.charCodeAt(this.at)
      if (isDigit(code)) this.readNumbers('')
      else if (isLetter(code)) this.readWord()
      else if (code === 0x2116) this.readNumbered(this.at + 1)
      else this.at += 1
    }
    return this.tokens
  }

  /** `№10`, `n30`, `х2`: a count written before its number. */
  private readNumbered(from: number): void {
    const start = this.text.charCodeAt(from) === 0x20 ? from + 1 : from
    this.at = isDigit(this.text.charCodeAt(start)) ? start : from
    if (this.at === start) this.readNumbers('count')
  }

  private readNumbers(forced: 'count' | ''): void {
    const start = this.at
    const { measures, end } = readMeasures(this.text, start)
    this.at = end
    const before = this.text.slice(Math.max(0, start - 1), start)
    const isCarton = CARTON_BEFORE.test(before) && CARTON_AFTER.test(this.text.slice(end, end + 2))
    const isCartonOf = before === '/' && measures.length === 1
    for (const measure of measures) {
      const isBare = measure.kind === 'number' || (isCartonOf && measure.kind === 'count')
      const kind =
        isBare && forced !== ''
          ? forced
          : isBare && (isCarton || isCartonOf)
            ? 'code'
            : measure.kind
      this.push(kind, measureText({ ...measure, kind }), measure)
    }
  }

  private readWord(): void {
    const start = this.at
    let end = start
    let word = ''
    for (; end < this.text.length; end += 1) {
      const part = this.letterAt(end)
      if (part === null) break
      word += part
    }
    this.at = end
    const next = this.text.charCodeAt(end)
    const isCounter = word === 'х' || word === 'n' || word === 'nо'
    const isSlashed = next === 0x2f && this.readSlashTerm(word)
    if (isSlashed) return
    if (isCounter && isDigit(next)) this.readNumbered(end)
    else if (word.length <= ALPHANUMERIC_LETTERS_MAX && isDigit(next)) this.readModel(word)
    else if (word === 'без') this.readWithout()
    else this.pushWord(word)
  }

  /** Letters as they are; apostrophes inside words vanish; digits between letters are letters. */
  private letterAt(at: number): string | null {
    const code = this.text.charCodeAt(at)
    if (isLetter(code)) return this.text.charAt(at)
    const isInside =
      at > 0 && isLetter(this.text.charCodeAt(at - 1)) && isLetter(this.text.charCodeAt(at + 1))
    if (!isInside) return null
    if (code === 0x27 || code === 0x60 || code === 0x2019) return ''
    // `КОЛОР3КГ` has lost a blank: its digit is one.
    if (UNIT_BEHIND.test(this.text.slice(at + 1, at + 1 + UNIT_LETTERS_SEEN))) return null
    return LETTER_OF_DIGIT[this.text.charAt(at)] ?? null
  }

  /** `д3`, `в12`, `g11` are one token; `тп1л` is a word and a litre. */
  private readModel(word: string): void {
    const { measures, end } = readMeasures(this.text, this.at)
    const [measure] = measures
    const isPlain = measures.length === 1 && measure?.kind === 'number' && !measure.isDecimal
    const digits = isPlain ? this.text.slice(this.at, end) : ''
    this.at += digits.length
    this.pushWord(word + digits)
  }

  /** `без сахара` says the contrary of `сахар`, so it is one token. */
  private readWithout(): void {
    let end = this.at
    while (this.text.charCodeAt(end) === 0x20) end += 1
    const start = end
    while (end < this.text.length && isLetter(this.text.charCodeAt(end))) end += 1
    this.at = end
    this.pushWord(`без${this.text.slice(start, end)}`)
  }

  private readSlashTerm(word: string): boolean {
    let end = this.at + 1
    while (end < this.text.length && isLetter(this.text.charCodeAt(end))) end += 1
    const tail = this.text.slice(this.at + 1, end)
    const term = slashTerm(`${word}/${tail}`)
    if (term !== null) {
      this.at = end
      this.pushWord(term)
      return true
    }
    // The word before it may have lost its blank: `СВЖ/Б`, `ПОМИДОРКАСТ/Б`.
    for (let letters = Math.min(2, word.length - 1); letters > 0; letters -= 1) {
      const last = slashTerm(`${word.slice(-letters)}/${tail}`)
      if (last === null) continue
      this.pushWord(word.slice(0, -letters))
      this.at = end
      this.pushWord(last)
      return true
    }
    return false
  }

  private pushWord(word: string): void {
    this.push('word', word, { lo: 0, hi: 0, isDecimal: false })
  }

  private push(kind: TokenKind, text: string, value: Omit<Measure, 'kind'>): void {
    const mark = this.text.charCodeAt(this.at)
    const after = this.text.charCodeAt(this.at + 1)
    const isTied = (mark === 0x2f || mark === 0x2d) && isLetter(after)
    const isLast = this.at >= this.text.length
    const { lo, hi, isDecimal } = value
    const isDotted = mark === 0x2e
    this.tokens.push({ kind, text, lo, hi, isDecimal, isDotted, isTied, isLast })
  }
}

/**
 * Tokens of a raw name, in order, at most 32. Never throws, whatever the text. Row numbers and the
 * shop's own codes at the beginning are left out.
 */
export function tokenise(raw: string): readonly Token[] {
  return new Reader(repaired(foldText(raw).trimEnd())).read()
}

/**
 * The key under which a line is remembered as an alias: folded, without codes and punctuation,
 * numbers in canonical units. Two spellings that differ in nothing else share a key; an empty key
 * names nothing.
 */
export function normaliseLine(raw: string): string {
  return tokenise(raw)
    .filter((token) => token.kind !== 'code')
    .map((token) => token.text)
    .join(' ')
}
