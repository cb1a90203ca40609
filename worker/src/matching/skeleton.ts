/**
 * Consonant skeletons: what is left of a word when a cashier drops its vowels (`прсткв`), and what
 * a Latin brand and its Russian spelling share (`nescafe`, `нескафе`).
 */

const CYRILLIC_VOWELS = 'аеиоуыэюяьъй'
/** Latin letters with no Cyrillic look-alike: a folded word that has one was written in Latin. */
const PLAIN_LATIN = /[a-z]/
const INITIAL_VOWEL = '*'

const LATIN_PAIRS: Readonly<Record<string, string>> = {
  sн: 'ш',
  сн: 'ч',
  рн: 'ф',
  тн: 'т',
  ск: 'к',
  qu: 'кв',
  wн: 'в',
  тz: 'ц',
}

/**
 * Folded letters as Latin reads them: `с` stands for c, `н` for h, `р` for p, `в` for b, `х` for x.
 */
const LATIN_LETTERS: Readonly<Record<string, string>> = {
  а: '',
  е: '',
  i: '',
  о: '',
  u: '',
  у: '',
  в: 'б',
  с: 'к',
  d: 'д',
  f: 'ф',
  g: 'г',
  н: 'х',
  j: 'ж',
  к: 'к',
  l: 'л',
  м: 'м',
  n: 'н',
  р: 'п',
  q: 'к',
  r: 'р',
  s: 'с',
  т: 'т',
  v: 'в',
  w: 'в',
  х: 'кс',
  z: 'з',
}

/** True when the folded word was written in Latin letters. */
export function isLatin(word: string): boolean {
  return PLAIN_LATIN.test(word)
}

function latinSkeleton(word: string): string {
  let result = ''
  for (let at = 0; at < word.length; at += 1) {
    const pair = LATIN_PAIRS[word.slice(at, at + 2)]
    if (pair !== undefined) {
      result += pair
      at += 1
      continue
    }
    const letter = word.charAt(at)
    const isSoftC = letter === 'с' && /^[еiу]/.test(word.slice(at + 1))
    result += isSoftC ? 'с' : (LATIN_LETTERS[letter] ?? letter)
  }
  return result
}

function cyrillicSkeleton(word: string): string {
  let result = ''
  for (const letter of word) {
    if (!CYRILLIC_VOWELS.includes(letter)) result += letter === 'щ' ? 'ш' : letter
  }
  return result
}

/**
 * Consonants of a folded word in Cyrillic, doubled ones once; a word that begins with a vowel keeps
 * a `*` for it.
 */
export function skeletonOf(word: string): string {
  const latin = isLatin(word)
  const consonants = latin ? latinSkeleton(word) : cyrillicSkeleton(word)
  const startsWithVowel = (latin ? 'аеiоu' : 'аеиоуыэюя').includes(word.charAt(0))
  let result = startsWithVowel ? INITIAL_VOWEL : ''
  for (const letter of consonants) {
    if (!result.endsWith(letter)) result += letter
  }
  return result
}

/** Sounds that Russian spellings of foreign brands exchange: `heinz` хайнц, `gillette` жиллет. */
const SOUNDS: Readonly<Record<string, string>> = { г: 'х', ж: 'х', з: 'с', ц: 'с', ф: 'в' }

/** A skeleton in which letters of like sound are one, to compare across scripts. */
export function soundOf(skeleton: string): string {
  let result = ''
  for (const letter of skeleton) {
    const sound = SOUNDS[letter] ?? letter
    if (!result.endsWith(sound)) result += sound
  }
  return result
}
