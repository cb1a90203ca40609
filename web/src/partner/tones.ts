import type { OfferState } from '#schema/offer'
import type { PartnerState } from '#schema/partner'
import type { VerdictRule } from '#schema/verdict'
import type { Tone } from '../ui/chip.tsx'
import { verdictTone } from '../verdicts/verdict-words.ts'

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

/** The colour of a redemption's chip: the shopper's, and amber where a limit cut the reward. */
export function redemptionTone(rule: VerdictRule, limitedBy: VerdictRule | null): Tone {
  if (rule === 'rewarded' && limitedBy !== null) return 'coming'
  return verdictTone({ rule, holdDays: 0 })
}
