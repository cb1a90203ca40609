import { describe, expect, test } from 'vitest'
import { pictureLikeness } from '#schema/picture-hash'
import { decodePhoto } from '../../ocr/src/engine/decode.ts'
import { WasmMemory } from '../../ocr/src/engine/memory.ts'
import { nodePlatform } from '../../ocr/src/engine/node.ts'
import { inspect } from '../../ocr/src/guards/format.ts'
import type { Gray } from '../../ocr/src/image/gray.ts'
import { pictureHash } from '../../ocr/src/risk/hash.ts'
import { judgePicture } from '../../ocr/src/risk/risk.ts'
import { Random } from '../simulate/random.ts'
import { copiedDigits, lineGone, middleOf, onScreen, sentAgain } from './attacks.ts'
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
const codesOf = (photo: Gray) => judgePicture(photo).risks.map(({ code }) => code)

test('clean pictures carry no sign', () => {
  expect(photos.map(codesOf)).toEqual(SEEDS.map(() => []))
})

describe('a faked picture carries its sign', () => {
  test.each([
    ['edited_noise', 'painted over', lineGone],
    ['copied_patch', 'digits of another line', copiedDigits],
    [
      'screen',
      'shown on one',
      (photo: Gray, random: Random) => onScreen(middleOf(photo, 420), random),
    ],
  ] as const)('%s: %s', async (code, _, attack) => {
    const [photo] = photos
    if (photo === undefined) throw new Error('there is no picture')
    expect(codesOf(await saved(attack(photo, new Random(3))))).toContain(code)
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
