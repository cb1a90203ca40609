import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pictureLikeness } from '#schema/picture-hash'
import { decodePhoto } from '../../ocr/src/engine/decode.ts'
import { WasmMemory } from '../../ocr/src/engine/memory.ts'
import { nodePlatform } from '../../ocr/src/engine/node.ts'
import { inspect } from '../../ocr/src/guards/format.ts'
import type { Gray } from '../../ocr/src/image/gray.ts'
import { pictureHash } from '../../ocr/src/risk/hash.ts'
import { measureRisk, risksOf } from '../../ocr/src/risk/risk.ts'
import { choosesBy, generatedName } from '../photo/halves.ts'
import { Random } from '../simulate/random.ts'
import { middleOf, onScreen, sentAgain } from './attacks.ts'
import { type Box, EDITS, fieldsOn, middleOnGrid, SAVINGS } from './edits.ts'
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
const codesOf = (photo: Gray, fields: readonly Box[] = []) =>
  risksOf(measureRisk(photo), fields.map(cornersOf), null).map(({ code }) => code)
const cornersOf = ({ left, top, right, bottom }: Box) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
]

test('clean pictures carry no sign', () => {
  expect(photos.map((photo) => codesOf(photo))).toEqual(SEEDS.map(() => []))
})

test('a picture of a screen carries its sign', async () => {
  const [photo] = photos
  if (photo === undefined) throw new Error('there is no picture')
  const shown = onScreen(middleOf(photo, 420), new Random(3))
  expect(codesOf(await saved(shown))).toContain('screen')
})

/** By these nothing was chosen: a committed scan, and generated photos that lie straight enough. */
const SCAN = 'discounter.jpg'
const SEEDS_HELD_OUT = [2, 3, 9, 13, 16]
const EDITED_SIDE = 600
const CAMERA_QUALITY = 88

async function heldOut(): Promise<Gray[]> {
  const bytes = [
    new Uint8Array(readFileSync(`ocr/corpus/scans/${SCAN}`)),
    ...(await Promise.all(SEEDS_HELD_OUT.map(async (seed) => (await sampleOf(seed)).bytes))),
  ]
  const cameras = await Promise.all(bytes.map(opened))
  return cameras.map((photo) => throughJpeg(middleOnGrid(photo, EDITED_SIDE), CAMERA_QUALITY))
}

/** Of six pictures. */
const FLOORS: Readonly<Record<string, number>> = {
  'a line painted out': 2,
  'figures typed over': 4,
  'one figure copied': 2,
  'three figures copied': 4,
  'print of another picture': 4,
}
const FIELDS = 6
const ALARMS_MAX = 1

describe('pictures by which nothing was chosen', async () => {
  const cameras = await heldOut()
  const random = new Random(1)

  test('are those of the other half', () => {
    const names = [SCAN, ...SEEDS_HELD_OUT.map(generatedName)]
    expect(names.filter(choosesBy)).toEqual([])
  })

  test('clean ones are not told on, asked about six of their words', () => {
    const alarms = cameras.flatMap((photo) => {
      const fields = fieldsOn(photo, random, FIELDS)
      return codesOf(SAVINGS['92'](photo, 1), fields)
    })
    expect(alarms.length).toBeLessThanOrEqual(ALARMS_MAX)
  })

  test.each(Object.entries(FLOORS))('%s: noticed as often as ever', (sort, floor) => {
    const noticed = cameras.filter((photo, index) => {
      const other = cameras[(index + 1) % cameras.length] ?? photo
      const edited = EDITS[sort]?.(photo, random, other) ?? null
      if (edited === null) return false
      return codesOf(SAVINGS['92'](edited.photo, 1), [edited.field]).length > 0
    })
    expect(noticed.length).toBeGreaterThanOrEqual(floor)
  })
})

test('a picture is known again, and no other one is taken for it', async () => {
  const hashes = photos.map(pictureHash)
  const again = await Promise.all(photos.map((photo) => saved(sentAgain(photo, new Random(5)))))
  for (const [index, hash] of again.map(pictureHash).entries()) {
    const alike = hashes.flatMap((other, at) => (pictureLikeness(hash, other) > 0 ? at : []))
    expect(alike).toEqual([index])
  }
})
