/**
 * Folding of characters: receipts mix Latin and Cyrillic look-alikes (`МOЛOКО` with Latin O),
 * cases, ё/е, accents and every kind of blank and dash. After folding, two spellings of one word
 * are one string.
 */

/**
 * Nothing longer is looked at: a receipt's item name holds at most 128 characters (FFD tag 1030).
 */
const NAME_CHARS_MAX = 256

/** Latin letters that are drawn like Cyrillic ones, upper case or lower, and what they fold to. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
  ё: 'е',
  і: 'i',
}

const TABLE_SIZE = 0x530
const FOLDED = new Uint16Array(TABLE_SIZE)
const SPACE = 0x20

function foldOne(code: number): number {
  const lower = String.fromCharCode(code).toLowerCase()
  const isAccentedLatin = code >= 0xc0 && code < 0x250
  const base = isAccentedLatin ? lower.normalize('NFD').charAt(0) : lower
  const folded = LOOK_ALIKES[base] ?? base
  const result = folded.charCodeAt(0)
  return Number.isNaN(result) ? SPACE : result
}

for (let code = 0; code < TABLE_SIZE; code += 1) {
  FOLDED[code] = foldOne(code)
}
FOLDED[0xd7] = 0x445 // the multiplication sign is read as the letter х

/**
 * Folds one UTF-16 unit; anything that cannot stand in a word becomes a space or keeps its code.
 */
function foldCode(code: number): number {
  if (code < TABLE_SIZE) return FOLDED[code] ?? SPACE
  if (code === 0x2116) return code // №
  if (code >= 0x2010 && code <= 0x2015) return 0x2d // dashes
  if (code >= 0xff01 && code <= 0xff5e) return FOLDED[code - 0xfee0] ?? SPACE // full width
  return isLetter(code) ? code : SPACE
}

/** True for letters of any script, after folding. */
export function isLetter(code: number): boolean {
  if (code >= 0x430 && code <= 0x44f) return true
  if (code >= 0x61 && code <= 0x7a) return true
  if (code < 0xaa) return false
  return code < 0xd800 && /\p{L}/u.test(String.fromCharCode(code))
}

/** True for the ten ASCII digits. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

const LOWER_THEN_UPPER = /(\p{Ll}{2})(\p{Lu})/gu

/**
 * Folds a whole name. Words that only a capital letter parts (`ПтичьеМолоко`) are parted by a blank
 * first, because the case is lost afterwards. Output: lower case, look-alikes Cyrillic, at most
 * `NAME_CHARS_MAX` units of the input.
 */
export function foldText(raw: string): string {
  const clipped = raw.length > NAME_CHARS_MAX ? raw.slice(0, NAME_CHARS_MAX) : raw
  const parted = clipped.normalize('NFC').replace(LOWER_THEN_UPPER, '$1 $2')
  let folded = ''
  for (let at = 0; at < parted.length; at += 1) {
    folded += String.fromCharCode(foldCode(parted.charCodeAt(at)))
  }
  return folded
}
