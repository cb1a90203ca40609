import { expect, test } from 'vitest'
import { parseYookassaNotification } from './yookassa-notification.ts'

const payoutId = '0b6f5c64-2f0e-4e5a-9f0d-5b1f1c1f7a11'
const object = {
  id: 'po-285ec15d-0003-5000-a000-08d1bec7dade',
  status: 'succeeded',
  metadata: { payout_id: payoutId, wallet_id: 'wal_00000000000000000001' },
}
const notification = { type: 'notification', event: 'payout.succeeded', object }
const parse = (changed: object) =>
  parseYookassaNotification(JSON.stringify({ ...notification, ...changed }))

test('a notification names the payout to ask about', () => {
  const named = { providerId: object.id, payoutId, walletId: 'wal_00000000000000000001' }
  expect(parse({})).toEqual(named)
  expect(parse({ event: 'payout.canceled' })).toEqual(named)
})

test('a wallet id that is none is not used to find a cell', () => {
  const metadata = { payout_id: payoutId, wallet_id: '../wal' }
  expect(parse({ object: { ...object, metadata } })).toMatchObject({ walletId: null })
  const missing = { payout_id: payoutId }
  expect(parse({ object: { ...object, metadata: missing } })).toMatchObject({ walletId: null })
})

test.each<[string, object]>([
  ['another event', { event: 'payment.succeeded' }],
  ['another type', { type: 'error' }],
  ['no object', { object: null }],
  ['an id that is a path', { object: { ...object, id: '../payments/1' } }],
  ['an id that is a number', { object: { ...object, id: 7 } }],
  ['no metadata', { object: { ...object, metadata: undefined } }],
  ['somebody else’s payout', { object: { ...object, metadata: { order_id: '37' } } }],
  ['a payout id that is none', { object: { ...object, metadata: { payout_id: "' OR 1=1" } } }],
])('a stranger’s post asks about nothing: %s', (_, changed) => {
  expect(parse(changed)).toBeNull()
})

test.each(['', 'null', '[]', '"x"', '{', '\u0000'])('nonsense asks about nothing: %j', (body) => {
  expect(parseYookassaNotification(body)).toBeNull()
})

test('a body that is too long is not even parsed', () => {
  const padded = { ...notification, padding: 'x'.repeat(64 * 1024) }
  expect(parseYookassaNotification(JSON.stringify(padded))).toBeNull()
})
