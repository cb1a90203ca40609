import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import { ReadBoxes } from '../../ui/read-boxes.tsx'
import { useBoxInView } from '../../ui/use-tapping.ts'
import css from './photo.module.css'

interface ProofProps {
  photo: Photo
  words?: string
  /** The field whose box is shown; tapping a box asks for its field. */
  active: string | null
  onPick: (name: string) => void
}

/** The photo with what was read on it outlined; it stays in sight above the form. */
export function PhotoProof({ photo, words, active, onPick }: ProofProps) {
  const t = useTranslations('shop.scan.photo')
  const [isLarge, setIsLarge] = useState(false)
  const frame = useBoxInView<HTMLElement>(active)
  const { id, reading, problem } = photo
  const said =
    problem === 'reader_failed' ? 'unread' : problem === 'submissions_exhausted' ? 'busy' : 'check'
  return (
    <>
      <p>{words ?? t(said)}</p>
      {reading === null ? null : (
        <div className={css.stay}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
          <section ref={frame} className={css.proof} tabIndex={0} aria-label={t('alt')}>
            <div className={isLarge ? css.large : css.whole}>
              {reading.shots.map(({ width, height }, shot) => (
                // The shots never change their order.
                // biome-ignore lint/suspicious/noArrayIndexKey: it is the shot's number
                <figure key={shot}>
                  {/* biome-ignore lint/performance/noImgElement: private, not optimised */}
                  <img
                    src={`/v1/photos/${id}/image?shot=${shot}`}
                    alt={
                      reading.shots.length > 1
                        ? t('altShot', { number: String(shot + 1) })
                        : t('alt')
                    }
                    width={width}
                    height={height}
                  />
                  <ReadBoxes reading={reading} shot={shot} active={active} onPick={onPick} />
                </figure>
              ))}
            </div>
          </section>
          <button type="button" aria-pressed={isLarge} onClick={() => setIsLarge(!isLarge)}>
            {t(isLarge ? 'fit' : 'enlarge')}
          </button>
        </div>
      )}
    </>
  )
}
