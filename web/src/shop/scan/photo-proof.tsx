import { useTranslations } from 'use-intl'
import type { Photo, PhotoReading } from '#schema/photo'
import css from './photo.module.css'

export type ReadField = 'retailer' | 'date' | 'time' | 'totalMinor' | 'fn' | 'fd' | 'fp'

interface ProofProps {
  photo: Photo
  words?: string
  /** An outlined field was tapped. */
  onPick?: (field: ReadField) => void
}

/** The photo with what was read on it outlined, beside the form that corrects it. */
export function PhotoProof({ photo, words, onPick }: ProofProps) {
  const t = useTranslations('shop.scan.photo')
  const { id, reading, problem } = photo
  const said =
    problem === 'reader_failed' ? 'unread' : problem === 'submissions_exhausted' ? 'busy' : 'check'
  return (
    <>
      <p>{words ?? t(said)}</p>
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
              <Outlines reading={reading} shot={shot} onPick={onPick} />
            </div>
          ))}
        </figure>
      )}
    </>
  )
}

type OutlinesProps = {
  reading: PhotoReading
  shot: number
  onPick: ProofProps['onPick'] | undefined
}

/** What was read on one of the shots. */
function Outlines({ reading, shot, onPick }: OutlinesProps) {
  const { shots, retailer, date, time, totalMinor, fn, fd, fp } = reading
  const { width = 0, height = 0 } = shots[shot] ?? {}
  const fields = { retailer, date, time, totalMinor, fn, fd, fp }
  const names = Object.keys(fields) as ReadField[]
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {names.map((name) => {
        const field = fields[name]
        return field && field.shot === shot && field.corners.length > 0 ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: the form's fields are the way in
          <polygon
            key={name}
            onClick={() => onPick?.(name)}
            data-certainty={field.certainty}
            points={field.corners.map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        ) : null
      })}
    </svg>
  )
}
