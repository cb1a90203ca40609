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
  return (reason: string) => {
    const word = wordOf(reason)
    return t.has(word as 'other') ? t(word as 'other') : t('other')
  }
}

/** Codes of banks (ISO 20022, ExternalStatusReason1Code) that a shopper can do something about. */
const BANK_REASONS: Readonly<Record<string, string>> = {
  AC01: 'account_refused',
  AC03: 'account_refused',
  AC04: 'account_closed',
  AC06: 'account_closed',
  AC07: 'account_closed',
  AM04: 'insufficient_funds',
  BE01: 'holder_refused',
  BE16: 'holder_refused',
}

/** A provider may name the field that it refused, `NOT_VALID:IBAN`; all else is a word already. */
function wordOf(reason: string): string {
  const bankWord = BANK_REASONS[reason]
  if (bankWord) return bankWord
  if (/\biban\b/i.test(reason)) return 'account_refused'
  return /\baccountHolderName\b/.test(reason) ? 'holder_refused' : reason
}
