/** What reading a photo does to a receipt's line. */

import type { Noise } from './noise.ts'
import { between, chance, pick } from './random.ts'

const CONFUSED: Readonly<Record<string, readonly string[]>> = {
  О: ['0', 'О', 'C'],
  З: ['3'],
  В: ['8', 'B'],
  Б: ['6'],
  И: ['Й', 'Н'],
  Й: ['И'],
  Н: ['Н', 'H', 'И'],
  Ш: ['Щ'],
  Щ: ['Ш'],
  Ц: ['Ц', 'U'],
  Л: ['Л', 'П'],
  Ч: ['4'],
  Е: ['E', 'С'],
}

/** One letter in so many is read as another. */
const CONFUSED_SHARE = 0.05
const BLANK_LOST_SHARE = 0.5
const END_CHARS_MAX = 8

const confused: Noise = (random, line) =>
  [...line]
    .map((letter) => {
      const others = CONFUSED[letter]
      return others !== undefined && chance(random, CONFUSED_SHARE * 2)
        ? pick(random, others)
        : letter
    })
    .join('')

const blankless: Noise = (random, line) =>
  line.replace(/[ .]/g, (mark) => (chance(random, BLANK_LOST_SHARE) ? '' : mark))

const endless: Noise = (random, line) => line.slice(0, -between(random, 1, END_CHARS_MAX)).trim()

/** Faults of reading, each by itself. */
export const PHOTO_NOISES: Readonly<Record<string, Noise>> = {
  'letters confused': confused,
  'blanks lost': blankless,
  'end cut': endless,
}
