import { Camera } from 'lucide-react'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { PHOTO_SHOTS_MAX, type Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { ApiProblem } from '../../problem.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice } from '../../ui/states.tsx'
import type { PhotoStage } from '../scan/send-photo.ts'
import css from './receipts.module.css'

interface ShowPersonProps {
  receipt: Receipt
  /** The photo is with a person now. */
  onShown: () => void
}

type Stage = { at: 'offer' } | { at: 'failed'; problem: unknown } | { at: 'other'; id: string }

/**
 * A code that nobody has confirmed, of this shopper or of whoever sent it before: the paper may be
 * shown to a person.
 */
export function ShowPerson({ receipt, onShown }: ShowPersonProps) {
  const t = useTranslations('shop.receipt.person')
  const words = useProblemWords()
  const format = useFormat()
  const [stage, setStage] = useState<Stage | PhotoStage>({ at: 'offer' })
  const stop = useRef<AbortController | null>(null)
  // Left on the way: what was kept goes on by itself.
  useEffect(() => () => stop.current?.abort(), [])

  async function send(event: ChangeEvent<HTMLInputElement>) {
    const shots = [...(event.currentTarget.files ?? [])].slice(0, PHOTO_SHOTS_MAX)
    if (shots.length === 0) return
    const controller = new AbortController()
    stop.current = controller
    const { signal } = controller
    try {
      const { sendPhoto } = await import('../scan/send-photo.ts')
      const photo = await sendPhoto(shots, signal, setStage, receipt.id)
      if (!signal.aborted) setStage(endOf(photo, receipt.id))
      onShown()
    } catch (problem) {
      if (!signal.aborted) setStage({ at: 'failed', problem })
    }
  }

  if (receipt.personFrom !== null) {
    const date = format.instant(receipt.personFrom, 'moment')
    return <Notice tone="coming">{t('later', { date })}</Notice>
  }
  if (receipt.personAsked === 'asked') return <Notice tone="coming">{t('asked')}</Notice>
  const isWaiting = stage.at === 'offer' || stage.at === 'failed' || stage.at === 'other'
  return (
    <Notice>
      <strong>{t('title')}</strong>
      <p>{t(receipt.state === 'duplicate' ? 'contested' : 'how')}</p>
      <div role="status">
        {stage.at === 'failed' ? <p>{words(stage.problem)}</p> : null}
        {stage.at === 'other' ? (
          <>
            <p>{t('other')}</p>
            <ButtonLink small href={`/receipt?id=${stage.id}`}>
              {t('toOther')}
            </ButtonLink>
          </>
        ) : null}
        {isWaiting ? null : <p>{t(stage.at)}</p>}
      </div>
      {isWaiting ? (
        <label className={css.shoot}>
          <Camera size={18} aria-hidden="true" />
          {t('shoot')}
          <input
            type="file"
            accept="image/*"
            multiple
            className="visually-hidden"
            onChange={(event) => void send(event)}
          />
        </label>
      ) : (
        <progress aria-label={t(stage.at)} />
      )}
    </Notice>
  )
}

/** What became of a photo: the receipt shows it to a person, unless it was of another one. */
function endOf({ state, problem, receiptId }: Photo, wanted: string): Stage {
  if (receiptId !== null && receiptId !== wanted) return { at: 'other', id: receiptId }
  if (state === 'submitted') return { at: 'offer' }
  return { at: 'failed', problem: new ApiProblem({ code: problem ?? 'not_now', status: 422 }) }
}
