import { expect, it } from 'vitest'
import { hitHref } from './hit-href.ts'

it('everything that the search finds opens a page', () => {
  expect(hitHref({ kind: 'receipt', id: 'rcp_1' })).toBe('/operator/receipts/receipt?id=rcp_1')
  expect(hitHref({ kind: 'payout', id: 'p1' })).toBe('/operator/payouts/payout?id=p1')
  expect(hitHref({ kind: 'partner', id: 'prt_1' })).toBe('/operator/partners?id=prt_1')
})

it('an id with colons does not fall apart in the address', () => {
  const href = hitHref({ kind: 'transfer', id: 'rcp_1:off_2:fee' })
  expect(new URL(href, 'https://k').searchParams.get('reference')).toBe('rcp_1:off_2:fee')
  const shopper = hitHref({ kind: 'shopper', id: 'wal_1' })
  expect(new URL(shopper, 'https://k').searchParams.get('account')).toBe('wallet:wal_1:available')
})
