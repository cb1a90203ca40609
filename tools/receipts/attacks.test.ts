import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pictureLikeness } from '#schema/picture-hash'
import { decodePhoto } from '../../ocr/src/engine/decode.ts'
import { WasmMemory } from '../../ocr/src/engine/memory.ts'
import { nodePlatform } from '../../ocr/src/engine/node.ts'
import { inspect } from '../../ocr/src/guards/format.ts'
import type { Gray } from '../../ocr/src/image/gray.ts'
import { pictureHash } from '../../ocr/src/risk/hash.ts'
import { judgePicture } from '../../ocr/src/risk/risk.ts'
import { Random } from '../simulate/random.ts'
import { middleOf, onScreen, sentAgain } from './attacks.ts'
import { EDITS, middleOnGrid, SAVINGS } from './edits.ts'
import { throughJpeg } from './jpeg-cycle.ts'
import { jpegOf } from './photograph.ts'
import { sampleOf } from './sample.ts'

const FAULTS = { tilt: 2, perspective: 0, blur: 1, fading: 0, shadow: 0, noise: 8, quality: 92 }
const SEEDS = [1, 4]
const platform = await nodePlatform()
const memory = new WasmMemory()

async function opened(bytes: Uint8Array): Promise<Gray> {
  const inspected = inspect(bytes)
  if (!inspected.ok) throw new Error(inspected.code)
  const photo = await decodePhoto(bytes, inspected.header, platform.modules, memory)
  if (photo === null) throw new Error('the picture cannot be opened')
  return photo
}

const photos = await Promise.all(
  SEEDS.map(async (seed) => opened((await sampleOf(seed, FAULTS)).bytes)),
)
const saved = async (photo: Gray) => opened(await jpegOf(photo, 90))
const codesOf = (photo: Gray) => judgePicture(photo, null).map(({ code }) => code)

test('clean pictures carry no sign', () => {
  expect(photos.map(codesOf)).toEqual(SEEDS.map(() => []))
})

test('a picture of a screen carries its sign', async () => {
  const [photo] = photos
  if (photo === undefined) throw new Error('there is no picture')
  const shown = onScreen(middleOf(photo, 420), new Random(3))
  expect(codesOf(await saved(shown))).toContain('screen')
})

/** Committed scans and generated photos, as a camera has saved them. */
const SCANS = ['discounter', 'hardware']
const EDITED_SEEDS = [3, 7, 8]
const EDITED_SIDE = 600
const CAMERA_QUALITY = 88

async function originals(): Promise<Gray[]> {
  const bytes = [
    ...SCANS.map((name) => new Uint8Array(readFileSync(`ocr/corpus/scans/${name}.jpg`))),
    ...(await Promise.all(EDITED_SEEDS.map(async (seed) => (await sampleOf(seed)).bytes))),
  ]
  const cameras = await Promise.all(bytes.map(opened))
  return cameras.map((photo) => throughJpeg(middleOnGrid(photo, EDITED_SIDE), CAMERA_QUALITY))
}

/** Of five pictures. Of print out of another picture none is noticed here, so none is promised. */
const FLOORS: Readonly<Record<string, number>> = {
  'a line painted out': 1,
  'figures typed over': 2,
  'one figure copied': 2,
  'three figures copied': 3,
}

test('of each sort of edit as many are noticed as ever, of clean pictures none', async () => {
  const cameras = await originals()
  const random = new Random(1)
  const told = (photo: Gray) => codesOf(photo).length > 0
  const alarms = cameras.flatMap((photo) =>
    ['92', 'messenger'].filter((name) => told(SAVINGS[name]?.(photo, random) ?? photo)),
  )
  expect(alarms).toEqual([])
  for (const [sort, floor] of Object.entries(FLOORS)) {
    const noticed = cameras.filter((photo, index) => {
      const other = cameras[(index + 1) % cameras.length] ?? photo
      const edited = EDITS[sort]?.(photo, random, other) ?? null
      return edited !== null && told(throughJpeg(edited.photo, 92))
    })
    expect(noticed.length, sort).toBeGreaterThanOrEqual(floor)
  }
}, 60_000)

test('a picture is known again, and no other one is taken for it', async () => {
  const hashes = photos.map(pictureHash)
  const again = await Promise.all(photos.map((photo) => saved(sentAgain(photo, new Random(5)))))
  for (const [index, hash] of again.map(pictureHash).entries()) {
    const alike = hashes.flatMap((other, at) => (pictureLikeness(hash, other) > 0 ? at : []))
    expect(alike).toEqual([index])
  }
})
