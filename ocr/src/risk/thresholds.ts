import type { PictureSign } from './risk.ts'

/**
 * Above this a sign is told. Chosen by the clean pictures of `npm run -s photo:risk` so that all
 * signs together are told on at most 3 % of them; the units are those of the measure.
 */
export const THRESHOLDS: Readonly<Record<PictureSign, number>> = {
  /** How often the largest even patch holds the next one. */
  edited_noise: 1.45,
  /** Deviations from the words around. */
  edited_print: 8.2,
  /** How much nearer the nearest two characters are than any others. */
  copied_patch: 1.5,
  /** Nepers of evidence that a place was not saved with the rest. */
  saved_apart: 16,
  /** Nepers over the spectrum around. */
  screen: 3,
}
