import type { Photo } from '#schema/photo'
import type { ReviewRequest } from '#schema/review-request'
import { printedTaxNumber } from '#schema/tax-number'
import type { useFormat } from '../../i18n/use-format.ts'
import { formatQuantity, ONE, parseQuantity } from '../../quantity.ts'
import { itemBox } from '../../ui/read-boxes.tsx'
import type { Printed } from './printed-fields.tsx'

/** A receipt for a person to compare, as texts of a form. */

export interface ReviewFields extends Printed {
  retailer: string
  /** `read`: of which line on the picture, as its box is named; empty for one that was added. */
  lines: { name: string; quantity: string; sum: string; read: string }[]
}

/** How the shopper's language and market write numbers. */
type Format = Pick<ReturnType<typeof useFormat>, 'locale' | 'decimal' | 'typed'>

export const LINES_MAX = 100
export const NAME_MAX = 128

export const blankLine = (): ReviewFields['lines'][number] => {
  return { name: '', quantity: '1', sum: '', read: '' }
}

/** What was sent before, or else what was read, stands in the form already. */
export function reviewFieldsOf({ reading, review, market }: Photo, format: Format): ReviewFields {
  const asked = review?.asked
  if (asked) {
    const [date = '', time = ''] = asked.time.split('T')
    const lines = asked.lines.map(({ name, quantityMicro, sumMinor }) => {
      const quantity = formatQuantity(quantityMicro, format.locale)
      return { name, quantity, sum: format.decimal(sumMinor), read: '' }
    })
    const { retailer, taxNumber, totalMinor } = asked
    const sum = format.decimal(totalMinor)
    return { retailer, taxNumber: taxNumber ?? '', date, time, sum, lines }
  }
  const printed = (minor: number | null | undefined) =>
    minor === null || minor === undefined || minor < 0 ? '' : format.decimal(minor)
  const items = (reading?.items ?? []).slice(0, LINES_MAX)
  return {
    retailer: reading?.retailer?.value ?? '',
    taxNumber: printedTaxNumber(market, reading?.taxNumber?.value ?? ''),
    date: reading?.date?.value ?? '',
    time: reading?.time?.value ?? '',
    sum: printed(reading?.totalMinor?.value),
    lines: items.map(({ name, quantityMicro, sumMinor }, index) => ({
      name: name.slice(0, NAME_MAX),
      quantity: formatQuantity(quantityMicro ?? ONE, format.locale),
      sum: printed(sumMinor),
      read: itemBox(index),
    })),
  }
}

export function reviewRequestOf(
  fields: ReviewFields,
  { market }: Photo,
  format: Format,
): ReviewRequest {
  const amountOf = (text: string) => (format.typed(text) ?? 0) as ReviewRequest['totalMinor']
  return {
    retailer: fields.retailer.trim(),
    taxNumber: printedTaxNumber(market, fields.taxNumber) || null,
    time: `${fields.date}T${fields.time.slice(0, 5)}`,
    totalMinor: amountOf(fields.sum),
    lines: fields.lines.flatMap(({ name, quantity, sum }) => {
      const quantityMicro = parseQuantity(quantity)
      if (name.trim().length < 2 || quantityMicro === null || format.typed(sum) === null) return []
      return [{ name: name.trim(), quantityMicro, sumMinor: amountOf(sum) }]
    }),
  }
}
