import { afterEach, expect, it, vi } from 'vitest'
import { ApiProblem } from '../../problem.ts'
import { preparedShots } from './prepare-shots.ts'

/** Apple's own format: a server reads none of it. */
const heic = (name: string, type: string) => new File(['ftypheic'], name, { type })
const DRAWN = new Blob(['drawn'], { type: 'image/jpeg' })

/** A phone that shows pictures of this size; null: none of the format. */
function phone(size: { width: number; height: number } | null) {
  const canvas = {
    width: 0,
    height: 0,
    getContext: () => ({ drawImage: () => undefined }),
    toBlob: (done: (blob: Blob) => void) => done(DRAWN),
  }
  vi.stubGlobal('document', { createElement: () => canvas })
  vi.stubGlobal('createImageBitmap', async () => {
    if (size === null) throw new DOMException('cannot be decoded', 'InvalidStateError')
    return { ...size, close: () => undefined }
  })
  return canvas
}

afterEach(() => vi.unstubAllGlobals())

it('draws HEIC again as JPEG where the phone can show it, no larger than is read', async () => {
  const canvas = phone({ width: 8000, height: 6000 })
  const [sent] = await preparedShots([heic('IMG_1.HEIC', 'image/heic')])
  expect(sent).toBe(DRAWN)
  expect(canvas.width / canvas.height).toBeCloseTo(8000 / 6000, 2)
  expect(canvas.width * canvas.height).toBeLessThan(12_100_000)
})

it.each([
  ['by its type', heic('photo', 'image/heic')],
  ['as HEIF', heic('photo', 'image/heif')],
  ['by its name where the phone names no type', heic('IMG_1.HEIC', '')],
])('refuses HEIC in words where the phone cannot show it: %s', async (_, file) => {
  phone(null)
  const refusal = await preparedShots([file]).catch((problem: unknown) => problem)
  expect(refusal).toBeInstanceOf(ApiProblem)
  expect(refusal).toMatchObject({ code: 'photo_heic' })
})

it('sends what is read as it is, and leaves what nobody can show to the server', async () => {
  const jpeg = new File(['jpeg'], 'a.jpg', { type: 'image/jpeg' })
  phone({ width: 4000, height: 3000 })
  expect((await preparedShots([jpeg]))[0]).toBe(jpeg)
  phone(null)
  expect((await preparedShots([jpeg]))[0]).toBe(jpeg)
})

it('sends a GIF as it is, though the phone could show its first frame', async () => {
  phone({ width: 400, height: 800 })
  const file = new File(['GIF89a'], 'receipt.gif', { type: 'image/gif' })
  expect(await preparedShots([file])).toEqual([file])
})
