import type { PhotoReading } from './photo.ts'
import type { CheckedField } from './review.ts'

/**
 * What a spot check asks about: what the machine itself read, by the code before the print, for
 * that is what it decided by. Numbers are as text, the sum in minor units; null was not read.
 */
export function checkedReading({ scan, ...read }: PhotoReading) {
  const numbers = scan
    ? [scan.fn, String(scan.i), String(scan.fp)]
    : [read.fn, read.fd, read.fp].map((field) => field?.value ?? '')
  const items = read.items.map(({ name }) => name)
  return {
    retailer: read.retailer?.value ?? null,
    date: scan?.time.slice(0, 10) ?? read.date?.value ?? null,
    time: scan?.time.slice(11) ?? read.time?.value ?? null,
    total: scan?.totalMinor ?? read.totalMinor?.value ?? null,
    numbers: numbers.some((one) => one !== '') ? numbers : null,
    items: items.length > 0 ? items : null,
  } satisfies Record<CheckedField, unknown>
}
