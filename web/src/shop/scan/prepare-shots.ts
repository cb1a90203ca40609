import { PHOTO_BYTES_MAX } from '#schema/photo'
import { ApiProblem } from '../../problem.ts'

/** What the reader takes; more pixels say nothing more about print. */
const PIXELS_MAX = 16_000_000
const PIXELS_DRAWN = 12_000_000
/** A shot of a long receipt, when all of them together are too large to send. */
const PIXELS_OF_MANY = 5_000_000
const QUALITY = 0.9
const READ_TYPES = ['image/jpeg', 'image/png', 'image/webp']
const HEIC = /hei[cf]$/i
/** May move: its first frame is no photo, and the server says so. */
const MOVING_TYPE = 'image/gif'

/**
 * What a phone can show and the server does not read (HEIC, too many pixels) is drawn again as
 * JPEG. Apple's own format on a device that cannot show it is refused; whatever else it cannot
 * show goes as it is: the server says in words why not.
 */
export async function preparedShots(files: readonly Blob[]): Promise<Blob[]> {
  const shots: Blob[] = []
  for (const file of files) shots.push(await prepared(file, PIXELS_MAX, PIXELS_DRAWN))
  const bytes = shots.reduce((sum, { size }) => sum + size, 0)
  if (shots.length === 1 || bytes <= PHOTO_BYTES_MAX) return shots
  return Promise.all(shots.map((shot) => prepared(shot, 0, PIXELS_OF_MANY)))
}

async function prepared(file: Blob, pixelsMax: number, pixelsDrawn: number): Promise<Blob> {
  if (file.type === MOVING_TYPE) return file
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (bitmap === null) {
    const name = file instanceof File ? file.name : ''
    if (!HEIC.test(file.type) && !HEIC.test(name)) return file
    throw new ApiProblem({ code: 'photo_heic', status: 422 })
  }
  const pixels = bitmap.width * bitmap.height
  if (READ_TYPES.includes(file.type) && pixels <= pixelsMax) {
    bitmap.close()
    return file
  }
  const scale = Math.min(1, Math.sqrt(pixelsDrawn / pixels))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return jpegOf(canvas, file)
}

export function jpegOf(canvas: HTMLCanvasElement, otherwise: Blob): Promise<Blob> {
  return new Promise((resolve) =>
    canvas.toBlob((drawn) => resolve(drawn ?? otherwise), 'image/jpeg', QUALITY),
  )
}
