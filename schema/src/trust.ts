import { z } from 'zod'
import { MarketCode, TrustClass, TrustRule } from './market.ts'
import { Instant } from './receipt.ts'

/** What a market lets each class of trust earn at once, and where it departs from the safe rules. */
export const MarketTrust = z.object({
  market: MarketCode,
  rules: z.array(
    z.object({
      trust: TrustClass,
      rule: TrustRule,
      safe: TrustRule,
      /** Null while nobody has decided otherwise. */
      changedAt: Instant.nullable(),
      changedBy: z.string().nullable(),
    }),
  ),
})
export type MarketTrust = z.infer<typeof MarketTrust>

/** One class, one rule, one reason: each decision stands alone in the log. */
export const TrustChange = z.strictObject({
  trust: TrustClass,
  rule: TrustRule,
  reason: z.string().trim().min(3).max(300),
})
export type TrustChange = z.infer<typeof TrustChange>
