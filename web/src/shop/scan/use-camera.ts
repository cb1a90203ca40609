import { type RefObject, useEffect, useState } from 'react'
import { among, type SeenCodes } from './among.ts'

export type CameraState = 'starting' | 'reading' | 'denied' | 'absent' | 'broken'

/** Pause between two looks at the picture: fast for the eye, cool for the phone. */
const LOOK_MS = 120
/** Codes that are no receipt's are told of when no receipt has come into view for so many looks. */
const OTHER_LOOKS = 8

interface Camera {
  state: CameraState
  /** Null where the lamp cannot be switched. */
  torch: { on: boolean; toggle: () => void } | null
}

/**
 * Shows the back camera in `video` and calls `onCodes` for what is seen, until the page is left.
 * While `paused`, the picture stays and nothing is read.
 */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  paused: boolean,
  onCodes: (seen: SeenCodes) => void,
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
    void look(video, stop.signal, onCodes).catch(() => setState('broken'))
    return () => stop.abort()
  }, [state, paused, video, onCodes])

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
  onCodes: (seen: SeenCodes) => void,
) {
  const { codesIn } = await import('./detector.ts')
  let others = 0
  while (!signal.aborted) {
    const element = video.current
    if (element && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const seen = await among(await codesIn(element))
      others = seen === null || seen.kind === 'receipt' ? 0 : others + 1
      const isSure = seen?.kind === 'receipt' || others >= OTHER_LOOKS
      if (seen !== null && isSure && !signal.aborted) onCodes(seen)
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
