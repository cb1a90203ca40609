import { z } from 'zod'
import { ACCOUNT_HOLDERS, bareIban } from './iban.ts'
import { ClientId } from './id.ts'
import { PAYOUT_METHODS } from './market.ts'
import { Amount } from './money.ts'
import { Instant } from './receipt.ts'

/** Russian phones in E.164 form. */
export const Phone = z.string().regex(/^\+7\d{10}$/)

const HOLDER = new RegExp(
  Object.values(ACCOUNT_HOLDERS)
    .map(({ source }) => source)
    .join('|'),
)

export const PayoutDestination = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('sbp'), phone: Phone, bankId: z.string().min(1).max(40) }),
  z.strictObject({ code: z.literal('bank_card'), cardNumber: z.string().regex(/^\d{16,19}$/) }),
  z.strictObject({ code: z.literal('yoo_money'), accountNumber: z.string().regex(/^\d{11,33}$/) }),
  z.strictObject({
    code: z.literal('iban'),
    /** Kept in capitals without blanks; whether it checks: `ibanChecks`. */
    iban: z.string().max(60).overwrite(bareIban),
    holder: z.string().normalize('NFC').trim().min(2).max(70).regex(HOLDER),
    /** The holder's number in the state's register, where orders have to name it (`AccountRules`). */
    personalNumber: z
      .string()
      .regex(/^[0-9A-Z]{6,20}$/)
      .optional(),
  }),
])
export type PayoutDestination = z.infer<typeof PayoutDestination>

export const PayoutRequest = z.strictObject({
  /** Made by the client and kept before sending: the same id is the same payout for ever. */
  id: ClientId,
  amountMinor: Amount.min(1),
  destination: PayoutDestination,
})
export type PayoutRequest = z.infer<typeof PayoutRequest>

/** asked: durable, not sent. on_its_way: sent, or its fate unknown. */
export const PAYOUT_STATES = ['asked', 'on_its_way', 'arrived', 'came_back'] as const
export const PayoutState = z.enum(PAYOUT_STATES)
export type PayoutState = z.infer<typeof PayoutState>

/** It will move by itself; an end changes only when a transfer comes back. */
export const isUnderWay = (state: PayoutState) => state === 'asked' || state === 'on_its_way'

export const Payout = z.object({
  id: ClientId,
  amountMinor: Amount,
  state: PayoutState,
  /** `СБП · +7 9•• •••-••-67`, `•••• 4242`, `AT•• … 3201`: never the whole number. */
  destination: z.object({
    code: z.enum(PAYOUT_METHODS),
    masked: z.string(),
    bankName: z.string().nullable(),
  }),
  requestedAt: Instant,
  updatedAt: Instant,
  /** The provider's reason when the money came back, e.g. `recipient_check_failed`. */
  reason: z.string().nullable(),
  version: z.number().int(),
})
export type Payout = z.infer<typeof Payout>

export const SbpBank = z.object({ id: z.string(), name: z.string() })
export type SbpBank = z.infer<typeof SbpBank>
