import type { WebLocale } from './i18n/locale.ts'

/** Quantities of a line of goods as a person writes them: `2`, `0,556`. */

/** One piece or kilogram, in millionths: what a line without a printed quantity is of. */
export const ONE = 1_000_000

/** As a person would type it: without signs between the thousands. */
export const formatQuantity = (micro: number, locale: WebLocale): string =>
  String(micro / ONE).replace('.', locale === 'en' ? '.' : ',')

/** Reads what a person typed, into millionths of the unit; null for none above zero. */
export function parseQuantity(text: string): number | null {
  const match = /^\d{1,6}(?:[.,]\d{1,6})?$/.exec(text.trim())
  if (!match) return null
  return Math.round(Number(match[0].replace(',', '.')) * ONE) || null
}
