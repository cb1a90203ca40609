import { useTranslations } from 'use-intl'
import type { Verdict, VerdictRule, VerdictValue } from '#schema/verdict'
import { useFormat } from '../i18n/use-format.ts'
import type { Tone } from '../ui/chip.tsx'

/** Rules that say nothing about what the shopper did: shown quietly. */
const QUIET: readonly VerdictRule[] = ['other_product', 'product_unknown', 'reward_too_small']
/** Rules whose chip is clearer with the numbers in it. */
const COUNTED = ['below_minimum_quantity', 'below_minimum_spend'] as const

function isCounted(rule: VerdictRule): rule is (typeof COUNTED)[number] {
  return COUNTED.some((counted) => counted === rule)
}

/** The colour of a verdict: yours, coming, refused, or a plain fact. */
export function verdictTone(verdict: Pick<Verdict, 'rule' | 'holdDays'>): Tone {
  if (verdict.rule === 'rewarded') return verdict.holdDays > 0 ? 'coming' : 'mine'
  if (verdict.rule === 'awaiting_budget') return 'coming'
  return QUIET.includes(verdict.rule) ? 'neutral' : 'refusal'
}

/** Words for verdicts, the same in the shopper's, the partner's and the operator's screens. */
export function useVerdictWords() {
  const t = useTranslations('verdict')
  const format = useFormat()

  function value(shown: VerdictValue): string {
    switch (shown.kind) {
      case 'money':
        return format.amount(shown.amountMinor)
      case 'count':
        return t('facts.pieces', { count: format.number(shown.count) })
      case 'time':
        return shown.time.endsWith('Z') ? format.instant(shown.time) : format.wallClock(shown.time)
      case 'name':
        return shown.name
      case 'category':
        return t(`category.${shown.category}`)
      case 'names': {
        const names = shown.names.join(', ')
        return shown.more > 0 ? `${names} ${t('facts.more', { count: String(shown.more) })}` : names
      }
    }
  }

  /** As short as a chip: `+26,97 ₽ · с 5 дек`, `нужно 3 шт., в чеке 2 шт.`, `не тот товар`. */
  function chip(verdict: Verdict, availableAt: string | null): string {
    if (verdict.rule === 'rewarded') {
      const reward = format.amount(verdict.rewardMinor, true)
      if (verdict.limitedBy) return t('chipWith.limited', { reward })
      if (verdict.holdDays > 0 && availableAt) {
        return t('chipWith.held', { reward, date: format.instant(availableAt, 'short') })
      }
      return verdict.offerTitle
        ? t('chipWith.rewarded', { reward, offer: verdict.offerTitle[format.locale] })
        : reward
    }
    if (verdict.rule === 'returned' && verdict.seen) {
      return t('chipWith.returned', { taken: value(verdict.seen) })
    }
    if (isCounted(verdict.rule) && verdict.seen && verdict.needed) {
      return t(`chipWith.${verdict.rule}`, {
        seen: value(verdict.seen),
        needed: value(verdict.needed),
      })
    }
    return t(`chip.${verdict.rule}`)
  }

  return {
    chip,
    value,
    rule: (rule: VerdictRule) => t(`chip.${rule}`),
    why: (rule: VerdictRule) => t(`why.${rule}`),
    action: (verdict: Verdict) => t(`action.${verdict.action}`),
  }
}
