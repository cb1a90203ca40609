import { z } from 'zod'
import { type CurrencyCode, minorDigits } from '#schema/currency'
import type { PayoutDestination } from '#schema/payout'
import { parseJson } from '../outside/exchange.ts'
import { withoutNumbers } from './mask.ts'
import type { Absent, ProviderOutcome } from './provider.ts'

/**
 * Wise's API as read on docs.wise.com: api-reference/{quote,recipient,transfer}, guides/product/
 * send-money/{funding,tracking}, guides/developer/errors. A transfer is made first and moves
 * nothing; money moves when it is funded, which can happen to one transfer once.
 * Everything that comes back is hostile until it is shown to be the transfer that we asked for.
 */

/** What the recipient reads: ASCII and short, so that every bank carries it. */
const REFERENCE = 'Kopilka'

/** A transfer's number; it becomes part of a path. */
export const TransferId = z.string().regex(/^[1-9]\d{0,15}$/)

/** A transfer as it must be: in the market's own currency, because nothing converts silently. */
export type AskedTransfer = {
  amountMinor: number
  currency: CurrencyCode
  /** Wise's `customerTransactionId` (transactionId). */
  key: string
}

const amountOf = ({ amountMinor, currency }: AskedTransfer) =>
  amountMinor / 10 ** minorDigits(currency)

/** What the recipient gets is asked for; what it costs comes on top, and from the same currency. */
export function quoteBody(asked: AskedTransfer): string {
  return JSON.stringify({
    sourceCurrency: asked.currency,
    targetCurrency: asked.currency,
    targetAmount: amountOf(asked),
    payOut: 'BANK_TRANSFER',
    preferredPayIn: 'BALANCE',
  })
}

export function recipientBody(
  { iban, holder }: Extract<PayoutDestination, { code: 'iban' }>,
  currency: CurrencyCode,
  profileId: string,
): string {
  return JSON.stringify({
    currency,
    type: 'iban',
    profile: Number(profileId),
    ownedByCustomer: false,
    accountHolderName: holder,
    details: { legalType: 'PRIVATE', IBAN: iban },
  })
}

export function transferBody(targetAccount: number, quoteUuid: string, key: string): string {
  const details = { reference: REFERENCE }
  return JSON.stringify({ targetAccount, quoteUuid, customerTransactionId: key, details })
}

export const FUNDING_BODY = JSON.stringify({ type: 'BALANCE' })

const Quote = z.object({
  id: z.uuid(),
  sourceCurrency: z.string().max(10),
  targetCurrency: z.string().max(10),
  targetAmount: z.number(),
})

/** The quote's id, or why it is not the one that was asked for. */
export function quoteOf(text: string, asked: AskedTransfer): { id: string } | { wrong: string } {
  const parsed = Quote.safeParse(parseJson(text))
  if (!parsed.success) return { wrong: 'the answer is not a quote' }
  const { id, sourceCurrency, targetCurrency, targetAmount } = parsed.data
  const wrong = differenceOf(asked, sourceCurrency, targetCurrency, targetAmount)
  return wrong === null ? { id } : { wrong: `MISMATCH in quote ${id}: ${wrong}` }
}

const Recipient = z.object({ id: z.int().positive(), currency: z.string().max(10) })

/** The number of the recipient that was made, or why it is not usable. */
export function recipientOf(
  text: string,
  { currency }: AskedTransfer,
): { id: number } | { wrong: string } {
  const parsed = Recipient.safeParse(parseJson(text))
  if (!parsed.success) return { wrong: 'the answer is not a recipient' }
  if (parsed.data.currency !== currency)
    return { wrong: 'MISMATCH: a recipient in another currency' }
  return { id: parsed.data.id }
}

const Transfer = z.object({
  id: z.int().positive(),
  status: z.string().max(60),
  sourceCurrency: z.string().max(10),
  targetCurrency: z.string().max(10),
  targetValue: z.number(),
  customerTransactionId: z.string().max(64),
})
type Transfer = z.infer<typeof Transfer>

/** A transfer that waits for its money is `unfunded` besides being pending. */
export type TransferOutcome = { outcome: ProviderOutcome; unfunded: boolean }

/** What a transfer (the text of a 200) says about the payout that we asked for. */
export function transferOf(text: string, asked: AskedTransfer): TransferOutcome {
  const parsed = Transfer.safeParse(parseJson(text))
  if (!parsed.success) return proven(unknown('the answer is not a transfer'))
  const transfer = parsed.data
  if (transfer.customerTransactionId.toLowerCase() !== asked.key) {
    return proven(unknown(`MISMATCH: transfer ${transfer.id} is not our ${asked.key}`))
  }
  const { sourceCurrency, targetCurrency, targetValue } = transfer
  const wrong = differenceOf(asked, sourceCurrency, targetCurrency, targetValue)
  if (wrong !== null) return proven(unknown(`MISMATCH in transfer ${transfer.id}: ${wrong}`))
  return proven(meaningOf(transfer), transfer.status === 'incoming_payment_waiting')
}

const proven = (outcome: ProviderOutcome, unfunded = false): TransferOutcome => ({
  outcome,
  unfunded,
})

/**
 * The states of guides/product/send-money/tracking. `bounced_back` is no end: such a transfer is
 * delivered late or refunded. `cancelled` is said of one that was never funded, and on the way from
 * a bounce to the refund; from neither does the recipient get anything.
 */
function meaningOf({ id, status }: Transfer): ProviderOutcome {
  const providerId = String(id)
  switch (status) {
    case 'incoming_payment_waiting':
    case 'incoming_payment_initiated':
    case 'processing':
    case 'funds_converted':
    case 'bounced_back':
      return { kind: 'pending', providerId }
    case 'outgoing_payment_sent':
      return { kind: 'succeeded', providerId }
    case 'cancelled':
    case 'funds_refunded':
      return { kind: 'canceled', providerId, reason: status }
    default:
      return unknown(`unknown status ${withoutNumbers(status)} of ${providerId}`)
  }
}

function differenceOf(
  asked: AskedTransfer,
  sourceCurrency: string,
  targetCurrency: string,
  targetAmount: number,
): string | null {
  const digits = minorDigits(asked.currency)
  const expected = `${amountOf(asked).toFixed(digits)} ${asked.currency}`
  const given = targetAmount * 10 ** digits
  const isSame = Math.abs(given - asked.amountMinor) < 1e-3 && targetCurrency === asked.currency
  if (!isSame) return `asked ${expected}, answered ${targetAmount} ${targetCurrency}`
  return sourceCurrency === asked.currency ? null : `asked ${expected}, taken in ${sourceCurrency}`
}

const Errors = z.object({
  errors: z
    .array(z.object({ code: z.string().max(200), path: z.string().max(200).nullish() }))
    .min(1)
    .max(100),
})

/**
 * Why a quote, a recipient or a transfer was refused for good, or null when the answer proves
 * nothing. Only the contract's words for "this content is wrong" can be; 401 and 403 are our token
 * and rights, 404 our address, 408 and 429 ask for patience. A complaint about the key says that
 * it was used. Only codes and paths are repeated: messages carry names and numbers.
 */
export function refusalOf(status: number, text: string): string | null {
  if (status !== 400 && status !== 422) return null
  const parsed = Errors.safeParse(parseJson(text))
  if (!parsed.success) return null
  if (/customerTransactionId/i.test(text)) return null
  const [first] = parsed.data.errors
  const said = [first?.code, first?.path].filter((part) => /^[\w.[\]-]{1,80}$/.test(part ?? ''))
  return said.length === 0 ? 'refused' : withoutNumbers(said.join(':'))
}

const Funding = z.object({
  status: z.enum(['COMPLETED', 'REJECTED']),
  errorCode: z.string().max(200).nullish(),
})

/** What the operator reads about a funding that was not completed; null for one that was. */
export function fundingTrouble(status: number, headers: Headers, text: string): string | null {
  if (headers.get('x-2fa-approval-result') === 'REJECTED') {
    return 'not funded: the provider wants strong customer authentication for this token'
  }
  const parsed = Funding.safeParse(parseJson(text))
  if (parsed.data?.status === 'COMPLETED' && status < 300) return null
  const code = parsed.data?.errorCode ?? ''
  return `not funded: HTTP ${status} ${/^[\w.-]{1,80}$/.test(code) ? code : ''}`.trim()
}

/** What a page of the list says of our transfer; `isLast` when no page follows. */
export function pageOf(
  text: string,
  asked: AskedTransfer,
  pageSize: number,
): { found: TransferOutcome[]; isLast: boolean } | null {
  const parsed = z.array(z.unknown()).max(pageSize).safeParse(parseJson(text))
  if (!parsed.success) return null
  const ours = parsed.data.filter((item) => keyOf(item) === asked.key)
  const found = ours.map((item) => transferOf(JSON.stringify(item), asked))
  return { found, isLast: parsed.data.length < pageSize }
}

function keyOf(item: unknown): string | null {
  const parsed = z.object({ customerTransactionId: z.string() }).safeParse(item)
  return parsed.data?.customerTransactionId.toLowerCase() ?? null
}

/** One transfer of ours is the answer, none is absence, and two were paid twice: loud. */
export function foundOf(found: readonly TransferOutcome[], key: string): ProviderOutcome | Absent {
  if (found.length > 1) return unknown(`MISMATCH: ${found.length} transfers under ${key}`)
  return found[0]?.outcome ?? { kind: 'absent' }
}

export function unknown(detail: string): ProviderOutcome {
  return { kind: 'unknown', detail }
}
