import { describe, expect, test } from 'vitest'
import { editorOf } from './editor.ts'
import { inspect, PHOTO_BYTES_MAX } from './format.ts'
import { withoutMetadata } from './metadata.ts'

const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((character) => character.charCodeAt(0)) : part,
    ),
  )

const two = (value: number) => [value >> 8, value & 0xff]

const HALVED = [0x22, 0x11, 0x11]
const FULL = [0x11, 0x11, 0x11]

type Made = {
  orientation?: number
  frame?: number
  /** Of each component, how much it is sampled across and down. */
  sampling?: number[]
  /** Components of the first scan. */
  scanned?: number
  tail?: string
}

function jpeg(width: number, height: number, made: Made = {}) {
  const { orientation = 1, frame = 0xc0, sampling = [0x11], tail = '' } = made
  const { scanned = sampling.length } = made
  const exif = bytesOf(
    'Exif\0\0MM',
    [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, ...two(orientation), 0, 0, 0, 0, 0, 0],
    'secret place',
  )
  return bytesOf(
    [0xff, 0xd8, 0xff, 0xe1, ...two(exif.length + 2), ...exif],
    [0xff, frame, 0, 8 + 3 * sampling.length, 8, ...two(height), ...two(width)],
    [sampling.length, ...sampling.flatMap((one, index) => [index + 1, one, 0])],
    [0xff, 0xda, 0, 3, scanned, 1, 2, 3, 0xff, 0xd9],
    tail,
  )
}

function png(width: number, height: number, extra = '') {
  const four = (value: number) => [...two(value >>> 16), ...two(value & 0xffff)]
  return bytesOf(
    '\x89PNG\r\n\x1a\n',
    four(13),
    'IHDR',
    four(width),
    four(height),
    [8, 0, 0, 0, 0, 0, 0, 0, 0],
    extra === '' ? '' : [...four(0), ...bytesOf(extra), 0, 0, 0, 0],
    four(0),
    'IEND',
    [0, 0, 0, 0],
  )
}

function webp(kind: 'VP8 ' | 'VP8L', width: number, height: number) {
  const lossy = [0, 0, 0, 0x9d, 1, 0x2a, width & 255, width >> 8, height & 255, height >> 8]
  const [across, down] = [width - 1, height - 1]
  const lossless = [0x2f, across & 255, (across >> 8) | ((down & 3) << 6), (down >> 2) & 255]
  const body = kind === 'VP8 ' ? lossy : [...lossless, down >> 10, 0]
  const end = 12 + body.length
  return bytesOf('RIFF', [end, 0, 0, 0], 'WEBP', kind, [body.length, 0, 0, 0, ...body])
}

describe('accepted', () => {
  test('size and orientation come from the headers, nothing is decoded', () => {
    expect(inspect(jpeg(4032, 3024, { orientation: 6 }))).toEqual({
      ok: true,
      header: { format: 'jpeg', width: 4032, height: 3024, orientation: 6 },
    })
    expect(inspect(png(640, 480))).toMatchObject({ ok: true, header: { width: 640, height: 480 } })
  })

  test('of a JPEG in several scans as many pixels as their coefficients leave room for', () => {
    const taken = [
      jpeg(4000, 4000, { sampling: FULL }),
      jpeg(4032, 2268, { frame: 0xc2, sampling: HALVED }),
      jpeg(3000, 2200, { frame: 0xc2, sampling: FULL }),
      jpeg(3000, 2200, { sampling: FULL, scanned: 1 }),
    ]
    expect(taken.map((bytes) => inspect(bytes).ok)).toEqual([true, true, true, true])
  })

  test('of a WebP without loss fewer pixels than of another', () => {
    for (const kind of ['VP8 ', 'VP8L'] as const) {
      expect(inspect(webp(kind, 3200, 2600))).toMatchObject({
        header: { width: 3200, height: 2600 },
      })
    }
    expect(inspect(webp('VP8 ', 4000, 4000)).ok).toBe(true)
  })

  test('of the metadata only the orientation stays', () => {
    const bare = withoutMetadata(jpeg(100, 100, { orientation: 6, tail: 'trailing' }), 'jpeg', 6)
    expect(new TextDecoder('latin1').decode(bare)).not.toMatch(/secret|trailing/)
    expect(inspect(bare)).toMatchObject({ ok: true, header: { orientation: 6, width: 100 } })
  })
})

describe('a program for changing pictures', () => {
  const withSoftware = (name: string) => {
    const text = [...new TextEncoder().encode(`${name}\0`)]
    const entry = [0x31, 1, 2, 0, text.length, 0, 0, 0, 26, 0, 0, 0]
    const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, ...entry, 0, 0, 0, 0, ...text]
    const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
    const picture = jpeg(100, 100, { orientation: 6 })
    const block = [0xff, 0xe1, 0, exif.length + 2, ...exif]
    return Uint8Array.from([...picture.slice(0, 2), ...block, ...picture.slice(2)])
  }

  test('is known by its name, and stays known when the metadata is gone', () => {
    const sent = withSoftware('Adobe Photoshop CC 2018 (Windows) of secret owner')
    const kept = withoutMetadata(sent, 'jpeg', 6)
    expect([editorOf(sent), editorOf(kept)]).toEqual(['Photoshop', 'Photoshop'])
    expect(new TextDecoder('latin1').decode(kept)).not.toMatch(/secret|2018/)
    expect(inspect(kept)).toMatchObject({ ok: true, header: { orientation: 6 } })
  })

  test('is no camera, and nothing that only mentions its formats', () => {
    const mentions = bytesOf([0xff, 0xd8, 0xff, 0xed, 0, 16], 'Photoshop 3.0\0')
    expect([withSoftware('G991BXXU5'), mentions, jpeg(100, 100)].map(editorOf)).toEqual([
      null,
      null,
      null,
    ])
  })

  test('whatever the bytes, it answers', () => {
    const sent = withSoftware('GIMP 2.10')
    for (const at of sent.keys()) {
      for (const value of [0, 1, 127, 255]) {
        const damaged = sent.slice()
        damaged[at] = value
        expect([null, 'GIMP']).toContain(editorOf(damaged))
      }
      expect([null, 'GIMP']).toContain(editorOf(sent.subarray(0, at)))
    }
  })
})

describe('refused before decoding', () => {
  test.each([
    ['photo_empty', new Uint8Array()],
    ['photo_heic', bytesOf([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0])],
    ['photo_svg', bytesOf('<?xml version="1.0"?><svg onload="x()"/>')],
    ['photo_svg', bytesOf('\n <svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['photo_pdf', bytesOf('junk\n%PDF-1.7')],
    ['photo_animated', bytesOf('GIF89a')],
    ['photo_animated', png(100, 100, 'acTL')],
    ['photo_format_unknown', bytesOf('BM', [0, 0, 0, 0])],
    ['photo_damaged', bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
    ['photo_damaged', jpeg(100, 100).slice(0, 40)],
    ['photo_too_small', jpeg(8, 4000)],
    ['photo_too_many_pixels', png(65_000, 65_000)],
    ['photo_too_many_pixels', jpeg(4000, 4001)],
    ['photo_too_many_pixels', jpeg(4000, 3000, { frame: 0xc2 })],
    ['photo_too_many_pixels', jpeg(4000, 2500, { frame: 0xc2, sampling: HALVED })],
    ['photo_too_many_pixels', jpeg(3000, 2300, { frame: 0xc2, sampling: FULL })],
    ['photo_too_many_pixels', jpeg(3000, 2300, { sampling: FULL, scanned: 1 })],
    ['photo_too_many_pixels', webp('VP8L', 4000, 3000)],
    ['photo_too_many_pixels', webp('VP8 ', 4000, 4001)],
    ['photo_polyglot', jpeg(100, 100, { tail: 'PK\x03\x04 a zip behind the picture' })],
    ['photo_polyglot', jpeg(100, 100, { tail: '<script>x()</script>' })],
    ['photo_too_large', new Uint8Array(PHOTO_BYTES_MAX + 1)],
  ])('%s', (code, bytes) => expect(inspect(bytes)).toEqual({ ok: false, code }))

  test('whatever the bytes, it answers', () => {
    for (const good of [jpeg(100, 100), png(100, 100)]) {
      for (let length = 0; length < good.length; length += 1) {
        expect(inspect(good.slice(0, length))).toHaveProperty('ok')
      }
    }
  })
})
