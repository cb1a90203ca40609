import type { OfferState } from '#schema/offer'
import type { PartnerState } from '#schema/partner'
import type { VerdictRule } from '#schema/verdict'
import type { Tone } from '../ui/chip.tsx'

export const OFFER_TONES: Record<OfferState, Tone> = {
  draft: 'neutral',
  published: 'mine',
  paused: 'coming',
  ended: 'neutral',
}

export const PARTNER_TONES: Record<PartnerState, Tone> = {
  applied: 'coming',
  active: 'mine',
  suspended: 'refusal',
  declined: 'refusal',
}

/** Limits are amber: the rule worked and stopped where it was told to. */
const LIMITS: readonly VerdictRule[] = [
  'cap_line',
  'cap_receipt',
  'cap_shopper',
  'cap_period',
  'cap_redemptions',
  'better_offer',
  'budget_exhausted',
]

/** The colour of a verdict's chip; the words say the same. */
export function verdictTone(rule: VerdictRule, limitedBy: VerdictRule | null): Tone {
  if (rule === 'rewarded') return limitedBy === null ? 'mine' : 'coming'
  return LIMITS.includes(rule) ? 'coming' : 'refusal'
}
