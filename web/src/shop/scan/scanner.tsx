import { Flashlight, ImageUp, Keyboard, X } from 'lucide-react'
import Link from 'next/link'
import { type ChangeEvent, useCallback, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SeenCode } from './read-code.ts'
import css from './scan.module.css'
import { ScanSheets } from './scan-sheets.tsx'
import { SeenCodeWords } from './seen-code.tsx'
import { type CameraState, useCamera } from './use-camera.ts'
import { useSubmit } from './use-submit.ts'

/** The full-screen scanner: the camera, and the ways around it. */
export function Scanner() {
  const t = useTranslations('shop.scan')
  const common = useTranslations('common')
  const video = useRef<HTMLVideoElement>(null)
  const { step, setStep, ...take } = useSubmit()
  const { takeText } = take
  const onText = useCallback((text: string) => void takeText(text), [takeText])
  const camera = useCamera(video, step.at !== 'aiming', onText)
  const busy = step.at === 'sending'

  return (
    <main className={css.screen}>
      <video ref={video} className={css.video} muted playsInline />
      <div className={css.shade} />
      <h1 className="visually-hidden">{t('title')}</h1>
      <div className={css.bar}>
        <Link href="/" className={css.tool} aria-label={common('close')}>
          <X aria-hidden="true" />
        </Link>
        {camera.torch ? (
          <button
            type="button"
            className={css.tool}
            style={{ border: 0, background: camera.torch.on ? undefined : 'none' }}
            aria-label={t('torch')}
            aria-pressed={camera.torch.on}
            onClick={camera.torch.toggle}
          >
            <Flashlight aria-hidden="true" />
          </button>
        ) : null}
      </div>
      <div className={css.window}>
        <Aim state={camera.state} busy={busy} />
      </div>
      <Ways
        onPicture={onText}
        onPhoto={(file) => setStep({ at: 'photo', file })}
        onType={() => setStep({ at: 'typing', recognised: {} })}
        onPaste={() => setStep({ at: 'pasting' })}
        ready={camera.state === 'reading'}
        busy={busy}
        seen={step.at === 'sending' ? step.seen : null}
      />
      <ScanSheets step={step} setStep={setStep} {...take} />
    </main>
  )
}

/** The frame to aim with, or in words why there is no picture. */
function Aim({ state, busy }: { state: CameraState; busy: boolean }) {
  const t = useTranslations('shop.scan')
  if (state === 'starting' || state === 'reading') {
    return <div className={css.frame} data-busy={busy || state === 'starting'} />
  }
  const [title, how] =
    state === 'denied'
      ? [t('cameraDenied'), t('cameraDeniedHow')]
      : state === 'absent'
        ? [t('noCamera'), t('noCameraHow')]
        : [t('readerFailed'), null]
  return (
    <div className={css.failure} role="alert">
      <p className={css.aim}>{title}</p>
      {how ? <p className={css.hint}>{how}</p> : null}
    </div>
  )
}

interface WaysProps {
  onPicture: (text: string) => void
  /** A picture in which the phone found no code. */
  onPhoto: (file: File) => void
  onType: () => void
  onPaste: () => void
  ready: boolean
  busy: boolean
  /** What is being sent. */
  seen: SeenCode | null
}

function Ways({ onPicture, onPhoto, onType, onPaste, ready, busy, seen }: WaysProps) {
  const t = useTranslations('shop.scan')
  const [reading, setReading] = useState(false)

  async function onFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    setReading(true)
    try {
      const { readPicture } = await import('./detector.ts')
      const text = await readPicture(file)
      if (text) onPicture(text)
      else onPhoto(file)
    } catch {
      onPhoto(file)
    } finally {
      setReading(false)
    }
  }

  return (
    <div className={css.foot}>
      <div role="status">
        <p className={css.aim}>
          {busy ? t('sending') : reading ? t('reading') : ready ? t('aim') : null}
        </p>
        <p className={css.hint}>{seen ? <SeenCodeWords seen={seen} /> : t('offlineHint')}</p>
      </div>
      <div className={css.ways}>
        <label className={css.way}>
          <ImageUp size={20} aria-hidden="true" />
          {t('gallery')}
          <input
            type="file"
            accept="image/*"
            className="visually-hidden"
            onChange={(event) => void onFile(event)}
          />
        </label>
        <button type="button" className={css.way} onClick={onType}>
          <Keyboard size={20} aria-hidden="true" />
          {t('type')}
        </button>
      </div>
      <button type="button" className={css.link} onClick={onPaste}>
        {t('paste')}
      </button>
    </div>
  )
}
