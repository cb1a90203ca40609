/**
 * Letters that a reader takes for each other share a shape: Cyrillic and Latin twins, О and 0,
 * З and 3, В and 8. Words are compared by shape, so that ИТОГ, NTOГ and ИТ0Г are one.
 */
const SHAPES: Readonly<Record<string, string>> = {
  А: 'A',
  Ä: 'A',
  Á: 'A',
  À: 'A',
  Ã: 'A',
  Â: 'A',
  Å: 'A',
  В: 'B',
  8: 'B',
  ẞ: 'B',
  ß: 'B',
  С: 'C',
  Ç: 'C',
  Č: 'C',
  Ć: 'C',
  Є: 'C',
  Е: 'E',
  Ё: 'E',
  É: 'E',
  È: 'E',
  Ê: 'E',
  Н: 'H',
  Қ: 'K',
  К: 'K',
  І: 'I',
  Ї: 'I',
  1: 'I',
  '|': 'I',
  '!': 'I',
  Í: 'I',
  L: 'I',
  Ł: 'I',
  М: 'M',
  N: 'И',
  Й: 'И',
  Ñ: 'И',
  О: 'O',
  0: 'O',
  Ö: 'O',
  Ó: 'O',
  Õ: 'O',
  Ô: 'O',
  Q: 'O',
  Ө: 'O',
  D: 'O',
  Р: 'P',
  Т: 'T',
  У: 'Y',
  Ү: 'Y',
  Ұ: 'Y',
  Ў: 'Y',
  V: 'U',
  Ü: 'U',
  Ú: 'U',
  Х: 'X',
  З: '3',
  Э: '3',
  5: 'S',
  Š: 'S',
  Ѕ: 'S',
  4: 'Ч',
  6: 'Б',
  Ғ: 'Г',
  J: 'I',
  Ј: 'I',
  Ž: 'Z',
  2: 'Z',
  '?': '7',
  Ы: 'Ь',
  Ъ: 'Ь',
  Ђ: 'Ћ',
  Ә: 'A',
  Ң: 'H',
}

const cache = new Map<string, string>()

/** The shape of a text: upper case, look-alikes folded, nothing but letters and digits. */
export function shapeOf(text: string): string {
  const known = cache.get(text)
  if (known !== undefined) return known
  let shape = ''
  for (const character of text.toUpperCase()) {
    const folded = SHAPES[character] ?? character
    if (/[\p{L}\p{N}]/u.test(folded)) shape += folded
  }
  if (cache.size > 20_000) cache.clear()
  cache.set(text, shape)
  return shape
}

/** Levenshtein distance, given up (`limit` + 1) as soon as it must exceed the limit. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  if (a === b) return 0
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost)
      next.push(value)
      least = Math.min(least, value)
    }
    if (least > limit) return limit + 1
    row = next
  }
  return row[b.length] ?? limit + 1
}

/** Mistakes a keyword of this length may carry and still be told from other words. */
const mistakesIn = (length: number) => (length <= 4 ? (length === 4 ? 1 : 0) : length <= 8 ? 1 : 2)

const TOKENS = /[^\s:;,.=*#"'«»()<>/+_—-]+/g

/** Where a phrase stands in a text. */
export type Hit = { readonly from: number; readonly to: number; readonly mistakes: number }

type Window = { readonly shape: string; readonly from: number; readonly to: number }

/** Runs of 1, 2, 3… neighbouring tokens of a text, joined: what a phrase is compared with. */
function windowsOf(text: string): Window[][] {
  const tokens = [...text.matchAll(TOKENS)].map(({ 0: token, index }) => ({
    shape: shapeOf(token),
    from: index,
    to: index + token.length,
  }))
  let row: Window[] = tokens
  const windows = [row]
  while (row.length > 1 && windows.length < WINDOW_TOKENS_MAX) {
    const shorter = row
    const count = windows.length
    row = shorter.slice(0, -1).map(({ shape, from }, at) => {
      const last = tokens[at + count]
      return { shape: shape + (last?.shape ?? ''), from, to: last?.to ?? 0 }
    })
    windows.push(row)
  }
  return windows
}

const WINDOW_TOKENS_MAX = 5

const windowsSeen = new Map<string, Window[][]>()

/** Lines are asked for hundreds of phrases, and again by every look at the fields. */
function seen<Value>(known: Map<string, Value>, text: string, make: () => Value): Value {
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size > SEEN_MAX) known.clear()
  const made = make()
  known.set(text, made)
  return made
}

const SEEN_MAX = 4000

/** Finds a phrase (one or more words) in a text, tolerant of look-alikes and misreadings. */
export function findPhrase(text: string, phrase: string): Hit | null {
  const windows = seen(windowsSeen, text, () => windowsOf(text))
  const wanted = shapeOf(phrase)
  const words = phrase.split(' ').length
  const limit = mistakesIn(wanted.length)
  const hits: Hit[] = []
  // A reader splits spaced-out capitals and joins narrow gaps.
  for (let count = Math.max(1, words - 1); count <= words + 1; count += 1) {
    for (const { shape, from, to } of windows[count - 1] ?? []) {
      if (Math.abs(shape.length - wanted.length) > limit) continue
      const mistakes = distance(shape, wanted, limit)
      if (mistakes > limit) continue
      if (wanted.length <= 4 && mistakes > 0 && shape.length !== wanted.length) continue
      hits.push({ from, to, mistakes })
    }
  }
  const [best] = hits.sort((a, b) => a.mistakes - b.mistakes || a.from - b.from)
  return best ?? spacedOut(text, wanted)
}

/** `И Т О Г` with blanks between the letters. */
function spacedOut(text: string, wanted: string): Hit | null {
  const spaced = /(?:^|\s)((?:\S\s){2,}\S)(?:\s|$)/.exec(text)
  if (spaced === null || wanted.length < 4) return null
  return shapeOf(spaced[1] ?? '').includes(wanted)
    ? { from: spaced.index, to: spaced.index + spaced[0].length, mistakes: 0 }
    : null
}

const anySeen = new WeakMap<readonly string[], Map<string, { hit: Hit | null }>>()

/** The phrase of a list that a text carries with the fewest mistakes. The list never changes. */
export function findAny(text: string, phrases: readonly string[]): Hit | null {
  const known = anySeen.get(phrases) ?? new Map<string, { hit: Hit | null }>()
  anySeen.set(phrases, known)
  return seen(known, text, () => ({ hit: bestOf(text, phrases) })).hit
}

function bestOf(text: string, phrases: readonly string[]): Hit | null {
  let best: Hit | null = null
  for (const phrase of phrases) {
    const hit = findPhrase(text, phrase)
    if (hit !== null && (best === null || hit.mistakes < best.mistakes)) best = hit
    if (best?.mistakes === 0) break
  }
  return best
}
