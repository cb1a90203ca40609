import { useTranslations } from 'use-intl'
import type { Photo, PhotoReading } from '#schema/photo'
import css from './photo.module.css'

/** The photo with what was read on it outlined, beside the form that corrects it. */
export function PhotoProof({ photo }: { photo: Photo }) {
  const t = useTranslations('shop.scan.photo')
  const { id, reading, problem } = photo
  const words =
    problem === 'reader_failed' ? 'unread' : problem === 'submissions_exhausted' ? 'busy' : 'check'
  return (
    <>
      <p>{t(words)}</p>
      {reading === null ? null : (
        <figure className={css.proof}>
          {reading.shots.map(({ width, height }, shot) => (
            // The shots never change their order.
            // biome-ignore lint/suspicious/noArrayIndexKey: it is the shot's number
            <div key={shot}>
              {/* biome-ignore lint/performance/noImgElement: a private picture is not optimised */}
              <img
                src={`/v1/photos/${id}/image?shot=${shot}`}
                alt={
                  reading.shots.length > 1 ? t('altShot', { number: String(shot + 1) }) : t('alt')
                }
                width={width}
                height={height}
              />
              <Outlines reading={reading} shot={shot} />
            </div>
          ))}
        </figure>
      )}
    </>
  )
}

/** What was read on one of the shots. */
function Outlines({ reading, shot }: { reading: PhotoReading; shot: number }) {
  const { shots, date, time, totalMinor, fn, fd, fp } = reading
  const { width = 0, height = 0 } = shots[shot] ?? {}
  const fields = { date, time, totalMinor, fn, fd, fp }
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {Object.entries(fields).map(([name, field]) =>
        field && field.shot === shot && field.corners.length > 0 ? (
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
