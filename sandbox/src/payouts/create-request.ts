import { z } from 'zod'
import { BANKS } from './banks.ts'

/** What a create request must be (yookassa.ru/developers/api#create_payout), and what is wrong. */

const AMOUNT_MINOR_MIN = 100
const AMOUNT_MINOR_MAX = 50_000_000

/** As the provider shows a destination afterwards: never the whole card number. */
export type ShownDestination =
  | { type: 'sbp'; phone: string; bank_id: string; recipient_checked: boolean }
  | { type: 'bank_card'; card: { first6: string; last4: string; card_type: string } }
  | { type: 'yoo_money'; account_number: string }

export type CreateRequest = {
  amountMinor: number
  destination: ShownDestination
  description: string | null
  metadata: Record<string, string>
}

type WrongRequest = { description: string; parameter?: string }

const Body = z.object({
  amount: z.object({ value: z.string().regex(/^\d{1,9}\.\d{2}$/), currency: z.literal('RUB') }),
  payout_destination_data: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('sbp'),
      phone: z.string().regex(/^\d{4,15}$/),
      bank_id: z.string().max(12),
    }),
    z.object({
      type: z.literal('bank_card'),
      card: z.object({ number: z.string().regex(/^\d{16,19}$/) }),
    }),
    z.object({ type: z.literal('yoo_money'), account_number: z.string().regex(/^\d{11,33}$/) }),
  ]),
  description: z.string().max(128).optional(),
  metadata: z.record(z.string().max(32), z.string().max(512)).optional(),
})
type Body = z.infer<typeof Body>

/** Reads the body of a create request, or says what is wrong with it in the provider's terms. */
export function readCreateRequest(text: string): CreateRequest | { wrong: WrongRequest } {
  const parsed = Body.safeParse(parse(text))
  if (!parsed.success) {
    const parameter = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
    const description = `Invalid request parameter: ${parameter || 'body'}`
    return { wrong: parameter === '' ? { description } : { description, parameter } }
  }
  const { amount, payout_destination_data, description, metadata } = parsed.data
  const amountMinor = Math.round(Number(amount.value) * 100)
  if (amountMinor < AMOUNT_MINOR_MIN || amountMinor > AMOUNT_MINOR_MAX) {
    return { wrong: { description: 'The amount is out of the limits', parameter: 'amount' } }
  }
  if (isUnknownBank(payout_destination_data)) {
    const parameter = 'payout_destination_data.bank_id'
    return { wrong: { description: 'No such participant of SBP', parameter } }
  }
  return {
    amountMinor,
    destination: shown(payout_destination_data),
    description: description ?? null,
    metadata: metadata ?? {},
  }
}

function isUnknownBank(data: Body['payout_destination_data']): boolean {
  return data.type === 'sbp' && !BANKS.some((bank) => bank.bank_id === data.bank_id)
}

function shown(data: Body['payout_destination_data']): ShownDestination {
  switch (data.type) {
    case 'sbp':
      return { type: 'sbp', phone: data.phone, bank_id: data.bank_id, recipient_checked: false }
    case 'bank_card': {
      const { number } = data.card
      const card = {
        first6: number.slice(0, 6),
        last4: number.slice(-4),
        card_type: typeOf(number),
      }
      return { type: 'bank_card', card }
    }
    case 'yoo_money':
      return { type: 'yoo_money', account_number: data.account_number }
  }
}

function typeOf(number: string): string {
  if (number.startsWith('2')) return 'Mir'
  if (number.startsWith('4')) return 'Visa'
  return number.startsWith('5') ? 'MasterCard' : 'Unknown'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
