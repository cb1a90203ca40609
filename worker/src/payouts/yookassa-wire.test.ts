import { describe, expect, test } from 'vitest'
import {
  banksOf,
  foundOf,
  outcomeOf,
  payoutBody,
  refusalOf,
  roubles,
  unknownAnswer,
} from './yookassa-wire.ts'

const id = '0b6f5c64-2f0e-4e5a-9f0d-5b1f1c1f7a11'
const asked = { id, amountMinor: 32_000 }
const paid = {
  id: 'po-285ec15d-0003-5000-a000-08d1bec7dade',
  status: 'succeeded',
  amount: { value: '320.00', currency: 'RUB' },
  payout_destination: { type: 'sbp', phone: '79161234567', bank_id: '100000000111' },
  metadata: { payout_id: id },
  created_at: '2026-11-21T18:42:00.000Z',
  test: false,
}
const judged = (changed: object) => outcomeOf(JSON.stringify({ ...paid, ...changed }), asked, false)

describe('the request', () => {
  test.each([
    [100, '1.00'],
    [101, '1.01'],
    [110, '1.10'],
    [32_000, '320.00'],
    [25_000_000, '250000.00'],
  ])('%i kopecks are written as %s', (amountMinor, text) => {
    expect(roubles(amountMinor)).toBe(text)
  })

  test('is what YooKassa documents for a payout by phone', () => {
    const destination = { code: 'sbp', phone: '+79161234567', bankId: '100000000111' } as const
    const body = payoutBody({ ...asked, destination, description: 'Kopilka', walletId: 'wal_1' })
    expect(JSON.parse(body)).toEqual({
      amount: { value: '320.00', currency: 'RUB' },
      payout_destination_data: { type: 'sbp', phone: '79161234567', bank_id: '100000000111' },
      description: 'Kopilka',
      metadata: { payout_id: id, wallet_id: 'wal_1' },
    })
  })

  test('is what YooKassa documents for a card and for a wallet', () => {
    const card = { code: 'bank_card', cardNumber: '5555555555554477' } as const
    expect(JSON.parse(payoutBody({ ...asked, destination: card, description: '' }))).toMatchObject({
      payout_destination_data: { type: 'bank_card', card: { number: '5555555555554477' } },
    })
    const wallet = { code: 'yoo_money', accountNumber: '410011758831136' } as const
    const body = JSON.parse(payoutBody({ ...asked, destination: wallet, description: '' }))
    expect(body.payout_destination_data).toEqual({
      type: 'yoo_money',
      account_number: '410011758831136',
    })
  })

  test('a long description is cut, never refused', () => {
    const card = { code: 'bank_card', cardNumber: '5555555555554477' } as const
    const body = payoutBody({ ...asked, destination: card, description: 'ж'.repeat(200) })
    expect(JSON.parse(body).description).toHaveLength(128)
  })
})

describe('a payout object', () => {
  test('paid, pending and canceled are told apart', () => {
    const providerId = paid.id
    expect(judged({})).toEqual({ kind: 'succeeded', providerId })
    expect(judged({ status: 'pending' })).toEqual({ kind: 'pending', providerId })
    const details = { party: 'payout_network', reason: 'recipient_not_found' }
    expect(judged({ status: 'canceled', cancellation_details: details })).toEqual({
      kind: 'canceled',
      providerId,
      reason: 'recipient_not_found',
    })
  })

  test('a payout that does not say whether it is a test is taken for a real one', () => {
    expect(judged({ test: undefined }).kind).toBe('succeeded')
  })

  test('canceled without a reason is canceled all the same', () => {
    expect(judged({ status: 'canceled' })).toMatchObject({
      kind: 'canceled',
      reason: 'general_decline',
    })
  })

  test.each<[string, object]>([
    ['a kopeck more', { amount: { value: '320.01', currency: 'RUB' } }],
    ['the amount written differently', { amount: { value: '320', currency: 'RUB' } }],
    ['another currency', { amount: { value: '320.00', currency: 'USD' } }],
    ['another payout’s id', { metadata: { payout_id: '1b6f5c64-2f0e-4e5a-9f0d-5b1f1c1f7a11' } }],
    ['no metadata', { metadata: undefined }],
    ['a test payout', { test: true }],
  ])('that differs from what was asked is never believed: %s', (_, changed) => {
    const outcome = judged(changed)
    expect(outcome.kind).toBe('unknown')
    expect(outcome.kind === 'unknown' && outcome.detail).toContain('MISMATCH')
  })

  test('a canceled payout of another amount does not bring our money back', () => {
    const amount = { value: '1.00', currency: 'RUB' }
    expect(judged({ status: 'canceled', amount }).kind).toBe('unknown')
  })

  test('the test gateway’s payouts count where the operator chose the test gateway', () => {
    const text = JSON.stringify({ ...paid, test: true })
    expect(outcomeOf(text, asked, true).kind).toBe('succeeded')
    expect(outcomeOf(JSON.stringify(paid), asked, true).kind).toBe('unknown')
  })

  test.each([
    '',
    'null',
    '[]',
    '<html>502 Bad Gateway</html>',
    '{"status":"succeeded"}',
    JSON.stringify({ ...paid, id: '../../v3/payments/1' }),
    JSON.stringify({ ...paid, status: 'refunded' }),
    JSON.stringify({ ...paid, amount: '320.00' }),
    JSON.stringify({ ...paid, status: 'canceled', cancellation_details: { reason: '<script>' } }),
  ])('nonsense proves nothing: %s', (text) => {
    expect(outcomeOf(text, asked, false).kind).toBe('unknown')
  })
})

describe('an error', () => {
  const error = { type: 'error', id: 'e', code: 'invalid_request', description: 'Bank is unknown' }
  const text = (changed: object = {}) => JSON.stringify({ ...error, ...changed })

  test('400 that names what is wrong is a refusal', () => {
    const parameter = 'payout_destination_data.bank_id'
    expect(refusalOf(400, text({ parameter }))).toBe(`invalid_request:${parameter}`)
    expect(refusalOf(400, text())).toBe('invalid_request')
    expect(refusalOf(400, text({ code: 'not_supported' }))).toBe('not_supported')
  })

  test.each([401, 403, 404, 405, 409, 415, 429, 500, 502, 503, 202, 302])(
    'HTTP %i on a repeated key does not prove that nothing was paid',
    (status) => {
      expect(refusalOf(status, text())).toBeNull()
    },
  )

  test('a complaint about the key says that the key was used: no refusal', () => {
    expect(refusalOf(400, text({ description: 'Idempotence key duplicated' }))).toBeNull()
    expect(refusalOf(400, text({ parameter: 'Idempotence-Key' }))).toBeNull()
  })

  test.each(['', '{}', '<html>', text({ type: 'list' }), text({ code: 'too_many_requests' })])(
    '400 without the contract’s own words is no refusal: %s',
    (body) => {
      expect(refusalOf(400, body)).toBeNull()
    },
  )

  test('a parameter that is no name is not repeated to the shopper', () => {
    expect(refusalOf(400, text({ parameter: '<b>card</b>' }))).toBe('invalid_request')
  })

  test('what the operator reads carries the status and the words, but no card number', () => {
    const body = text({ code: 'forbidden', description: 'No rights for 5555555555554477' })
    const outcome = unknownAnswer(403, body)
    expect(outcome).toEqual({ kind: 'unknown', detail: 'HTTP 403 forbidden No rights for •••' })
  })
})

describe('a search', () => {
  const list = (items: object[], more: object = {}) =>
    foundOf(JSON.stringify({ type: 'list', items, ...more }), asked, false)

  test('finds the payout, or that there is none', () => {
    expect(list([paid])).toEqual({ kind: 'succeeded', providerId: paid.id })
    expect(list([])).toEqual({ kind: 'absent' })
  })

  test('that brings other payouts proves nothing: its filter was not applied', () => {
    expect(list([{ ...paid, metadata: { payout_id: 'other' } }]).kind).toBe('unknown')
  })

  test('that brings two payouts for one id is loud, whatever they are', () => {
    expect(list([paid, paid])).toMatchObject({ kind: 'unknown' })
    expect(list([paid], { next_cursor: 'more' })).toMatchObject({ kind: 'unknown' })
    expect(list([], { next_cursor: 'more' })).toMatchObject({ kind: 'unknown' })
  })

  test.each(['', '{}', '{"type":"list"}', '{"items":[]}'])('nonsense is no absence: %s', (text) => {
    expect(foundOf(text, asked, false).kind).toBe('unknown')
  })
})

describe('banks', () => {
  test('are read with their names', () => {
    const items = [{ bank_id: '100000000111', name: 'Сбербанк', bic: '044525225' }]
    expect(banksOf(JSON.stringify({ type: 'list', items }))).toEqual([
      { id: '100000000111', name: 'Сбербанк' },
    ])
  })

  test('nonsense is no list of banks', () => {
    expect(banksOf('{"type":"list","items":[{"name":"x"}]}')).toBeNull()
  })
})
