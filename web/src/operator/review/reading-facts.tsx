'use client'
import { useTranslations } from 'use-intl'
import type { ReviewCase } from '#schema/review'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import css from './review.module.css'

const TONES: Record<'proved' | 'plausible' | 'doubtful', Tone> = {
  proved: 'mine',
  plausible: 'neutral',
  doubtful: 'coming',
}

/** What the machine read and how sure it is of it, its reasons, and the wallet's past. */
export function ReadingFacts({ review }: { review: ReviewCase }) {
  const t = useTranslations('operator.review')
  const { reading, reasons, history } = review
  return (
    <Card className={layout.stack}>
      {reading ? <ReadFields review={review} /> : null}
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

function ReadFields({ review: { reading } }: { review: ReviewCase }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  if (!reading) return null
  const rows = [
    ['retailer', reading.retailer?.value, reading.retailer?.certainty],
    ['taxNumber', reading.taxNumber?.value, reading.taxNumber?.certainty],
    ['date', reading.date && format.date(reading.date.value, 'dayYear'), reading.date?.certainty],
    ['time', reading.time?.value, reading.time?.certainty],
    [
      'total',
      reading.totalMinor && format.amount(reading.totalMinor.value),
      reading.totalMinor?.certainty,
    ],
    ['numbers', [reading.fn, reading.fd, reading.fp].map((one) => one?.value ?? '—').join(' : ')],
  ] as const
  return (
    <dl className={css.read}>
      {rows.map(([name, value, certainty]) => (
        <div key={name}>
          <dt>{t(`fields.${name}`)}</dt>
          <dd>
            {value || '—'}{' '}
            {certainty ? <Chip tone={TONES[certainty]}>{t(`certainty.${certainty}`)}</Chip> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
