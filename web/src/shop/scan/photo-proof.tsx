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
          {/* biome-ignore lint/performance/noImgElement: a private picture is not optimised */}
          <img
            src={`/v1/photos/${id}/image`}
            alt={t('alt')}
            width={reading.width}
            height={reading.height}
          />
          <Outlines reading={reading} onPick={onPick} />
        </figure>
      )}
    </>
  )
}

function Outlines({
  reading,
  onPick,
}: {
  reading: PhotoReading
  onPick: ProofProps['onPick'] | undefined
}) {
  const { width, height, retailer, date, time, totalMinor, fn, fd, fp } = reading
  const fields = { retailer, date, time, totalMinor, fn, fd, fp }
  const names = Object.keys(fields) as ReadField[]
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {names.map((name) => {
        const field = fields[name]
        return field && field.corners.length > 0 ? (
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
