import type { PictureSign } from './risk.ts'
import type { Trait } from './words.ts'

/**
 * Chosen by one half of the pictures of `npm run -s photo:risk -- DIR…` alone, each sign told on
 * one in a hundred of them anywhere and as many on fields; the other half is only measured.
 * `--choose` proposes them anew. Units are those of the measures.
 */

/** Above `anywhere` a sign is told, above `paying` where a field stands that decides the money. */
export type Threshold = { readonly anywhere: number; readonly paying: number }

export const THRESHOLDS: Readonly<Record<PictureSign, Threshold>> = {
  /** Blocks of one grey beyond the next such patch, in nepers of their rarity. */
  edited_noise: { anywhere: 5.98, paying: 5.98 },
  /** Deviations from the words around, weighted. */
  edited_print: { anywhere: 12.14, paying: 7.25 },
  /** How much nearer two characters are than any others. */
  copied_patch: { anywhere: 1.49, paying: 1.33 },
  /** Nepers that a word was not saved with the rest, for the root of its squares. */
  saved_apart: { anywhere: 4, paying: 0.83 },
  /** Nepers over the spectrum around. */
  screen: { anywhere: 3, paying: 3 },
}

/** What a deviation of a trait counts where there is more of it than around, and where less. */
export type PrintWeights = Readonly<Record<Trait, { readonly more: number; readonly less: number }>>

export const PRINT_WEIGHTS: PrintWeights = {
  burn: { more: 1.7, less: 1.51 },
  sharpness: { more: 1.36, less: 0.67 },
  softness: { more: 0.69, less: 0.92 },
  grain: { more: 0, less: 0.79 },
  inkSpread: { more: 0.93, less: 0.62 },
  lineSpread: { more: 0.26, less: 1.39 },
}
