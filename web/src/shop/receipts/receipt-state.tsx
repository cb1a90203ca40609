import { Ban, CircleCheck, Clock, Copy, Loader, RotateCcw } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslations } from 'use-intl'
import type { ReceiptReason, ReceiptState } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { Chip, type Tone } from '../../ui/chip.tsx'

const LOOKS: Record<ReceiptState, { tone: Tone; icon: ComponentType }> = {
  received: { tone: 'coming', icon: Loader },
  verifying: { tone: 'coming', icon: Loader },
  awaiting_authority: { tone: 'coming', icon: Clock },
  awaiting_budget: { tone: 'coming', icon: Clock },
  credited: { tone: 'mine', icon: CircleCheck },
  no_reward: { tone: 'mine', icon: CircleCheck },
  duplicate: { tone: 'refusal', icon: Copy },
  rejected: { tone: 'refusal', icon: Ban },
  released: { tone: 'neutral', icon: RotateCcw },
}

/** Where a receipt is, in a word or two. */
export function ReceiptStateChip({ state }: { state: ReceiptState }) {
  const t = useTranslations('shop.receipt.state')
  const { tone, icon: Icon } = LOOKS[state]
  return (
    <Chip tone={tone} icon={<Icon aria-hidden="true" />}>
      {t(state)}
    </Chip>
  )
}

/** The sentence for why a receipt is where it is. */
export function useReasonWords() {
  const t = useTranslations('shop.receipt')
  const format = useFormat()
  return (reason: ReceiptReason): string => {
    if (reason.code === 'already_claimed') {
      return t('reason.already_claimed', {
        at: reason.at ? format.instant(reason.at, 'moment') : '—',
        by: reason.by?.startsWith('+') ? reason.by : t('otherShopper'),
      })
    }
    return t(`reason.${reason.code}`)
  }
}

/** States that change by themselves; everything else is an end. */
export function isUnderWay(state: ReceiptState): boolean {
  return LOOKS[state].tone === 'coming'
}
