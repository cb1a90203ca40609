'use client'
import { useState } from 'react'
import useSWR from 'swr'
import { useTranslations } from 'use-intl'
import type { PhotoReading } from '#schema/photo'
import type { ReviewCase, ReviewPhotoLink } from '#schema/review'
import { api } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { Notice, Skeleton } from '../../ui/states.tsx'
import css from './review.module.css'

/** The link lives for five minutes; a new one is asked for before that. */
const LINK_MS = 4 * 60_000

const FIELDS = ['retailer', 'taxNumber', 'date', 'time', 'totalMinor', 'fn', 'fd', 'fp'] as const

/** The picture with what was read outlined; a click or the button shows it in full size. */
export function PhotoPane({ review }: { review: ReviewCase }) {
  const t = useTranslations('operator.review')
  const [isLarge, setIsLarge] = useState(false)
  const path = review.hasPicture ? `/operator/reviews/${review.id}/photo-link` : null
  const { data } = useSWR<ReviewPhotoLink>(path, (key: string) => api.post(key), {
    refreshInterval: LINK_MS,
    revalidateOnFocus: false,
  })
  if (review.photoId === null) return null
  if (path === null) return <Notice tone="coming">{t('noPicture')}</Notice>
  const { reading } = review
  return (
    <Card flush className={css.photoCard}>
      <button
        type="button"
        className={css.zoom}
        aria-pressed={isLarge}
        onClick={() => setIsLarge(!isLarge)}
      >
        {t(isLarge ? 'fit' : 'enlarge')}
      </button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className={css.paper} tabIndex={0} aria-label={t('picture')}>
        <figure className={isLarge ? css.large : css.whole}>
          {data ? (
            (reading?.shots ?? [null]).map((size, shot) => (
              // The shots never change their order.
              // biome-ignore lint/suspicious/noArrayIndexKey: it is the shot's number
              <div key={shot} className={css.shot}>
                {/* biome-ignore lint/performance/noImgElement: private, not optimised */}
                <img
                  src={`${data.url}&shot=${shot}`}
                  alt={t('picture')}
                  width={size?.width}
                  height={size?.height}
                />
                {reading ? <Boxes reading={reading} shot={shot} /> : null}
              </div>
            ))
          ) : (
            <Skeleton height={420} />
          )}
        </figure>
      </section>
    </Card>
  )
}

/** What was read on one of the shots. */
function Boxes({ reading, shot }: { reading: PhotoReading; shot: number }) {
  const { width = 0, height = 0 } = reading.shots[shot] ?? {}
  const boxes = FIELDS.flatMap((name) => {
    const field = reading[name]
    return field && field.shot === shot && field.corners.length > 0 ? { name, ...field } : []
  })
  const points = (corners: readonly { x: number; y: number }[]) =>
    corners.map(({ x, y }) => `${x},${y}`).join(' ')
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {reading.items.map(({ name, corners, shot: on }, index) =>
        on === shot ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was read never moves
          <polygon key={`${index}-${name}`} data-certainty="item" points={points(corners)} />
        ) : null,
      )}
      {boxes.map(({ name, certainty, corners }) => (
        <polygon key={name} data-certainty={certainty} points={points(corners)} />
      ))}
    </svg>
  )
}
