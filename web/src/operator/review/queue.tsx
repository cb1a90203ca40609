'use client'
import { useTranslations } from 'use-intl'
import type { ReviewSummary } from '#schema/review'
import { useNow } from '../../desk/use-now.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName, HOME } from '../../market.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useMarketAmount } from '../use-market-amount.ts'
import css from './review.module.css'

/** The cases in the order in which they fall due. */
export function Queue({
  cases,
  openId,
  onOpen,
  onMore,
}: {
  cases: readonly ReviewSummary[]
  openId: string | null
  onOpen: (id: string) => void
  onMore: (() => void) | undefined
}) {
  const t = useTranslations('operator.review')
  const more = useTranslations('common')('more')
  const amountIn = useMarketAmount()
  const { locale } = useFormat()
  return (
    <Card flush className={css.queue}>
      <ul aria-label={t('queue')}>
        {cases.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-current={one.id === openId}
              className={css.case}
              onClick={() => onOpen(one.id)}
            >
              <b>{one.retailer || t(`kinds.${one.kind}`)}</b>
              <span>{one.totalMinor === null ? '' : amountIn(one.market, one.totalMinor)}</span>
              <span className={css.marks}>
                <Due at={one.dueAt} />
                {one.market === HOME.code ? null : <Chip>{countryName(one.market, locale)}</Chip>}
                {one.kind === 'photo' || one.retailer === '' ? null : (
                  <Chip>{t(`kinds.${one.kind}`)}</Chip>
                )}
                {one.isDispute ? <Chip tone="refusal">{t('dispute')}</Chip> : null}
                {one.approvals > 0 ? <Chip tone="points">{t('second')}</Chip> : null}
                {one.claimedUntil && !one.isMine ? <Chip>{t('taken')}</Chip> : null}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {onMore ? (
        <Button wide onClick={onMore}>
          {more}
        </Button>
      ) : null}
    </Card>
  )
}

const MINUTE_MS = 60_000
const SOON_MS = 30 * MINUTE_MS
const CLOCK_MS = 15_000

/** The service level, counting down; late in words, not by colour alone. */
export function Due({ at }: { at: string }) {
  const t = useTranslations('operator.review')
  const nowMs = useNow(CLOCK_MS)
  if (nowMs === null) return null
  const leftMs = Date.parse(at) - nowMs
  const minutes = Math.floor(Math.abs(leftMs) / MINUTE_MS)
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  const tone = leftMs < 0 ? 'refusal' : leftMs < SOON_MS ? 'coming' : 'neutral'
  return <Chip tone={tone}>{t(leftMs < 0 ? 'late' : 'left', { time })}</Chip>
}
