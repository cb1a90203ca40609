'use client'
import { useTranslations } from 'use-intl'
import { type Receipt, ReceiptReasonCode, type TimelineEntry } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { classes } from '../../ui/classes.ts'
import css from './receipt-page.module.css'
import { useReasonWords } from './receipt-words.ts'

type Step = TimelineEntry['step']

/** Who is behind each step. */
const WHO: Record<
  Step,
  'shopper' | 'directory' | 'authority' | 'retailer' | 'rules' | 'budget' | 'book' | 'staff'
> = {
  submitted: 'shopper',
  claimed: 'directory',
  duplicate: 'directory',
  asked_authority: 'authority',
  authority_answered: 'authority',
  sale_matched: 'retailer',
  code_sufficed: 'rules',
  awaiting_authority: 'authority',
  judged: 'rules',
  awaiting_budget: 'budget',
  budget_granted: 'budget',
  credited: 'book',
  no_reward: 'rules',
  rejected: 'rules',
  released: 'staff',
  retried: 'staff',
  returned: 'book',
  reviewed: 'staff',
}

const TONES: Partial<Record<Step, 'mine' | 'coming' | 'refusal'>> = {
  awaiting_authority: 'coming',
  awaiting_budget: 'coming',
  budget_granted: 'mine',
  authority_answered: 'mine',
  sale_matched: 'mine',
  code_sufficed: 'mine',
  reviewed: 'mine',
  credited: 'mine',
  returned: 'refusal',
  duplicate: 'refusal',
  rejected: 'refusal',
}

/** A step's detail is free text, or the code of a reason, which has words. */
function useDetailWords(receipt: Receipt): (detail: string) => string {
  const reason = useReasonWords()
  return (detail) => {
    const code = ReceiptReasonCode.safeParse(detail)
    if (!code.success) return detail
    return reason(receipt.reason?.code === code.data ? receipt.reason : { code: code.data })
  }
}

/** Every step of the journey, oldest first, with the second it happened and who said it. */
export function Timeline({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const detail = useDetailWords(receipt)
  return (
    <ol className={css.timeline}>
      {receipt.timeline.map((entry, index) => {
        const tone = TONES[entry.step]
        return (
          <li key={`${entry.at} ${entry.step} ${String(index)}`} className={css.step}>
            <time className={css.at} dateTime={entry.at} title={format.instant(entry.at, 'full')}>
              {format.instant(entry.at, 'short')}, {format.instant(entry.at, 'seconds')}
            </time>
            <span className={classes(css.dot, tone && css[tone])} aria-hidden="true" />
            <div className={css.say}>
              <p className={css.what}>{t(`step.${entry.step}`)}</p>
              <p className={css.who}>{t(`receipt.who.${WHO[entry.step]}`)}</p>
              {entry.detail ? <p className={css.detail}>{detail(entry.detail)}</p> : null}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
