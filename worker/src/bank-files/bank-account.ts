import { z } from 'zod'
import { ibanChecks } from '#schema/iban'

/** Codes of sectors and purpose that orders in Kazakhstan carry (pain-001.ts). */
const OrderCodes = z.strictObject({
  payer: z.string().regex(/^\d{2}$/),
  payee: z.string().regex(/^\d{2}$/),
  purpose: z.string().regex(/^\d{3}$/),
})

/** The operator's account in a market, from which its bank pays by files: a setting. */
export const BankAccount = z.strictObject({
  name: z.string().min(2).max(140),
  iban: z.string().refine(ibanChecks, 'not an account number'),
  bic: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/),
  /** The operator's number in the state's register: BIN in Kazakhstan. */
  taxNumber: z.string().regex(/^[A-Z0-9]{8,14}$/),
  /** What the recipient reads; with the codes behind it 140 characters at most. */
  purpose: z.string().min(3).max(80),
  /** Null where orders carry none. */
  codes: OrderCodes.nullable(),
})
export type BankAccount = z.infer<typeof BankAccount>
