import { type RefObject, useEffect, useState } from 'react'

export type CameraState = 'starting' | 'reading' | 'denied' | 'absent' | 'broken'

/** Pause between two looks at the picture: fast for the eye, cool for the phone. */
const LOOK_MS = 120

interface Camera {
  state: CameraState
  /** Null where the lamp cannot be switched. */
  torch: { on: boolean; toggle: () => void } | null
}

/**
 * Shows the back camera in `video` and calls `onText` for each code seen, until the page is left.
 * While
 * `paused`, the picture stays and nothing is read.
 */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  paused: boolean,
  onText: (text: string) => void,
): Camera {
  const [state, setState] = useState<CameraState>('starting')
  const [track, setTrack] = useState<MediaStreamTrack | null>(null)
  const [lit, setLit] = useState(false)

  useEffect(() => {
    const stop = new AbortController()
    let stream: MediaStream | null = null
    openCamera()
      .then(async (opened) => {
        stream = opened
        if (stop.signal.aborted || !video.current) return close(opened)
        video.current.srcObject = opened
        await video.current.play()
        setTrack(opened.getVideoTracks()[0] ?? null)
        setState('reading')
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setState(failureOf(error))
      })
    return () => {
      stop.abort()
      if (stream) close(stream)
    }
  }, [video])

  useEffect(() => {
    if (state !== 'reading' || paused) return
    const stop = new AbortController()
    void look(video, stop.signal, onText).catch(() => setState('broken'))
    return () => stop.abort()
  }, [state, paused, video, onText])

  const canLight = track !== null && 'torch' in track.getCapabilities()
  return {
    state,
    torch: canLight ? { on: lit, toggle: () => void light(track, !lit).then(setLit) } : null,
  }
}

function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) return Promise.reject(new DOMException('', 'NotFoundError'))
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  })
}

function close(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop()
}

function failureOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return 'absent'
}

async function look(
  video: RefObject<HTMLVideoElement | null>,
  signal: AbortSignal,
  onText: (text: string) => void,
) {
  const { codeDetector, likeliest } = await import('./detector.ts')
  const detector = codeDetector()
  while (!signal.aborted) {
    const element = video.current
    if (element && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const text = likeliest(await detector.detect(element))
      if (text !== null && !signal.aborted) onText(text)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** Switches the lamp and tells what it is now; a phone that refuses leaves it dark. */
async function light(track: MediaStreamTrack, on: boolean): Promise<boolean> {
  const constraints: MediaTrackConstraints & { advanced: { torch?: boolean }[] } = {
    advanced: [{ torch: on }],
  }
  try {
    await track.applyConstraints(constraints)
    return on
  } catch {
    return false
  }
}
