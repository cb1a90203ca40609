import type { Language } from '../engine/wasm-modules.ts'
import type { Pass } from '../fields/word.ts'
import { compose, shift } from '../image/projection.ts'
import { isLatinInDisguise } from './disguise.ts'
import { FIRST, pageOf } from './page.ts'
import { confidenceOf, type Readers, type Work } from './readers.ts'
import type { Sheet, Turn } from './sheet.ts'

const wordsOf = ({ lines }: Pick<Pass, 'lines'>) => lines.flatMap(({ words }) => words)

/** A word of one case, nothing but letters: the other script reads signs and figures into words. */
const CLEAN_WORD = /^(?:\p{Lu}+|\p{Lu}?\p{Ll}+)$/u
const CLEAN_WORD_LETTERS_MIN = 3
/** What a text all of clean words adds to its confidence. */
const CLEAN_GAIN = 20

/** How well a reading reads: its confidence and the share of letters that make clean words. */
function readabilityOf(pass: Pick<Pass, 'lines'>): number {
  let clean = 0
  let all = 0
  for (const { text } of wordsOf(pass)) {
    const word = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    if (!/\p{L}/u.test(word)) continue
    all += word.length
    if (word.length >= CLEAN_WORD_LETTERS_MIN && CLEAN_WORD.test(word)) clean += word.length
  }
  return confidenceOf(wordsOf(pass)) + CLEAN_GAIN * (all === 0 ? 0 : clean / all)
}

/** What Latin read as Cyrillic is worse than it looks: in capitals it makes clean words. */
const DISGUISE_LOSS = 13

/** Print that is read in its script and the right way up is at least this sure. */
const CONFIDENCE_READ = 52
/** So sure that the other script need not be tried. */
const CONFIDENCE_SURE = 80

/** Another script must read this much better: faint print is read badly in both. */
const SCRIPT_LEAD = 6

/** The middle of the sheet: enough lines to tell the script and the way up. */
function middleOf(sheet: Sheet): Sheet {
  const height = Math.min(sheet.height, Math.max(0.25 * sheet.height, 18 * sheet.capitals))
  const top = (sheet.height - height) / 2
  return { ...sheet, toPhoto: compose(sheet.toPhoto, shift(0, top)), height: Math.ceil(height) }
}

const TRIALS = [
  ['rus', 0],
  ['eng', 0],
  ['eng', 180],
  ['rus', 180],
] as const

export type Manner = {
  readonly language: Language
  readonly turn: Turn
  /** What the look that read best found. */
  readonly seen: Work
}

/** Noise, cloth and leaves are read with no sure words; a few stand in the faintest print. */
const SURE_WORD = 60
const SURE_LETTERS_MIN = 9

const sureLetters = (pass: Pick<Pass, 'lines'>) =>
  wordsOf(pass)
    .filter(({ text, confidence }) => confidence >= SURE_WORD && /[\p{L}\p{N}]{3}/u.test(text))
    .reduce((sum, { text }) => sum + text.length, 0)

/**
 * Which script and which way up read best, by a look at the middle of the sheet. Null: nothing
 * there is print.
 */
export async function mannerOf(readers: Readers, sheet: Sheet): Promise<Manner | null> {
  const middle = middleOf(sheet)
  let best: Manner | null = null
  let bestReadability = -1
  let bestConfidence = -1
  let sure = 0
  for (const [language, turn] of TRIALS) {
    if (turn === 180 && bestConfidence > CONFIDENCE_READ) break
    const page = pageOf(middle, FIRST, turn)
    const pass = page && (await readers.trial(language, page))
    if (pass === null) continue
    const confidence = confidenceOf(wordsOf(pass))
    const isDisguised = language === 'rus' && isLatinInDisguise(pass)
    const readability = readabilityOf(pass) - (isDisguised ? DISGUISE_LOSS : 0)
    bestConfidence = Math.max(bestConfidence, confidence)
    sure = Math.max(sure, sureLetters(pass))
    const lead: number = best === null || language === best.language ? 0 : SCRIPT_LEAD
    if (readability > bestReadability + lead) {
      best = { language, turn, seen: pass.work }
      bestReadability = readability
    }
    if (confidence > CONFIDENCE_SURE && !isDisguised) break
  }
  return sure < SURE_LETTERS_MIN ? null : best
}
