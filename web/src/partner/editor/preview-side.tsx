'use client'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { type OfferEstimate, PAST_RECEIPTS_MIN } from '#schema/offer'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/states.tsx'
import { CardPreview } from './card-preview.tsx'
import { useDraftProblemWords } from './clause.tsx'
import type { DraftInput } from './draft.ts'
import css from './preview-side.module.css'
import { clauseOf, type DraftProblem } from './problems.ts'
import type { Preview } from './use-preview.ts'

/**
 * Beside the sentence: the shopper's card, the generated rules, the cost, what is left to fill in.
 */
export function PreviewSide({
  values,
  state,
  problems,
}: {
  values: DraftInput
  state: Preview
  problems: readonly DraftProblem[]
}) {
  const t = useTranslations('partner.editor')
  const format = useDeskFormat()
  const { preview, stale } = state
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={css.side} aria-label={t('card.title')} aria-busy={stale} tabIndex={0}>
      <Card className={layout.stack} aria-labelledby="preview-card">
        <h2 id="preview-card" className={css.title}>
          {t('card.title')}
        </h2>
        {preview ? (
          <CardPreview values={values} preview={preview} />
        ) : (
          <p className={layout.muted}>{t('card.waiting')}</p>
        )}
        <ProblemNotice problem={state.problem} />
      </Card>
      {preview ? <Cost estimate={preview.estimate} /> : null}
      <Missing problems={problems} judged={preview !== null && !stale && !state.problem} />
      {preview ? (
        <Card className={layout.tight} aria-labelledby="preview-terms">
          <h2 id="preview-terms" className={css.title}>
            {t('card.terms')}
          </h2>
          <ul className={css.terms}>
            {preview.terms[format.locale].map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        </Card>
      ) : null}
    </section>
  )
}

function Cost({ estimate }: { estimate: OfferEstimate }) {
  const t = useTranslations('partner.editor.cost')
  const format = useDeskFormat()
  const { receiptMinorMax, receiptsAtLeast, past } = estimate
  return (
    <Card className={layout.tight} aria-labelledby="preview-cost">
      <h2 id="preview-cost" className={css.title}>
        {t('title')}
      </h2>
      <dl className={css.cost}>
        <dt>{t('receiptMax')}</dt>
        <dd className={receiptMinorMax === null ? css.words : css.figure}>
          {receiptMinorMax === null ? t('receiptNoMax') : format.figure(receiptMinorMax)}
        </dd>
        <dt>{t('receipts')}</dt>
        <dd className={receiptsAtLeast === null ? css.words : css.figure}>
          {receiptsAtLeast === null ? t('unknown') : t('receiptsCount', { count: receiptsAtLeast })}
        </dd>
        <dt>{t('past')}</dt>
        <dd className={css.words}>
          {past === null
            ? t('pastNone', { receipts: PAST_RECEIPTS_MIN })
            : t('pastCount', {
                days: past.days,
                purchases: past.purchases,
                cost: format.figure(past.rewardMinor + past.feeMinor),
                fee: format.figure(past.feeMinor),
              })}
        </dd>
      </dl>
    </Card>
  )
}

function Missing({
  problems,
  judged,
}: {
  problems: readonly DraftProblem[]
  /** The server has judged this very wording. */
  judged: boolean
}) {
  const t = useTranslations('partner.editor')
  const words = useDraftProblemWords()
  if (problems.length === 0) {
    return !judged ? null : (
      <Notice tone="mine" icon={<CircleCheck size={20} aria-hidden="true" />}>
        {t('ready')}
      </Notice>
    )
  }
  return (
    <Card className={layout.tight} aria-labelledby="preview-missing">
      <h2 id="preview-missing" className={css.title}>
        {t('problems.title')}
      </h2>
      <ul className={css.missing}>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.code}`}>
            <a href={`#clause-${clauseOf(problem.path)}`}>
              {t(`clauses.${clauseOf(problem.path)}`)}
            </a>
            : {words(problem)}
          </li>
        ))}
      </ul>
    </Card>
  )
}
