import { useTranslations } from 'use-intl'
import type { Photo, PhotoReading } from '#schema/photo'
import css from './photo.module.css'

/** The photo with what was read on it outlined, beside the form that corrects it. */
export function PhotoProof({ photo, words }: { photo: Photo; words?: string }) {
  const t = useTranslations('shop.scan.photo')
  const { id, reading, problem } = photo
  const said =
    problem === 'reader_failed' ? 'unread' : problem === 'submissions_exhausted' ? 'busy' : 'check'
  return (
    <>
      <p>{words ?? t(said)}</p>
      {reading === null ? null : (
        <figure className={css.proof}>
          {/* biome-ignore lint/performance/noImgElement: a private picture is not optimised */}
          <img
            src={`/v1/photos/${id}/image`}
            alt={t('alt')}
            width={reading.width}
            height={reading.height}
          />
          <Outlines reading={reading} />
        </figure>
      )}
    </>
  )
}

function Outlines({ reading }: { reading: PhotoReading }) {
  const { width, height, retailer, date, time, totalMinor, fn, fd, fp } = reading
  const fields = { retailer, date, time, totalMinor, fn, fd, fp }
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {Object.entries(fields).map(([name, field]) =>
        field && field.corners.length > 0 ? (
          <polygon
            key={name}
            data-certainty={field.certainty}
            points={field.corners.map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        ) : null,
      )}
    </svg>
  )
}
