import { Check, X } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useObjectUrl } from '../use-object-url.ts'
import css from './capture.module.css'
import { type FrameLook, lookAtFrame } from './frame-look.ts'
import { frameDrawer, sharpen, takeShot } from './take-shot.ts'

/** Pause between two looks at the frame: often enough to follow a hand. */
const LOOK_MS = 250

interface CaptureProps {
  video: RefObject<HTMLVideoElement | null>
  /** The shots so far: the end of the last one is shown, to be met by the next. */
  shots: readonly Blob[]
  onShot: (shot: Blob) => void
  onClose: () => void
}

/** Takes a shot with the camera that is open, with hints on edges, light and focus. */
export function Capture({ video, shots, onShot, onClose }: CaptureProps) {
  const t = useTranslations('shop.scan.capture')
  const common = useTranslations('common')
  const look = useFrameLook(video)
  const former = useObjectUrl(shots.at(-1))
  const [busy, setBusy] = useState(false)
  const shutter = useRef<HTMLButtonElement>(null)
  useEffect(() => shutter.current?.focus(), [])

  async function take() {
    if (!video.current) return
    setBusy(true)
    try {
      onShot(await takeShot(video.current))
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className={css.screen} aria-label={t('title')}>
      <div className={css.bar}>
        <button type="button" className={css.close} aria-label={common('close')} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
        {shots.length > 0 ? <span>{t('count', { count: String(shots.length + 1) })}</span> : null}
      </div>
      {former === null ? null : (
        <figure className={css.former}>
          {/* biome-ignore lint/performance/noImgElement: a picture of this page's own memory */}
          <img src={former} alt={t('former')} />
          <figcaption>{t('meet')}</figcaption>
        </figure>
      )}
      <Guide look={look} />
      <div className={css.foot}>
        <p role="status" className={css.hint} data-good={look?.hint === 'good'}>
          {look?.hint === 'good' ? <Check size={18} aria-hidden="true" /> : null}
          {t(`hints.${look?.hint ?? 'wait'}`)}
        </p>
        <button
          ref={shutter}
          type="button"
          className={css.shutter}
          aria-label={t('take')}
          aria-busy={busy || undefined}
          onClick={busy ? undefined : () => void take()}
        />
      </div>
    </section>
  )
}

/** The edges of the paper as found; without one, where it should be. */
function Guide({ look }: { look: FrameLook | null }) {
  const { left, right } = look?.paper ?? { left: 0.14, right: 0.86 }
  const inset = { left: `${left * 100}%`, right: `${(1 - right) * 100}%` }
  return (
    <div className={css.guide} data-hint={look?.hint} aria-hidden="true">
      <div style={inset} />
    </div>
  )
}

function useFrameLook(video: RefObject<HTMLVideoElement | null>): FrameLook | null {
  const [look, setLook] = useState<FrameLook | null>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    void sharpen(element)
    const draw = frameDrawer()
    const timer = setInterval(() => {
      const frames = draw(element)
      if (frames) setLook(onScreen(lookAtFrame(frames.small, frames.centre), element))
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [video])
  return look
}

/** The screen shows the middle of the frame, as wide as it is: shares of what is seen. */
function onScreen(look: FrameLook, video: HTMLVideoElement): FrameLook {
  if (look.paper === null) return look
  const { clientWidth, clientHeight, videoWidth, videoHeight } = video
  const scale = Math.max(clientWidth / videoWidth, clientHeight / videoHeight)
  const seen = clientWidth / (videoWidth * scale)
  const share = (at: number) => Math.min(1, Math.max(0, (at - 0.5) / seen + 0.5))
  return {
    ...look,
    paper: { ...look.paper, left: share(look.paper.left), right: share(look.paper.right) },
  }
}
