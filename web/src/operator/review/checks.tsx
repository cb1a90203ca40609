'use client'
import { useTranslations } from 'use-intl'
import { MARKETS } from '#schema/market'
import type { ReviewCase } from '#schema/review'
import { printedTaxNumber, taxNumberHolds } from '#schema/tax-number'
import { useFormat } from '../../i18n/use-format.ts'
import { Chip } from '../../ui/chip.tsx'
import { type Draft, linesMinor, type Money } from './draft.ts'
import css from './review.module.css'

const DAY_MS = 86_400_000

type Check = 'lines' | 'taxNumber' | 'date' | 'shop'

/** What can be checked of the draft without anybody, as it is typed; null: nothing to check by. */
function checksOf(draft: Draft, review: ReviewCase, money: Money): [Check, boolean | null][] {
  const { market, askedAt, store } = review
  const total = money.typed(draft.sum)
  const number = printedTaxNumber(market, draft.taxNumber)
  const days = (Date.parse(askedAt) - Date.parse(`${draft.date}T00:00Z`)) / DAY_MS
  // A day more at either end: the shop's clock is not ours.
  const isTimely = days > -1 && days < MARKETS[market].submissionDaysMax + 1
  return [
    ['lines', draft.lines.length === 0 ? null : linesMinor(draft, money) === total],
    ['taxNumber', number === '' ? null : taxNumberHolds(market, number)],
    ['date', Number.isNaN(days) ? null : isTimely],
    ['shop', store !== null || draft.retailerId !== '' || null],
  ]
}

/** The validators of the form, which follow what is typed. */
export function Checks({ review, draft }: { review: ReviewCase; draft: Draft }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  return (
    <ul className={css.checks} aria-label={t('checks.title')}>
      {checksOf(draft, review, format).map(([name, holds]) => (
        <li key={name}>
          <Chip tone={holds === null ? 'neutral' : holds ? 'mine' : 'refusal'}>
            {t(`checks.${name}.${holds === null ? 'none' : holds ? 'holds' : 'fails'}`)}
          </Chip>
        </li>
      ))}
    </ul>
  )
}
