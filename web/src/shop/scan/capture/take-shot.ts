import { jpegOf } from '../prepare-shots.ts'
import type { Frame } from './frame-look.ts'

const SMALL_WIDTH = 160
const CENTRE_SIDE = 192
/** What is asked of the camera for print; it gives what it has. */
const SHARP = { width: { ideal: 2560 }, height: { ideal: 1440 } }
const PHOTO_MS_MAX = 4_000

/** Raises the resolution for as long as shots are taken. */
export async function sharpen(video: HTMLVideoElement): Promise<void> {
  await trackOf(video)
    ?.applyConstraints(SHARP)
    .catch(() => undefined)
}

function trackOf({ srcObject }: HTMLVideoElement): MediaStreamTrack | null {
  return srcObject instanceof MediaStream ? (srcObject.getVideoTracks()[0] ?? null) : null
}

interface StillCamera {
  takePhoto(): Promise<Blob>
  getPhotoCapabilities(): Promise<{ imageWidth?: { max: number } }>
}

function stillCameraOf(track: MediaStreamTrack): StillCamera | null {
  const make: unknown = Reflect.get(globalThis, 'ImageCapture')
  if (typeof make !== 'function') return null
  return Reflect.construct(make, [track])
}

/** A still of the camera where it gives a larger one than its film, else the frame on the screen. */
export async function takeShot(video: HTMLVideoElement): Promise<Blob> {
  const track = trackOf(video)
  const camera = track && stillCameraOf(track)
  if (camera) {
    try {
      const { imageWidth } = await camera.getPhotoCapabilities()
      if ((imageWidth?.max ?? 0) > 1.2 * Math.max(video.videoWidth, video.videoHeight)) {
        return await Promise.race([camera.takePhoto(), late()])
      }
    } catch {
      // Cameras promise stills that they do not give: the film has what is on the screen.
    }
  }
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return jpegOf(canvas, new Blob())
}

function late(): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new DOMException('', 'TimeoutError')), PHOTO_MS_MAX),
  )
}

/** Draws frames for judging; one pair of canvases for all of them. */
export function frameDrawer() {
  const small = document.createElement('canvas')
  const centre = document.createElement('canvas')
  return (video: HTMLVideoElement): { small: Frame; centre: Frame } | null => {
    const { videoWidth: width, videoHeight: height } = video
    if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
    const smallHeight = Math.round((SMALL_WIDTH * height) / width)
    const side = Math.min(CENTRE_SIDE, width, height)
    const left = (width - side) / 2
    const top = (height - side) / 2
    return {
      small: grayOf(small, video, [0, 0, width, height], [SMALL_WIDTH, smallHeight]),
      centre: grayOf(centre, video, [left, top, side, side], [side, side]),
    }
  }
}

function grayOf(
  canvas: HTMLCanvasElement,
  video: HTMLVideoElement,
  from: [number, number, number, number],
  [width, height]: [number, number],
): Frame {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(video, ...from, 0, 0, width, height)
  const pixels = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
  const gray = new Uint8Array(width * height)
  for (let at = 0; at < gray.length; at += 1) {
    const from = at * 4
    const [red = 0, green = 0, blue = 0] = [pixels[from], pixels[from + 1], pixels[from + 2]]
    gray[at] = (77 * red + 150 * green + 29 * blue) >> 8
  }
  return { width, height, gray }
}
