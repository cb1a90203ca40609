import type { PaperFields, PhotoReading } from '#schema/photo'
import type { PaperReading } from '../sales/find-sale.ts'

/**
 * What a photo is looked up by: the reading, with what its owner typed last in the place of what
 * the machine read.
 */
export function readingAsTyped(reading: PhotoReading, typed: readonly PaperFields[]): PaperReading {
  const last = typed.at(-1)
  if (last === undefined) return { ...reading, isTyped: false }
  const said = <Value>(value: Value) => ({
    value,
    certainty: 'plausible' as const,
    corners: [],
    shot: 0,
  })
  const [date = '', minute = ''] = last.time.split('T')
  return {
    ...reading,
    isTyped: true,
    taxNumber: last.taxNumber === '' ? null : said(last.taxNumber),
    date: said(date),
    time: said(minute),
    totalMinor: said(last.totalMinor),
  }
}
