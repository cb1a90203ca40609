import type { PictureSign } from './risk.ts'

/**
 * Above this a sign is told. Chosen by `npm run -s photo:risk` so that at most 2 % of clean
 * pictures show each; the units are those of the measure.
 */
export const THRESHOLDS: Readonly<Record<PictureSign, number>> = {
  /** Blocks that touch. */
  edited_noise: 24,
  /** Blocks that touch. */
  edited_print: 24,
  /** Corners that share a shift. */
  copied_patch: 2,
  /** Nepers over the spectrum around. */
  screen: 3,
}
