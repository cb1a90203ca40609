import { useTranslations } from 'use-intl'
import type { Payout, PayoutState } from '#schema/payout'
import { Chip, type Tone } from '../../ui/chip.tsx'

const TONES: Record<PayoutState, Tone> = {
  asked: 'coming',
  on_its_way: 'coming',
  arrived: 'mine',
  came_back: 'refusal',
}

/** Where a payout is, in a word or two. */
export function PayoutStateChip({ state }: { state: PayoutState }) {
  const t = useTranslations('shop.withdraw.state')
  return <Chip tone={TONES[state]}>{t(state)}</Chip>
}

export function isPayoutSettled(payout: Payout): boolean {
  return payout.state === 'arrived' || payout.state === 'came_back'
}

/** The provider's reason in words. */
export function usePayoutReason() {
  const t = useTranslations('shop.withdraw.reasons')
  return (reason: string) => (t.has(reason as 'other') ? t(reason as 'other') : t('other'))
}
