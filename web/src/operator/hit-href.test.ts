import { expect, it } from 'vitest'
import { hitHref } from './hit-href.ts'

it('everything that the search finds opens a page', () => {
  expect(hitHref({ kind: 'receipt', id: 'rcp_1' })).toBe('/operator/receipts/receipt?id=rcp_1')
  expect(hitHref({ kind: 'payout', id: 'p1' })).toBe('/operator/payouts/payout?id=p1')
  // Not the books: support, who takes the calls, may not read them.
  expect(hitHref({ kind: 'shopper', id: 'wal_1' })).toBe('/operator/receipts?wallet=wal_1')
  expect(hitHref({ kind: 'partner', id: 'prt_1' })).toBe('/operator/partners?id=prt_1')
})

it('an id with colons does not fall apart in the address', () => {
  const href = hitHref({ kind: 'transfer', id: 'rcp_1:off_2:fee' })
  expect(new URL(href, 'https://k').searchParams.get('reference')).toBe('rcp_1:off_2:fee')
  const offer = hitHref({ kind: 'offer', id: 'off_1' })
  expect(new URL(offer, 'https://k').searchParams.get('account')).toBe('escrow:off_1')
})
