import type { PaperFields, PhotoReading } from '#schema/photo'

/**
 * What a photo is looked up by: the reading, with what its owner typed last in the place of what
 * the machine read.
 */
export function readingAsTyped(reading: PhotoReading, typed: readonly PaperFields[]): PhotoReading {
  const last = typed.at(-1)
  if (last === undefined) return reading
  const said = <Value>(value: Value) => ({
    value,
    certainty: 'plausible' as const,
    corners: [],
    shot: 0,
  })
  const [date = '', minute = ''] = last.time.split('T')
  return {
    ...reading,
    taxNumber: last.taxNumber === '' ? null : said(last.taxNumber),
    date: said(date),
    time: said(minute),
    totalMinor: said(last.totalMinor),
  }
}
