import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import { ApiProblem } from '../../problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import css from './photo.module.css'
import { type PhotoStage, sendPhoto } from './send-photo.ts'

type SheetStage = { at: 'offer' } | { at: 'failed'; problem: unknown } | PhotoStage

interface PhotoSheetProps {
  file: File
  onClose: () => void
  /** The photo was read: it is a receipt now, or its numbers are to be corrected. */
  onRead: (photo: Photo) => Promise<void>
}

/** Offers to send a photo in which the phone found no code, and shows how far it has come. */
export function PhotoSheet({ file, onClose, onRead }: PhotoSheetProps) {
  const t = useTranslations('shop.scan.photo')
  const [stage, setStage] = useState<SheetStage>({ at: 'offer' })
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  async function send() {
    const controller = new AbortController()
    stop.current = controller
    const { signal } = controller
    try {
      const photo = await sendPhoto(file, signal, setStage)
      if (signal.aborted) return
      if (photo.state !== 'refused') await onRead(photo)
      else fail(new ApiProblem({ code: photo.problem ?? 'photo_damaged', status: 422 }))
    } catch (problem) {
      if (!signal.aborted) fail(problem)
    }
  }
  const fail = (problem: unknown) => setStage({ at: 'failed', problem })

  return (
    <Dialog title={stage.at === 'failed' ? t('failedTitle') : t('title')} onClose={onClose}>
      {stage.at === 'offer' ? (
        <>
          <p>{t('offer')}</p>
          <DialogActions>
            <Button look="primary" onClick={() => void send()}>
              {t('send')}
            </Button>
          </DialogActions>
        </>
      ) : stage.at === 'failed' ? (
        <Failed problem={stage.problem} onClose={onClose} />
      ) : (
        <Stage stage={stage} />
      )}
    </Dialog>
  )
}

const PERCENT = 100

function Stage({ stage }: { stage: PhotoStage }) {
  const t = useTranslations('shop.scan.photo')
  const percent = Math.round((stage.at === 'sending' ? stage.share : 0) * PERCENT)
  const words = stage.at === 'sending' ? t('sending', { percent: String(percent) }) : t(stage.at)
  return (
    <div className={css.stage}>
      <p role="status">{words}</p>
      {stage.at === 'sending' ? (
        <progress aria-label={words} max={PERCENT} value={percent} />
      ) : stage.at === 'waiting' ? null : (
        <progress aria-label={words} />
      )}
      {stage.at === 'reading' ? <p>{t('leave')}</p> : null}
    </div>
  )
}

function Failed({ problem, onClose }: { problem: unknown; onClose: () => void }) {
  const t = useTranslations('shop')
  const words = useProblemWords()
  const { status, code } = problem instanceof ApiProblem ? problem : { status: 0, code: '' }
  const isStranger = status === 401 || code === 'consent_needed'
  const href = status === 401 ? '/sign-in?next=/scan' : '/consent?next=/scan'
  return (
    <>
      <p role="alert">{words(problem)}</p>
      <DialogActions>
        {isStranger ? <ButtonLink href={href}>{t('nav.signIn')}</ButtonLink> : null}
        <Button look="primary" onClick={onClose}>
          {t('scan.again')}
        </Button>
      </DialogActions>
    </>
  )
}
