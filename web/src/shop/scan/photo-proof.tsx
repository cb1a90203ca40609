import { useTranslations } from 'use-intl'
import type { Photo, PhotoReading } from '#schema/photo'
import { HOME, useMarket } from '../../market.ts'
import { ApiProblem } from '../../problem.ts'
import { useProblemWords } from '../../ui/problem-words.ts'
import css from './photo.module.css'
import { isRefusedCode } from './photo-fields.ts'

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
  const said = useSaid(photo)
  const { id, reading } = photo
  return (
    <>
      <p>{words ?? said}</p>
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

/** How the reading ended, and what is to be done. */
function useSaid(photo: Photo): string {
  const t = useTranslations('shop.scan.photo')
  const problemWords = useProblemWords()
  const market = useMarket()
  const { problem, reasons } = photo
  if (isRefusedCode(photo) && problem !== null) {
    return `${problemWords(new ApiProblem({ code: problem, status: 422 }))} ${t('stays')}`
  }
  if (problem === 'submissions_exhausted') return t('busy')
  if (reasons.includes('several_receipts')) return t('several')
  if (market.code !== HOME.code) return t('codeless')
  return t(problem === 'reader_failed' ? 'unread' : 'check')
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
