import { z } from 'zod'
import { Category, LocalText } from './market.ts'
import { Amount } from './money.ts'

/**
 * The record that shopper, partner and operator all see: which offer looked at which line, by which
 * rule it paid or refused, what it saw, what it needed, and what to do next.
 */

export const VERDICT_RULES = [
  'rewarded', // pays; `limitedBy` says which cap cut it
  'product_unknown', // the line was not recognised
  'product_uncertain', // recognised, but not surely enough to pay
  'category_blocked', // goods that the market's rules leave out
  'lines_unknown', // nobody says what was bought: only its retailer's own offers may pay
  'prepaid', // an advance or a credit's payment: the receipt of the goods themselves earns
  'other_product', // the offer is on something else
  'retailer_unknown', // the shop is not known to the network yet
  'other_retailer',
  'before_start',
  'after_end',
  'offer_paused',
  'submitted_late',
  'below_minimum_spend',
  'below_minimum_quantity',
  'not_activated',
  'cap_line',
  'cap_receipt',
  'cap_shopper',
  'cap_period',
  'cap_redemptions',
  'budget_exhausted',
  'better_offer', // another offer pays more for the same line
  'reward_too_small', // the percentage rounds down to zero
  'awaiting_budget', // would pay `seen`; the offer's money is being asked for
  'daily_limit', // so many receipts of the day are credited already
  'till_limit', // and so many of the till
  'returned', // goods went back to the shop: `seen` of the reward was taken back
] as const
export const VerdictRule = z.enum(VERDICT_RULES)
export type VerdictRule = z.infer<typeof VerdictRule>

export const VERDICT_ACTIONS = [
  'none',
  'wait_until_available',
  'buy_more', // needed − seen of the same product
  'spend_more',
  'buy_other_product',
  'buy_at_listed_retailer',
  'submit_sooner',
  'submit_final_receipt',
  'activate_first',
  'come_back_next_period',
  'choose_another_offer',
  'ask_support',
] as const
export const VerdictAction = z.enum(VERDICT_ACTIONS)
export type VerdictAction = z.infer<typeof VerdictAction>

/** A value with its unit, so that the screens word it in either language. */
export const VerdictValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('money'), amountMinor: Amount }),
  z.object({ kind: z.literal('count'), count: z.number().int() }),
  z.object({ kind: z.literal('time'), time: z.string() }),
  z.object({ kind: z.literal('name'), name: z.string() }),
  z.object({ kind: z.literal('category'), category: Category }),
  z.object({
    kind: z.literal('names'),
    names: z.array(z.string()).max(10),
    more: z.number().int(),
  }),
])
export type VerdictValue = z.infer<typeof VerdictValue>

export const Verdict = z.object({
  offerId: z.string().nullable(),
  offerVersion: z.number().int().nullable(),
  /** The offer's title as it was, for people; null for verdicts on the line itself. */
  offerTitle: LocalText.nullable(),
  /** Index of the line, or null when the offer looks at the whole receipt. */
  line: z.number().int().nullable(),
  rule: VerdictRule,
  seen: VerdictValue.nullable(),
  needed: VerdictValue.nullable(),
  action: VerdictAction,
  rewardMinor: Amount,
  limitedBy: VerdictRule.nullable(),
  /** Days the reward is held; 0 means available at once. */
  holdDays: z.number().int(),
})
export type Verdict = z.infer<typeof Verdict>
