import { describe, expect, test } from 'vitest'
import { transactionId } from './transaction-id.ts'
import {
  type AskedTransfer,
  foundOf,
  fundingTrouble,
  pageOf,
  quoteBody,
  quoteOf,
  recipientBody,
  recipientOf,
  refusalOf,
  TransferId,
  transferBody,
  transferOf,
} from './wise-wire.ts'

const KEY = '6d9188cf-fa59-54c3-87a2-4506ce9c1ea3'
const asked: AskedTransfer = { amountMinor: 12_305, currency: 'EUR', key: KEY }

/** As the documentation shows them. */
const transfer = {
  id: 15_574_445,
  user: 294_205,
  targetAccount: 7_993_919,
  sourceAccount: null,
  quote: null,
  quoteUuid: '11144c35-9fe8-4c32-b7fd-d05c2a7734bf',
  status: 'processing',
  reference: 'Kopilka',
  rate: 1,
  created: '2026-11-20 15:25:51',
  business: 700_100,
  transferRequest: null,
  details: { reference: 'Kopilka' },
  hasActiveIssues: false,
  sourceValue: 123.05,
  sourceCurrency: 'EUR',
  targetValue: 123.05,
  targetCurrency: 'EUR',
  customerTransactionId: KEY.toUpperCase(),
}
const said = (changed: object = {}) =>
  transferOf(JSON.stringify({ ...transfer, ...changed }), asked)
const MISMATCH = { outcome: { kind: 'unknown', detail: expect.stringContaining('MISMATCH') } }

describe('a state', () => {
  const id = { providerId: '15574445' }

  test.each(['incoming_payment_initiated', 'processing', 'funds_converted', 'bounced_back'])(
    '%s is no end: nothing is given back for it',
    (status) => {
      expect(said({ status })).toEqual({ outcome: { kind: 'pending', ...id }, unfunded: false })
    },
  )

  test('of waiting for money is the only one in which it is funded', () => {
    const status = 'incoming_payment_waiting'
    expect(said({ status })).toEqual({ outcome: { kind: 'pending', ...id }, unfunded: true })
  })

  test('of being sent is arrival', () => {
    expect(said({ status: 'outgoing_payment_sent' }).outcome).toEqual({ kind: 'succeeded', ...id })
  })

  test.each(['cancelled', 'funds_refunded'])('%s gives the money back, and says why', (status) => {
    expect(said({ status }).outcome).toEqual({ kind: 'canceled', ...id, reason: status })
  })

  test.each(['unknown', 'charged_back', 'waiting_recipient_input_to_proceed', ''])(
    '%s proves nothing',
    (status) => expect(said({ status }).outcome.kind).toBe('unknown'),
  )
})

describe('an answer counts only for what was asked', () => {
  test.each([
    ['a cent less', { targetValue: 123.04 }],
    ['a hundred times as much', { targetValue: 12_305 }],
    ['another currency', { targetCurrency: 'GBP' }],
    ['taken from another currency', { sourceCurrency: 'USD' }],
    ['somebody else’s transfer', { customerTransactionId: crypto.randomUUID() }],
  ])('%s is unknown and loud, although it was sent', (_, changed) => {
    expect(said({ status: 'outgoing_payment_sent', ...changed })).toMatchObject(MISMATCH)
  })

  test('the amount is the same however the number is written', () => {
    const text = JSON.stringify(transfer).replace('"targetValue":123.05', '"targetValue":123.0500')
    expect(transferOf(text, asked).outcome.kind).toBe('pending')
  })

  test('a currency without hundredths is sent and compared whole', () => {
    const pesos: AskedTransfer = { ...asked, amountMinor: 5_000, currency: 'CLP' }
    expect(JSON.parse(quoteBody(pesos))).toMatchObject({ targetAmount: 5_000 })
    const money = { sourceCurrency: 'CLP', targetCurrency: 'CLP', targetValue: 50 }
    expect(transferOf(JSON.stringify({ ...transfer, ...money }), pesos)).toMatchObject(MISMATCH)
  })

  test.each(['', '[]', '{"id":1', '<html>', '{}', JSON.stringify({ ...transfer, id: 'x' })])(
    'nonsense proves nothing: %s',
    (text) => expect(transferOf(text, asked)).toMatchObject({ outcome: { kind: 'unknown' } }),
  )
})

describe('what is sent', () => {
  test('is the amount for the recipient, in the market’s currency on both sides', () => {
    expect(JSON.parse(quoteBody(asked))).toEqual({
      sourceCurrency: 'EUR',
      targetCurrency: 'EUR',
      targetAmount: 123.05,
      payOut: 'BANK_TRANSFER',
      preferredPayIn: 'BALANCE',
    })
  })

  test('is a private account with its holder, and the key of the transfer', () => {
    const iban = { code: 'iban', iban: 'AT611904300234573201', holder: 'Anna Muster' } as const
    expect(JSON.parse(recipientBody(iban, 'EUR', '700100'))).toEqual({
      currency: 'EUR',
      type: 'iban',
      profile: 700_100,
      ownedByCustomer: false,
      accountHolderName: 'Anna Muster',
      details: { legalType: 'PRIVATE', IBAN: 'AT611904300234573201' },
    })
    expect(JSON.parse(transferBody(9, transfer.quoteUuid, KEY))).toEqual({
      targetAccount: 9,
      quoteUuid: transfer.quoteUuid,
      customerTransactionId: KEY,
      details: { reference: 'Kopilka' },
    })
  })

  test('under one key for one payout of one wallet, and another for anybody else’s', async () => {
    const id = '0b6f5c64-2f0e-4e5a-9f0d-5b1f1c1f7a11'
    const key = await transactionId('at', { id, amountMinor: 1, walletId: 'wal_a' })
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const again = { id, amountMinor: 2, walletId: 'wal_a', firstSentAt: 5 }
    expect(await transactionId('at', again)).toBe(key)
    expect(await transactionId('de', again)).not.toBe(key)
    expect(await transactionId('at', { id, amountMinor: 1, walletId: 'wal_b' })).not.toBe(key)
    const capitals = { id: id.toUpperCase(), amountMinor: 1, walletId: 'wal_a' }
    expect(await transactionId('at', capitals)).not.toBe(key)
  })
})

describe('a quote or a recipient', () => {
  const quote = { id: transfer.quoteUuid, sourceCurrency: 'EUR', targetCurrency: 'EUR' }

  test('is used when it is the one that was asked for', () => {
    const text = JSON.stringify({ ...quote, targetAmount: 123.05 })
    expect(quoteOf(text, asked)).toEqual({ id: quote.id })
    expect(recipientOf('{"id":9,"currency":"EUR"}', asked)).toEqual({ id: 9 })
  })

  test.each([{ targetAmount: 123 }, { targetAmount: 123.05, targetCurrency: 'GBP' }, {}])(
    'of something else is not: %j',
    (changed) => {
      expect(quoteOf(JSON.stringify({ ...quote, ...changed }), asked)).toHaveProperty('wrong')
    },
  )

  test.each(['{"id":9,"currency":"GBP"}', '{"id":"9","currency":"EUR"}', ''])(
    'for another currency or without a number is not: %s',
    (text) => expect(recipientOf(text, asked)).toHaveProperty('wrong'),
  )
})

describe('a refusal', () => {
  const body = (...errors: object[]) => JSON.stringify({ errors })
  const wrong = { code: 'NOT_VALID', message: 'Anna Muster, 611904300234573201', path: 'IBAN' }

  test.each([400, 422])('by HTTP %i is told by code and field, without names and numbers', (is) => {
    expect(refusalOf(is, body(wrong))).toBe('NOT_VALID:IBAN')
    expect(refusalOf(is, body({ code: '<b>', path: 'a b' }))).toBe('refused')
  })

  test.each([401, 403, 404, 408, 409, 429, 500, 503, 302])('is not HTTP %i', (status) => {
    expect(refusalOf(status, body(wrong))).toBeNull()
  })

  test('is not one without the contract’s words, nor a complaint about the key', () => {
    for (const text of ['', '{}', '<html>', body()]) expect(refusalOf(422, text)).toBeNull()
    expect(refusalOf(422, body({ ...wrong, path: 'customerTransactionId' }))).toBeNull()
  })
})

describe('funding', () => {
  const none = new Headers()
  const answer = (status: string, errorCode: string | null = null) =>
    JSON.stringify({ type: 'BALANCE', status, errorCode })

  test('is done only when the answer says so', () => {
    expect(fundingTrouble(201, none, answer('COMPLETED'))).toBeNull()
    for (const text of ['', '{}', answer('DONE')])
      expect(fundingTrouble(201, none, text)).toBeTruthy()
    expect(fundingTrouble(500, none, answer('COMPLETED'))).toBe('not funded: HTTP 500')
  })

  test('refused says why: an empty balance, or a token that needs a second factor', () => {
    const short = answer('REJECTED', 'balance.payment-option-unavailable')
    expect(fundingTrouble(201, none, short)).toContain('balance.payment-option-unavailable')
    const approval = new Headers({ 'x-2fa-approval-result': 'REJECTED' })
    expect(fundingTrouble(403, approval, '')).toContain('strong customer authentication')
  })
})

describe('a search', () => {
  const others = Array.from({ length: 3 }, (_, id) => ({
    ...transfer,
    id: id + 1,
    customerTransactionId: crypto.randomUUID(),
  }))

  test('finds ours among others, and knows the last page by its length', () => {
    const page = pageOf(JSON.stringify([...others, transfer]), asked, 4)
    expect(page).toMatchObject({ isLast: false, found: [{ outcome: { providerId: '15574445' } }] })
    expect(pageOf(JSON.stringify(others), asked, 4)).toEqual({ found: [], isLast: true })
    expect(foundOf(page?.found ?? [], KEY)).toEqual({ kind: 'pending', providerId: '15574445' })
  })

  test('of none is absence, and of two is loud', () => {
    expect(foundOf([], KEY)).toEqual({ kind: 'absent' })
    expect(foundOf([said(), said()], KEY)).toMatchObject({ kind: 'unknown' })
  })

  test.each(['', '{}', '{"content":[]}', JSON.stringify([...others, ...others])])(
    'nonsense is no absence: %.20s',
    (text) => expect(pageOf(text, asked, 4)).toBeNull(),
  )
})

test('only a number goes into an address', () => {
  for (const id of ['15574445', '1']) expect(TransferId.safeParse(id).success).toBe(true)
  for (const id of ['', '0', '1/cancel', '-1', '1e3', '99999999999999999999']) {
    expect(TransferId.safeParse(id).success).toBe(false)
  }
})
