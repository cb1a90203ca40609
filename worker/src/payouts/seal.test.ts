import { expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { PayoutDestination, PayoutRequest } from '#schema/payout'
import { openDestination, payoutContentTag, sealDestination } from './seal.ts'

const key = btoa('k'.repeat(32))
const otherKey = btoa('o'.repeat(32))
const payoutId = '0b6f5c64-2f0e-4e5a-9f0d-5b1f1c1f7a11'
const nonce = new Uint8Array(12).fill(7)
const card: PayoutDestination = { code: 'bank_card', cardNumber: '5555555555554477' }

const sealed = () => sealDestination(card, { key, payoutId, nonce })

test('what was sealed opens again', async () => {
  expect(await openDestination(await sealed(), { key, payoutId })).toEqual(card)
})

test('a card number cannot be read from the row', async () => {
  const text = await sealed()
  expect(text).not.toContain('4477')
  expect(atob(text.split('.')[2] ?? '')).not.toContain('5555')
})

test('another key does not open it', async () => {
  await expect(openDestination(await sealed(), { key: otherKey, payoutId })).rejects.toThrow()
})

test('a destination moved to another payout does not open', async () => {
  const moved = { key, payoutId: '11111111-2f0e-4e5a-9f0d-5b1f1c1f7a11' }
  await expect(openDestination(await sealed(), moved)).rejects.toThrow()
})

test('one flipped bit does not open', async () => {
  const [format, iv, body = ''] = (await sealed()).split('.')
  const flipped = (body.startsWith('A') ? 'B' : 'A') + body.slice(1)
  const altered = [format, iv, flipped].join('.')
  await expect(openDestination(altered, { key, payoutId })).rejects.toThrow()
})

test('a format of the future is refused, not guessed', async () => {
  const future = (await sealed()).replace('v1.', 'v2.')
  await expect(openDestination(future, { key, payoutId })).rejects.toThrow('unknown format')
})

test.each(['', 'v1', 'v1.AAAA', 'v1.AAAA.AAAA.AAAA'])(
  '%j is no sealed destination',
  async (text) => {
    await expect(openDestination(text, { key, payoutId })).rejects.toThrow('unknown format')
  },
)

test('a short key is refused at the first use', async () => {
  const short = { key: btoa('short'), payoutId, nonce }
  await expect(sealDestination(card, short)).rejects.toThrow('32 bytes')
})

test('a nonce of another length is refused', async () => {
  const short = { key, payoutId, nonce: new Uint8Array(11) }
  await expect(sealDestination(card, short)).rejects.toThrow('12 bytes')
})

const request: PayoutRequest = { id: payoutId, amountMinor: minor(32_000), destination: card }

test('a repeat has the same tag', async () => {
  const again = { ...request, destination: { ...card } }
  expect(await payoutContentTag(again, { key })).toBe(await payoutContentTag(request, { key }))
})

test.each<[string, PayoutRequest]>([
  ['another amount', { ...request, amountMinor: minor(32_001) }],
  ['another card', { ...request, destination: { ...card, cardNumber: '4242424242424242' } }],
  [
    'another way',
    { ...request, destination: { code: 'yoo_money', accountNumber: card.cardNumber } },
  ],
])('%s under the same id is another content', async (_, other) => {
  expect(await payoutContentTag(other, { key })).not.toBe(await payoutContentTag(request, { key }))
})

test('another bank for the same phone is another content', async () => {
  const to = (bankId: string): PayoutRequest => ({
    ...request,
    destination: { code: 'sbp', phone: '+79161234567', bankId },
  })
  const tags = await Promise.all(['1', '2'].map((bank) => payoutContentTag(to(bank), { key })))
  expect(new Set(tags).size).toBe(2)
})

test('the tag does not betray the card to who tries all numbers without the key', async () => {
  const tag = await payoutContentTag(request, { key })
  expect(await payoutContentTag(request, { key: otherKey })).not.toBe(tag)
})
