import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import { HOME, useMarket } from '../../market.ts'
import { ApiProblem } from '../../problem.ts'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Enlarge, ReadBoxes } from '../../ui/read-boxes.tsx'
import { useBoxInView } from '../../ui/use-tapping.ts'
import css from './photo.module.css'
import { isRefusedCode } from './photo-fields.ts'

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
  const said = useSaid(photo)
  const { id, reading } = photo
  return (
    <>
      <p>{words ?? said}</p>
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
          <Enlarge isLarge={isLarge} onLarge={() => setIsLarge(!isLarge)}>
            {t(isLarge ? 'fit' : 'enlarge')}
          </Enlarge>
        </div>
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
