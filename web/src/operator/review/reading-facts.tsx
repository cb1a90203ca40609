'use client'
import { useTranslations } from 'use-intl'
import type { ReviewCase } from '#schema/review'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CompareTable } from './compare-table.tsx'
import css from './review.module.css'

/** What was read and what was typed, the reader's reasons, and the wallet's past. */
export function ReadingFacts({ review }: { review: ReviewCase }) {
  const t = useTranslations('operator.review')
  const { kind, reading, reasons, history } = review
  // A spot check says itself what was read, and nobody has typed anything.
  const isSaid = reading !== null || review.scan !== null || review.requests.length > 0
  const isCompared = kind !== 'spot_check' && isSaid
  return (
    <Card className={layout.stack}>
      {isCompared ? <CompareTable review={review} /> : null}
      {review.scan ? <Code scan={review.scan} /> : null}
      {reasons.length > 0 ? (
        <div className={layout.row}>
          {reasons.map((reason) => (
            <Chip key={reason} tone="coming">
              <ReasonWords code={reason} />
            </Chip>
          ))}
        </div>
      ) : null}
      <p className={layout.small}>
        {t('history', {
          receipts: String(history.receipts),
          credited: String(history.credited),
          reviews: String(history.reviews),
          declined: String(history.declined),
        })}{' '}
        <Month minor={history.monthMinor} />
      </p>
    </Card>
  )
}

/** The rest of what a waiting code says, and where the state shows it. */
function Code({ scan }: { scan: NonNullable<ReviewCase['scan']> }) {
  const t = useTranslations('operator.review')
  const { officialPage, till, text, alsoPrinted = [] } = scan
  return (
    <>
      <p className={layout.small}>
        {till === null ? null : `${till} · `}
        {officialPage === null ? null : (
          <a href={officialPage} target="_blank" rel="noopener noreferrer">
            {t('codePage')}
          </a>
        )}
      </p>
      {alsoPrinted.map((number) => (
        <p key={number}>{t('alsoPrinted', { number: number.replace(/^hr:/, '') })}</p>
      ))}
      <details className={layout.small}>
        <summary>{t('codeText')}</summary>
        <code className={css.code}>{text}</code>
      </details>
    </>
  )
}

function Month({ minor }: { minor: number }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  return <>{t('month', { amount: format.amount(minor) })}</>
}

/** Words for a code of the reader; a code without words is shown as it is. */
function ReasonWords({ code }: { code: string }) {
  const t = useTranslations('operator.review.reading')
  const [name = code] = code.split(':')
  // Codes come from the reader and may be newer than these words.
  const key = name as Parameters<typeof t.has>[0]
  return <>{t.has(key) ? t(key) : code}</>
}
