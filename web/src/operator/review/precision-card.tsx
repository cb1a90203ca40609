'use client'
import { useTranslations } from 'use-intl'
import type { ReviewPrecision } from '#schema/review'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { useApi } from '../../use-api.ts'
import css from './review.module.css'

const PERCENT = 100
const FRESH_MS = 15_000

/** What spot checks of automatic decisions found, with how sure that is. */
export function PrecisionCard() {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const { data } = useApi<ReviewPrecision>('/operator/reviews/precision', {
    refreshInterval: FRESH_MS,
  })
  if (!data) return null
  const percent = (share: number) => format.number(share * PERCENT, 1)
  return (
    <Card className={layout.tight}>
      <h2 className={css.smallTitle}>{t('precision.title')}</h2>
      <p className={layout.small}>
        {t('precision.why', { days: String(data.days), checks: String(data.checks) })}
      </p>
      <p>
        {t('service.words', {
          decided: String(data.service.decided),
          inTime: String(data.service.inTime),
          waiting: String(data.service.waiting),
          late: String(data.service.late),
        })}
      </p>
      {data.checks === 0 ? null : (
        <table className={css.precision}>
          <thead>
            <tr>
              <th>{t('precision.field')}</th>
              <th>{t('precision.right')}</th>
              <th>{t('precision.bounds')}</th>
            </tr>
          </thead>
          <tbody>
            {data.fields.map(({ field, right, marked, from, to }) => (
              <tr key={field}>
                <th scope="row">{t(`fields.${field}`)}</th>
                <td>
                  {percent(right / marked)} % ({right}/{marked})
                </td>
                <td>
                  {percent(from)}–{percent(to)} %
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
