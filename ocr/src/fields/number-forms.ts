import { mended } from './vote.ts'

/** What a number looks like behind its label: the text that follows → the number, or null. */
export type NumberForm = (behind: string) => string | null

/** Signs between a label and its number. */
const GAP = '[^\\p{L}\\p{N}]{0,8}'

/** So many digits, with the odd letter put right; `padded` gives the zeros back that tills drop. */
export const digits =
  (least: number, most: number, padded = 0): NumberForm =>
  (behind) => {
    const found = new RegExp(`^${GAP}(\\d{${least},${most}})(?!\\d)`, 'u').exec(mended(behind))
    return found?.[1]?.padStart(padded, '0') ?? null
  }

/** A number of letters and digits of which at least one is a digit. */
export const mixed =
  (pattern: string): NumberForm =>
  (behind) => {
    const found = new RegExp(`^${GAP}(${pattern})(?![\\p{L}\\p{N}])`, 'u').exec(latin(behind))
    return found?.[1] !== undefined && /\d/.test(found[1]) ? found[1] : null
  }

/** Cyrillic letters read for the Latin ones of the same shape. */
const LATIN: Readonly<Record<string, string>> = {
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
  У: 'Y',
  Х: 'X',
}

const latin = (text: string) => text.replace(/[А-Я]/g, (letter) => LATIN[letter] ?? letter)

/** Letters that no hexadecimal number has, for the figures of the same shape. */
const HEX_TWINS: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  I: '1',
  L: '1',
  '|': '1',
  '!': '1',
  S: '5',
  Z: '2',
  З: '3',
  Б: '6',
  G: '6',
}

const hexText = (behind: string) =>
  latin(behind.toUpperCase())
    .replace(/^[^\p{L}\p{N}|!]+/u, '')
    .replace(/[–—−~_]/g, '-')
    .replace(/\s/g, '')
    .replace(/[OQIL|!SZЗБG]/g, (twin) => HEX_TWINS[twin] ?? twin)

/** So many hexadecimal digits in upper case; blanks that tills or readers put between go. */
export const hex =
  (count: number): NumberForm =>
  (behind) =>
    new RegExp(`^[0-9A-F]{${count}}(?![0-9A-Z])`).exec(hexText(behind))?.[0] ?? null

const UUID =
  /^([0-9A-F]{8})-?([0-9A-F]{4})-?([0-9A-F]{4})-?([0-9A-F]{4})-?([0-9A-F]{12})(?![0-9A-Z])/

/** A UUID in upper case, with its dashes wherever a reader lost them. */
export const uuid: NumberForm = (behind) => UUID.exec(hexText(behind))?.slice(1).join('-') ?? null

/** Five groups of eight hexadecimal digits. */
export const fiveGroups: NumberForm = (behind) =>
  /^[0-9A-F]{8}(?:-[0-9A-F]{8}){4}(?![0-9A-Z])/.exec(hexText(behind))?.[0] ?? null
