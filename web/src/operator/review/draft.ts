import type { MarketCode } from '#schema/market'
import type { PhotoReading } from '#schema/photo'
import type { ReviewCase, ReviewedDocument } from '#schema/review'
import { hasTaxForm, printedTaxNumber } from '#schema/tax-number'
import type { WebLocale } from '../../i18n/locale.ts'
import { formatQuantity, parseQuantity } from '../../quantity.ts'
import { itemBox } from '../../ui/read-boxes.tsx'

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
  /** The box of its line on the picture; empty when it has none. */
  readonly box: string
}

export interface Draft {
  retailer: string
  taxNumber: string
  date: string
  time: string
  sum: string
  retailerId: string
  storeId: string
  lines: DraftLine[]
}

/** How the reviewer's language and the case's market write numbers. */
export interface Money {
  readonly locale: WebLocale
  readonly decimal: (minor: number) => string
  readonly typed: (text: string) => number | null
}

export function draftOf({ asked, lines, document, store, reading }: ReviewCase, money: Money) {
  const boxes = boxesOf(lines, reading?.items ?? [])
  return {
    retailer: asked?.retailer ?? '',
    taxNumber: asked?.taxNumber ?? '',
    date: asked?.time.slice(0, 10) ?? '',
    time: asked?.time.slice(11) ?? '',
    sum: asked ? money.decimal(asked.totalMinor) : '',
    retailerId: document?.retailerId ?? store?.retailerId ?? '',
    storeId: document?.storeId ?? store?.storeId ?? '',
    lines: lines.map((line, key): DraftLine => {
      const pickedId = document?.lines[key]?.productId ?? null
      const picked = pickedId === null ? null : { id: pickedId, name: line.product?.name ?? '' }
      return {
        key,
        name: line.name,
        quantity: formatQuantity(line.quantityMicro, money.locale),
        sum: money.decimal(line.sumMinor),
        picked,
        matched: line.product,
        box: boxes[key] ?? '',
      }
    }),
  } satisfies Draft
}

type Line = Pick<ReviewCase['lines'][number], 'name' | 'sumMinor'>

/** Which line on the picture each one is: by its name as read, else by its sum; each is one. */
export function boxesOf(lines: readonly Line[], items: PhotoReading['items']): string[] {
  const free = new Set(items.keys())
  const take = (fits: (item: PhotoReading['items'][number]) => boolean): number | null => {
    const found = [...free].find((index) => items[index] && fits(items[index]))
    if (found !== undefined) free.delete(found)
    return found ?? null
  }
  const named = lines.map(({ name }) => take((item) => item.name.startsWith(name)))
  const found = lines.map(
    ({ sumMinor }, index) => named[index] ?? take((item) => item.sumMinor === sumMinor),
  )
  return found.map((index) => (index === null ? '' : itemBox(index)))
}

export type DraftField = 'retailer' | 'taxNumber' | 'time' | 'sum' | 'lines'

/** What is wrong with the draft; empty when it can be sent. */
export function wrongIn(draft: Draft, market: MarketCode, { typed }: Money): DraftField[] {
  const wrong: DraftField[] = []
  if (draft.retailer.trim().length < 2) wrong.push('retailer')
  const taxNumber = printedTaxNumber(market, draft.taxNumber)
  if (taxNumber === '' ? draft.retailerId === '' : !hasTaxForm(market, taxNumber)) {
    wrong.push('taxNumber')
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(draft.date) || !/^\d\d:\d\d/.test(draft.time)) wrong.push('time')
  if (typed(draft.sum) === null) wrong.push('sum')
  const isWrong = ({ name, sum, quantity }: DraftLine) =>
    name.trim().length < 2 || typed(sum) === null || parseQuantity(quantity) === null
  if (draft.lines.some(isWrong)) wrong.push('lines')
  return wrong
}

type Amount = ReviewedDocument['totalMinor']

export function documentOf(draft: Draft, market: MarketCode, { typed }: Money): ReviewedDocument {
  const amountOf = (text: string) => (typed(text) ?? 0) as Amount
  return {
    retailer: draft.retailer.trim(),
    taxNumber: printedTaxNumber(market, draft.taxNumber) || null,
    time: `${draft.date}T${draft.time.slice(0, 5)}`,
    totalMinor: amountOf(draft.sum),
    retailerId: draft.retailerId || null,
    storeId: draft.storeId || null,
    lines: draft.lines.map(({ name, quantity, sum, picked }) => ({
      name: name.trim(),
      quantityMicro: parseQuantity(quantity) ?? 0,
      sumMinor: amountOf(sum),
      productId: picked?.id ?? null,
    })),
  }
}

/** What the lines make together, against the total: a quick look for a forgotten line. */
export function linesMinor(draft: Draft, { typed }: Money): number {
  return draft.lines.reduce((sum, line) => sum + (typed(line.sum) ?? 0), 0)
}
