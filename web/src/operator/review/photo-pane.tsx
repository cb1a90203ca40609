'use client'
import useSWR from 'swr'
import { useTranslations } from 'use-intl'
import type { PhotoReading } from '#schema/photo'
import type { ReviewCase, ReviewPhotoLink } from '#schema/review'
import { api } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { Enlarge, ReadBoxes } from '../../ui/read-boxes.tsx'
import { Notice, Skeleton } from '../../ui/states.tsx'
import { useBoxInView } from '../../ui/use-tapping.ts'
import css from './review.module.css'

/** The link lives for five minutes; a new one is asked for before that. */
const LINK_MS = 4 * 60_000

interface PaneProps {
  review: ReviewCase
  isLarge: boolean
  onLarge: () => void
  /** The field whose box is shown; a click on a box asks for its field. */
  active: string | null
  onPick: (name: string) => void
}

/** The picture with what was read outlined; the button or its key shows it larger. */
export function PhotoPane({ review, isLarge, onLarge, active, onPick }: PaneProps) {
  const t = useTranslations('operator.review')
  const frame = useBoxInView<HTMLElement>(active)
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
      <Enlarge isLarge={isLarge} onLarge={onLarge}>
        {t(isLarge ? 'fit' : 'enlarge')} (Z)
      </Enlarge>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section ref={frame} className={css.paper} tabIndex={0} aria-label={t('picture')}>
        <figure className={isLarge ? css.large : css.whole}>
          {data ? (
            shotsOf(review).map((size, shot) => (
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
                {reading ? (
                  <ReadBoxes reading={reading} shot={shot} active={active} onPick={onPick} />
                ) : null}
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

/** Their sizes, as far as they were read. */
function shotsOf({ reading, shots }: ReviewCase): (PhotoReading['shots'][number] | null)[] {
  return Array.from({ length: shots }, (_, shot) => reading?.shots[shot] ?? null)
}
