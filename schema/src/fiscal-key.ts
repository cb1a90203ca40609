import { z } from 'zod'
import { idOf } from './id.ts'
import { MarketCode } from './market.ts'
import { Instant } from './receipt.ts'

/** Keys of tills and of authorities, as the register shows them. Public parts only. */

/** Countries whose codes carry a signature over total and time, so that a key says something. */
export const KEY_MARKETS = ['at', 'de', 'in', 'cl'] as const

/** Countries where the key is the state's own: no partner may ask for it. */
export const AUTHORITY_KEY_MARKETS: readonly MarketCode[] = ['cl']

/** Providers of Austrian certificates as codes name them; `AT0` is a closed system. */
const KEY_PROVIDERS = ['', 'AT0', 'AT1', 'AT2', 'AT3'] as const

export const FiscalKeyDraft = z.strictObject({
  /** PEM of a certificate or a public key, a JWK, or (Germany) the key in base 64. */
  key: z.string().trim().min(40).max(8_000),
  /** AT: the certificate's serial in hex, IN: `kid`, CL: IDK; empty when the key itself says it. */
  keyId: z.string().trim().max(120).default(''),
  provider: z.enum(KEY_PROVIDERS).default(''),
})
export type FiscalKeyDraft = z.infer<typeof FiscalKeyDraft>

/** asked → registered (compared by the operator) → revoked; declined is an end. */
const FISCAL_KEY_STATES = ['asked', 'registered', 'declined', 'revoked'] as const
export const FiscalKeyState = z.enum(FISCAL_KEY_STATES)
export type FiscalKeyState = z.infer<typeof FiscalKeyState>

export const FiscalKey = z.object({
  id: idOf('fiscalKey'),
  country: MarketCode,
  provider: z.string(),
  keyId: z.string(),
  /** Null for the key of an authority. */
  partnerId: idOf('partner').nullable(),
  partnerName: z.string().nullable(),
  key: z.string(),
  /** SHA-256 of the certificate, or of the bare key, in hex: what two people compare. */
  fingerprint: z.string(),
  state: FiscalKeyState,
  validFrom: Instant.nullable(),
  validUntil: Instant.nullable(),
  askedAt: Instant,
  registeredAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  /** What was compared, or why it was declined or revoked. */
  note: z.string(),
})
export type FiscalKey = z.infer<typeof FiscalKey>
