import { Camera, Flashlight, ImageUp, Keyboard, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { type ChangeEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { PHOTO_SHOTS_MAX, type Photo } from '#schema/photo'
import { api } from '../../api.ts'
import { useQueryId } from '../query-id.ts'
import { among, type SeenCodes } from './among.ts'
import type { SeenCode } from './read-code.ts'
import css from './scan.module.css'
import { ScanSheets } from './scan-sheets.tsx'
import { SeenCodeWords } from './seen-code.tsx'
import { type CameraState, useCamera } from './use-camera.ts'
import { type ScanStep, useSubmit } from './use-submit.ts'

/** Taking shots is for receipts whose code does not read: loaded when it comes to that. */
const Capture = dynamic(() => import('./capture/capture.tsx').then((one) => one.Capture), {
  ssr: false,
})

/** The full-screen scanner: the camera, and the ways around it. */
export function Scanner() {
  const t = useTranslations('shop.scan')
  const common = useTranslations('common')
  const video = useRef<HTMLVideoElement>(null)
  const { step, setStep, ...take } = useSubmit()
  const { takeCodes } = take
  const onCodes = useCallback((seen: SeenCodes) => void takeCodes(seen), [takeCodes])
  const camera = useCamera(video, step.at !== 'aiming', onCodes)
  const busy = step.at === 'sending'
  const hasCamera = camera.state === 'starting' || camera.state === 'reading'
  const takeShots = useShots(takeCodes, setStep)
  useKeptPhoto(take.takePhoto)

  return (
    <main className={css.screen}>
      <video ref={video} className={css.video} muted playsInline />
      <div className={css.shade} />
      <h1 className="visually-hidden">{t('title')}</h1>
      {step.at === 'capture' ? (
        <Capture
          video={video}
          shots={step.shots}
          onShot={(shot) => void takeShots(step.shots, [shot])}
          onClose={() =>
            setStep(step.shots.length > 0 ? { ...step, at: 'photo' } : { at: 'aiming' })
          }
        />
      ) : (
        <>
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
            onFiles={(files) => takeShots([], files)}
            onCapture={hasCamera ? () => setStep({ at: 'capture', shots: [] }) : null}
            onType={() => setStep({ at: 'typing', recognised: {} })}
            onPaste={() => setStep({ at: 'pasting' })}
            ready={camera.state === 'reading'}
            busy={busy}
            seen={step.at === 'sending' ? step.seen : null}
          />
        </>
      )}
      <ScanSheets step={step} setStep={setStep} hasCamera={hasCamera} {...take} />
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

/**
 * Looks for codes on the new shots, at once and on the phone: a receipt's is taken like a scan.
 * Without one the shots are offered to the server, also when other codes were found.
 */
function useShots(
  takeCodes: (seen: SeenCodes, shots: readonly Blob[]) => Promise<void>,
  setStep: (step: ScanStep) => void,
): (before: readonly Blob[], taken: readonly Blob[]) => Promise<void> {
  return useCallback(
    async (before, taken) => {
      const { codesIn } = await import('./detector.ts')
      const texts: string[] = []
      for (const shot of taken) texts.push(...(await codesIn(shot).catch(() => [])))
      const seen = await among(texts)
      const shots = [...before, ...taken].slice(0, PHOTO_SHOTS_MAX)
      if (seen === null) setStep({ at: 'photo', shots })
      else await takeCodes(seen, shots)
    },
    [takeCodes, setStep],
  )
}

/** A photo that was read while nobody looked: `/scan?photo=…` goes on with its numbers. */
function useKeptPhoto(takePhoto: (photo: Photo) => Promise<void>) {
  const id = useQueryId('photo')
  const taken = useRef<string | null>(null)
  useEffect(() => {
    if (!id || taken.current === id) return
    taken.current = id
    api.get<Photo>(`/photos/${id}`).then(takePhoto, () => undefined)
  }, [id, takePhoto])
}

interface WaysProps {
  onFiles: (files: readonly File[]) => Promise<void>
  /** Null where there is no camera. */
  onCapture: (() => void) | null
  onType: () => void
  onPaste: () => void
  ready: boolean
  busy: boolean
  /** What is being sent. */
  seen: SeenCode | null
}

function Ways({ onFiles, onCapture, onType, onPaste, ready, busy, seen }: WaysProps) {
  const t = useTranslations('shop.scan')
  const [reading, setReading] = useState(false)

  async function onFile(event: ChangeEvent<HTMLInputElement>) {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    if (files.length === 0) return
    setReading(true)
    await onFiles(files)
    setReading(false)
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
        {onCapture ? (
          <button type="button" className={css.way} onClick={onCapture}>
            <Camera size={20} aria-hidden="true" />
            {t('shoot')}
          </button>
        ) : null}
        <label className={css.way}>
          <ImageUp size={20} aria-hidden="true" />
          {t('gallery')}
          <input
            type="file"
            accept="image/*"
            multiple
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
