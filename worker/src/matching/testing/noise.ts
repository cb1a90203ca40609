/** What tills do to names: the styles in which a catalogue name comes back on a receipt. */

import { between, chance, pick, type Random } from './random.ts'

/** Turns a catalogue name into a receipt line. */
export type Noise = (random: Random, name: string) => string

const NUMERIC = /^[\d(]/
const VOWELS = /[аеёиоуыэюяaeiouy]/gi
const PREPOSITIONS = /^(с|со|из|для|в|и|от|на|вкусом)$/i

/** Words and measures; a number keeps its unit (`930 мл`). */
function parts(name: string): string[] {
  return name
    .replace(/[«»"]/g, '')
    .replace(/,\s/g, ' ')
    .replace(/(\d)\s+(?=(?:г|кг|мл|л|шт|пак|рулона|рулонов|мес)(?:\s|$))/g, '$1_')
    .split(/\s+/)
    .filter(Boolean)
}

function eachWord(
  words: readonly string[],
  change: (word: string, at: number) => string,
): string[] {
  return words.map((word, at) => (NUMERIC.test(word) ? word : change(word, at)))
}

function shortened(random: Random, word: string): string {
  if (word.length < 5) return word
  const keep = Math.min(word.length - 2, between(random, 2, 6))
  return `${word.slice(0, keep)}.`
}

function withoutVowels(word: string): string {
  return word.length < 5 ? word : word.charAt(0) + word.slice(1).replace(VOWELS, '')
}

function withoutPrepositions(words: readonly string[]): string[] {
  return words.filter((word) => !PREPOSITIONS.test(word))
}

/** `930 мл` → `930МЛ`, `0,93л`, `930`; `25 пак` → `25П`. */
function sizeStyle(random: Random, word: string): string {
  const found = /^(\d+(?:,\d+)?)_(г|кг|мл|л|шт|пак|рулона|рулонов)$/.exec(word)
  if (found === null) return word.replace('_', ' ')
  const [, digits = '', unit = ''] = found
  const value = Number(digits.replace(',', '.'))
  const comma = (amount: number) => String(amount).replace('.', pick(random, [',', '.']))
  if (unit === 'мл' && value >= 200 && chance(random, 0.4)) return `${comma(value / 1000)}л`
  if (unit === 'г' && value >= 500 && chance(random, 0.2)) return `${comma(value / 1000)}кг`
  if (unit === 'л' && value < 1 && chance(random, 0.4)) return `${Math.round(value * 1000)}мл`
  if (unit === 'пак') return `${digits}${pick(random, ['п', 'пак', ' пак', 'пак.'])}`
  if (unit.startsWith('рул')) return `${digits}${pick(random, ['рул', ' рул.', 'шт'])}`
  if (unit === 'г') return `${comma(value)}${pick(random, ['г', 'г', 'гр', ' г', 'гр.'])}`
  return `${comma(value)}${pick(random, [unit, unit, ` ${unit}`])}`
}

function sized(random: Random, words: readonly string[]): string[] {
  return words.map((word) => sizeStyle(random, word))
}

function cut(text: string, length: number): string {
  return text.slice(0, length).trim()
}

/** Joins as cashiers do: no blank behind a full stop. */
function joined(random: Random, words: readonly string[]): string {
  const isTight = chance(random, 0.6)
  return words.reduce(
    (line, word) => (line === '' ? word : line + (isTight && line.endsWith('.') ? '' : ' ') + word),
    '',
  )
}

const LATIN_TWINS: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
}

function withLatinTwins(random: Random, text: string): string {
  return text.replace(/[АВСЕНКМОРТХУ]/g, (letter) =>
    chance(random, 0.35) ? (LATIN_TWINS[letter] ?? letter) : letter,
  )
}

function withCodes(random: Random, line: string): string {
  const before = pick(random, [
    '',
    '',
    '*',
    `${between(random, 1000, 999_999)} `,
    'БЗМЖ ',
    `${between(random, 1, 20)}) `,
  ])
  const after = pick(random, ['', '', ' 1/12', ' (шт)', ' шт', '/24', ' БЗМЖ'])
  return before + line + after
}

const upperCut: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => (chance(random, 0.35) ? shortened(random, word) : word))
  return cut(joined(random, some).toUpperCase(), between(random, 27, 30))
}

const dotted: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  return joined(
    random,
    eachWord(words, (word) => (chance(random, 0.75) ? shortened(random, word) : word)),
  )
}

const vowelLess: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => (chance(random, 0.5) ? withoutVowels(word) : word))
  return joined(random, some).toUpperCase()
}

const coded: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => (chance(random, 0.3) ? shortened(random, word) : word))
  return withCodes(random, joined(random, some))
}

const latinTwins: Noise = (random, name) => withLatinTwins(random, upperCut(random, name))

/** Glues a number to the word before it and drops units or their blanks. */
const glued: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => (chance(random, 0.3) ? shortened(random, word) : word))
  const line = joined(random, some).toUpperCase()
  return line.replace(/ (\d)/g, (found, digit: string) => (chance(random, 0.6) ? digit : found))
}

/** Styles that the weights of the score were fitted to. */
export const FITTED_STYLES: Readonly<Record<string, Noise>> = {
  upperCut,
  dotted,
  vowelLess,
  coded,
  latinTwins,
  glued,
}

const contracted: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) =>
    word.length >= 7 && chance(random, 0.4)
      ? `${word.slice(0, between(random, 2, 3))}-${word.slice(-2)}`
      : word,
  )
  return joined(random, some).toUpperCase()
}

const mistyped: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => {
    if (word.length < 5 || !chance(random, 0.35)) return word
    const at = between(random, 1, word.length - 2)
    const [one, two] = [word.charAt(at), word.charAt(at + 1)]
    return pick(random, [
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + two + one + word.slice(at + 2),
      word.slice(0, at) + one + word.slice(at),
    ])
  })
  return joined(random, some).toUpperCase()
}

/** One of the middle words is gone, and the brand may have moved to the front. */
const reordered: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const wordAts = words.flatMap((word, at) => (NUMERIC.test(word) ? [] : [at]))
  const gone = wordAts.length > 3 && chance(random, 0.5) ? pick(random, wordAts.slice(1)) : -1
  const left = words.filter((_, at) => at !== gone)
  const moved = chance(random, 0.5) && left.length > 2
  const [first = '', second = '', ...rest] = left
  return joined(random, moved && !NUMERIC.test(second) ? [second, first, ...rest] : left)
}

const cutAnywhere: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => (chance(random, 0.25) ? shortened(random, word) : word))
  return cut(joined(random, some), pick(random, [20, 22, 24, 32, 36, 40]))
}

const unitLess: Noise = (random, name) => {
  const words = sized(random, withoutPrepositions(parts(name)))
  const some = eachWord(words, (word) => (chance(random, 0.3) ? shortened(random, word) : word))
  const isBare = chance(random, 0.6)
  const line = joined(random, some).toUpperCase()
  return (isBare ? line.replace(/(\d) ?(ГР?|МЛ)\.?$/, '$1') : line).replace(
    /(\d),(\d)%/,
    (found) => (chance(random, 0.4) ? found.replace('%', '') : found),
  )
}

/** О for 0 and З for 3, as typed by hand and read by machines. */
const digitTwins: Noise = (random, name) =>
  upperCut(random, name).replace(/[ОЗ](?=[А-Я])/g, (letter) =>
    chance(random, 0.3) ? (letter === 'О' ? '0' : '3') : letter,
  )

/** Styles that the weights of the score were not fitted to. */
export const HELD_OUT_STYLES: Readonly<Record<string, Noise>> = {
  contracted,
  mistyped,
  reordered,
  cutAnywhere,
  unitLess,
  digitTwins,
}
