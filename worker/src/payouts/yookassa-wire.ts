import { z } from 'zod'
import { parseJson } from '../outside/exchange.ts'
import { withoutNumbers } from './mask.ts'
import type { Absent, AskedPayout, PayoutToSend, ProviderOutcome } from './provider.ts'

/**
 * YooKassa's payouts, API v3, as read on yookassa.ru/developers: api#create_payout, api#get_payout,
 * api#search_payouts, api#get_sbp_banks, using-api/response-handling/{http-codes,recommendations},
 * using-api/lists, payouts/after-the-payout/declined-payouts.
 * Everything that comes back is hostile until it is shown to be the payout that we asked for.
 */

/** The payout's metadata key that carries our id. */
export const PAYOUT_ID_KEY = 'payout_id'
export const WALLET_ID_KEY = 'wallet_id'

const DESCRIPTION_CHARS_MAX = 128

/** `po-285ec15d-0003-5000-a000-08d1bec7dade`: 36 to 50 characters; it becomes part of a path. */
export const ProviderId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

const PayoutAnswer = z.object({
  id: ProviderId,
  status: z.string().max(40),
  amount: z.object({ value: z.string().max(20), currency: z.string().max(10) }),
  metadata: z.record(z.string(), z.string()).optional(),
  cancellation_details: z.object({ reason: z.string().regex(/^[a-z0-9_]{1,64}$/) }).optional(),
  /** True for the test gateway: no money moves. */
  test: z.boolean().optional(),
})
type PayoutAnswer = z.infer<typeof PayoutAnswer>

const PayoutList = z.object({
  type: z.literal('list'),
  items: z.array(z.unknown()).max(100),
  next_cursor: z.string().optional(),
})

const ErrorAnswer = z.object({
  type: z.literal('error'),
  code: z.string().regex(/^[a-z_]{1,40}$/),
  description: z.string().max(2_000).optional(),
  parameter: z.string().max(200).optional(),
})

/** `32000` → `320.00`. */
export function roubles(amountMinor: number): string {
  const kopecks = String(amountMinor % 100).padStart(2, '0')
  return `${Math.trunc(amountMinor / 100)}.${kopecks}`
}

/** The body of a create request: byte for byte the same at every repeat of one payout. */
export function payoutBody(payout: PayoutToSend): string {
  const metadata: Record<string, string> = { [PAYOUT_ID_KEY]: payout.id }
  if (payout.walletId !== undefined) metadata[WALLET_ID_KEY] = payout.walletId
  return JSON.stringify({
    amount: { value: roubles(payout.amountMinor), currency: 'RUB' },
    payout_destination_data: destinationData(payout.destination),
    description: [...payout.description].slice(0, DESCRIPTION_CHARS_MAX).join(''),
    metadata,
  })
}

function destinationData(destination: PayoutToSend['destination']): Record<string, unknown> {
  switch (destination.code) {
    case 'sbp':
      return { type: 'sbp', phone: destination.phone.slice(1), bank_id: destination.bankId }
    case 'bank_card':
      return { type: 'bank_card', card: { number: destination.cardNumber } }
    case 'yoo_money':
      return { type: 'yoo_money', account_number: destination.accountNumber }
    case 'iban':
      throw new Error('this provider pays no accounts abroad')
  }
}

/** What a payout object (the text of a 200) says about the payout that we asked for. */
export function outcomeOf(text: string, asked: AskedPayout, testGateway: boolean): ProviderOutcome {
  return outcomeOfObject(parseJson(text), asked, testGateway)
}

function outcomeOfObject(
  value: unknown,
  asked: AskedPayout,
  testGateway: boolean,
): ProviderOutcome {
  const parsed = PayoutAnswer.safeParse(value)
  if (!parsed.success) return unknown('the answer is not a payout object')
  const answer = parsed.data
  const difference = differenceOf(answer, asked, testGateway)
  if (difference !== null) return unknown(`MISMATCH in ${answer.id}: ${difference}`)
  switch (answer.status) {
    case 'pending':
      return { kind: 'pending', providerId: answer.id }
    case 'succeeded':
      return { kind: 'succeeded', providerId: answer.id }
    case 'canceled': {
      const reason = answer.cancellation_details?.reason ?? 'general_decline'
      return { kind: 'canceled', providerId: answer.id, reason }
    }
    default:
      return unknown(`unknown status ${withoutNumbers(answer.status)} of ${answer.id}`)
  }
}

function differenceOf(
  answer: PayoutAnswer,
  asked: AskedPayout,
  testGateway: boolean,
): string | null {
  const { value, currency } = answer.amount
  const expected = roubles(asked.amountMinor)
  if (value !== expected || currency !== 'RUB') {
    return `asked ${expected} RUB, answered ${value} ${currency}`
  }
  if (answer.metadata?.[PAYOUT_ID_KEY] !== asked.id) return `it is not our payout ${asked.id}`
  if (asked.walletId !== undefined && answer.metadata[WALLET_ID_KEY] !== asked.walletId) {
    return `payout ${asked.id} of another wallet`
  }
  if ((answer.test ?? false) !== testGateway) {
    return testGateway ? 'real money moved from the test gateway' : 'a test payout moves no money'
  }
  return null
}

/**
 * Why a payout was refused for good, or null when the answer proves nothing. Only the contract's
 * own "this request is wrong" (400) can be: 401 and 403 are our keys and rights, 404 and 405 our
 * address, 415 and 429 come before the request is read, and each of them may answer the repeat of
 * a payout that has been made. A complaint about the key itself says that the key was used.
 */
export function refusalOf(status: number, text: string): string | null {
  if (status !== 400) return null
  const parsed = ErrorAnswer.safeParse(parseJson(text))
  if (!parsed.success) return null
  const { code, description = '', parameter = '' } = parsed.data
  if (code !== 'invalid_request' && code !== 'not_supported') return null
  if (/idempotence/i.test(`${parameter} ${description}`)) return null
  return /^[\w.[\]-]{1,80}$/.test(parameter) ? `${code}:${withoutNumbers(parameter)}` : code
}

/** What the operator reads about an answer that proves nothing. */
export function unknownAnswer(status: number, text: string): ProviderOutcome {
  const parsed = ErrorAnswer.safeParse(parseJson(text))
  if (!parsed.success) return unknown(`HTTP ${status}`)
  const { code, description = '', parameter = '' } = parsed.data
  const said = withoutNumbers(`${parameter} ${description}`.replace(/\s+/g, ' ').trim())
  return unknown(`HTTP ${status} ${code} ${said}`.trim())
}

export function unknown(detail: string): ProviderOutcome {
  return { kind: 'unknown', detail }
}

/**
 * What a search by our id says. The filter is strict, so an item without our id means that it was
 * not applied, and more than one item means that the payout was made twice: both are loud.
 */
export function foundOf(
  text: string,
  asked: AskedPayout,
  testGateway: boolean,
): ProviderOutcome | Absent {
  const parsed = PayoutList.safeParse(parseJson(text))
  if (!parsed.success) return unknown('the answer is not a list of payouts')
  const { items, next_cursor } = parsed.data
  if (items.length > 1 || next_cursor !== undefined) {
    return unknown(`MISMATCH: the search for ${asked.id} found ${items.length} payouts or more`)
  }
  return items.length === 0 ? { kind: 'absent' } : outcomeOfObject(items[0], asked, testGateway)
}

const BankList = z.object({
  type: z.literal('list'),
  items: z
    .array(z.object({ bank_id: z.string().min(1).max(40), name: z.string().min(1).max(200) }))
    .max(1_000),
})

/** The banks of an sbp_banks answer, or null when it is none. */
export function banksOf(text: string): { id: string; name: string }[] | null {
  const parsed = BankList.safeParse(parseJson(text))
  if (!parsed.success) return null
  return parsed.data.items.map((bank) => ({ id: bank.bank_id, name: bank.name }))
}
