import { Camera, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { PHOTO_SHOTS_MAX, type Photo } from '#schema/photo'
import { ApiProblem } from '../../problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import css from './photo.module.css'
import { type PhotoStage, sendPhoto } from './send-photo.ts'
import { useObjectUrl } from './use-object-url.ts'

type SheetStage = { at: 'offer' } | { at: 'failed'; problem: unknown } | PhotoStage

interface PhotoSheetProps {
  shots: readonly Blob[]
  /** Shots were added or taken away; none left closes. */
  onShots: (shots: readonly Blob[]) => void
  /** Null where there is no camera. */
  onMore: (() => void) | null
  onClose: () => void
  /** The photo was read: it is a receipt now, or its numbers are to be corrected. */
  onRead: (photo: Photo) => Promise<void>
}

/** Offers to send shots in which the phone found no code, and shows how far they have come. */
export function PhotoSheet({ shots, onShots, onMore, onClose, onRead }: PhotoSheetProps) {
  const t = useTranslations('shop.scan.photo')
  const [stage, setStage] = useState<SheetStage>({ at: 'offer' })
  const stop = useRef<AbortController | null>(null)
  // Closed on the way: what was kept goes on by itself.
  useEffect(() => () => void leave(stop.current), [])

  async function send() {
    const controller = new AbortController()
    stop.current = controller
    const { signal } = controller
    try {
      const photo = await sendPhoto(shots, signal, setStage)
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
          <Thumbs shots={shots} onShots={onShots} />
          <p className={css.long}>{t('long')}</p>
          <DialogActions>
            {onMore === null || shots.length >= PHOTO_SHOTS_MAX ? null : (
              <Button icon={<Camera size={20} aria-hidden="true" />} onClick={onMore}>
                {t('more')}
              </Button>
            )}
            <Button look="primary" onClick={() => void send()}>
              {shots.length > 1 ? t('sendShots', { count: String(shots.length) }) : t('send')}
            </Button>
          </DialogActions>
        </>
      ) : stage.at === 'failed' ? (
        <Failed problem={stage.problem} onClose={onClose} />
      ) : (
        <Stage stage={stage} onClose={onClose} />
      )}
    </Dialog>
  )
}

const PERCENT = 100

async function leave(stop: AbortController | null) {
  if (stop === null) return
  stop.abort()
  const { flushPhotos } = await import('./kept-photos.ts')
  await flushPhotos().catch(() => undefined)
}

interface ThumbsProps {
  shots: readonly Blob[]
  onShots: (shots: readonly Blob[]) => void
}

/** The shots in the order of the receipt, each may be taken away. */
function Thumbs({ shots, onShots }: ThumbsProps) {
  const t = useTranslations('shop.scan.photo')
  return (
    <ol className={css.thumbs}>
      {shots.map((shot, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture has no name but its place
        <li key={`${index} ${shot.size}`}>
          <Thumb shot={shot} words={t('shot', { number: String(index + 1) })} />
          <button
            type="button"
            aria-label={t('drop', { number: String(index + 1) })}
            onClick={() => onShots(shots.filter((_, other) => other !== index))}
          >
            <X size={18} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ol>
  )
}

function Thumb({ shot, words }: { shot: Blob; words: string }) {
  const url = useObjectUrl(shot)
  const [isShown, setShown] = useState(true)
  if (url === null || !isShown) return <span>{words}</span>
  return (
    // biome-ignore lint/performance/noImgElement: a picture of this page's own memory
    <img src={url} alt={words} onError={() => setShown(false)} />
  )
}

function Stage({ stage, onClose }: { stage: PhotoStage; onClose: () => void }) {
  const t = useTranslations('shop.scan.photo')
  const again = useTranslations('shop.scan')('again')
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
      {stage.at === 'preparing' ? null : <p>{t(stage.at === 'reading' ? 'leave' : 'kept')}</p>}
      {stage.at === 'waiting' ? (
        <DialogActions>
          <ButtonLink href="/receipts">{t('toWaiting')}</ButtonLink>
          <Button look="primary" onClick={onClose}>
            {again}
          </Button>
        </DialogActions>
      ) : null}
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
