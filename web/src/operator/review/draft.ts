import type { CurrencyCode } from '#schema/currency'
import type { ReviewCase, ReviewedDocument } from '#schema/review'
import { formatDecimal, parseAmount } from '../../format.ts'

/** The receipt as the reviewer has it on the screen: texts, until it is sent. */

export interface DraftLine {
  /** For React alone: lines are removed and added. */
  readonly key: number
  name: string
  quantity: string
  sum: string
  /** Picked by the reviewer; null leaves it to the matcher. */
  picked: { id: string; name: string } | null
  matched: ReviewCase['lines'][number]['product']
}

export interface Draft {
  /** Of the case's market: how its amounts are written. */
  readonly currency: CurrencyCode
  retailer: string
  taxNumber: string
  date: string
  time: string
  sum: string
  retailerId: string
  storeId: string
  lines: DraftLine[]
}

const MICRO = 1_000_000

export function draftOf(review: ReviewCase, currency: CurrencyCode): Draft {
  const { asked, lines, document, store } = review
  return {
    currency,
    retailer: asked?.retailer ?? '',
    taxNumber: asked?.taxNumber ?? '',
    date: asked?.time.slice(0, 10) ?? '',
    time: asked?.time.slice(11) ?? '',
    sum: asked ? formatDecimal(asked.totalMinor, 'ru', currency) : '',
    retailerId: document?.retailerId ?? store?.retailerId ?? '',
    storeId: document?.storeId ?? store?.storeId ?? '',
    lines: lines.map((line, key) => {
      const pickedId = document?.lines[key]?.productId ?? null
      const picked = pickedId === null ? null : { id: pickedId, name: line.product?.name ?? '' }
      return {
        key,
        name: line.name,
        quantity: String(line.quantityMicro / MICRO).replace('.', ','),
        sum: formatDecimal(line.sumMinor, 'ru', currency),
        picked,
        matched: line.product,
      }
    }),
  }
}

export type DraftField = 'retailer' | 'taxNumber' | 'time' | 'sum' | 'lines'

const quantityOf = (text: string) => Math.round(Number(text.replace(',', '.').trim()) * MICRO)

/** What is wrong with the draft; empty when it can be sent. */
export function wrongIn(draft: Draft): DraftField[] {
  const wrong: DraftField[] = []
  if (draft.retailer.trim().length < 2) wrong.push('retailer')
  const hasSeller = /^(\d{10}|\d{12})$/.test(draft.taxNumber.trim())
  if (!hasSeller && (draft.taxNumber.trim() !== '' || draft.retailerId === '')) {
    wrong.push('taxNumber')
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(draft.date) || !/^\d\d:\d\d/.test(draft.time)) wrong.push('time')
  const { currency } = draft
  if (parseAmount(draft.sum, currency) === null) wrong.push('sum')
  const isWrong = ({ name, sum, quantity }: DraftLine) =>
    name.trim().length < 2 || parseAmount(sum, currency) === null || !(quantityOf(quantity) > 0)
  if (draft.lines.some(isWrong)) wrong.push('lines')
  return wrong
}

type Amount = ReviewedDocument['totalMinor']
const amountOf = (text: string, currency: CurrencyCode) =>
  (parseAmount(text, currency) ?? 0) as Amount

export function documentOf(draft: Draft): ReviewedDocument {
  return {
    retailer: draft.retailer.trim(),
    taxNumber: draft.taxNumber.trim() || null,
    time: `${draft.date}T${draft.time.slice(0, 5)}`,
    totalMinor: amountOf(draft.sum, draft.currency),
    retailerId: draft.retailerId || null,
    storeId: draft.storeId || null,
    lines: draft.lines.map(({ name, quantity, sum, picked }) => ({
      name: name.trim(),
      quantityMicro: quantityOf(quantity),
      sumMinor: amountOf(sum, draft.currency),
      productId: picked?.id ?? null,
    })),
  }
}

/** What the lines make together, against the total: a quick look for a forgotten line. */
export function linesMinor({ lines, currency }: Draft): number {
  return lines.reduce((sum, line) => sum + (parseAmount(line.sum, currency) ?? 0), 0)
}
