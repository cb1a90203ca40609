import { MARKETS, type MarketCode } from '#schema/market'
import type { FiscalDocument } from '#schema/receipt'
import type { ReturnOutcome, SaleRefusal } from '#schema/sale'
import { goodsOf, isInTime, type ReturnedGoods, remainingOf } from '../receipts/returned.ts'
import { keyOf, namedBy } from './read-sales.ts'
import { documentOf } from './sale-receipt.ts'
import type { Sold } from './sold.ts'

/** Which sale of a feed a return takes back, and whether it can. Pure. */

export type Tie =
  | { readonly outcome: ReturnOutcome['outcome'] }
  | { readonly code: Extract<SaleRefusal['code'], 'more_than_sold' | 'not_after_its_sale'> }

/**
 * What is known of the named sale: itself, and the other returns that name it. Nobody is told
 * whether it was ever rewarded.
 */
export function tieReturn(
  market: MarketCode,
  returned: Sold,
  sale: Sold | null,
  others: readonly Sold[],
): Tie {
  const named = namedBy(returned)
  if (named === null) return { outcome: 'unnamed' }
  if (sale === null) return { outcome: 'waits' }
  if (sale.operation !== 'sale') return { code: 'more_than_sold' }
  const [sold, back] = [goodsDocument(sale), goodsDocument(returned)]
  if (!isInTime(sold, back, MARKETS[market].returnDaysMax)) return { code: 'not_after_its_sale' }
  const goods: ReturnedGoods[] = []
  for (const other of others) {
    if (keyOf(other) === keyOf(returned)) continue
    const taken = goodsOf(remainingOf(sold, goods), goodsDocument(other))
    if (taken) goods.push(taken)
  }
  const left = goodsOf(remainingOf(sold, goods), back)
  return left ? { outcome: 'tied' } : { code: 'more_than_sold' }
}

const NOBODY = { name: '', store: null, address: null }

const goodsDocument = (sale: Sold): FiscalDocument => documentOf({ ...sale, taxNumber: '' }, NOBODY)
