import { pictureLikeness } from '#schema/picture-hash'
import { decodePhoto } from '../ocr/src/engine/decode.ts'
import { WasmMemory } from '../ocr/src/engine/memory.ts'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { inspect } from '../ocr/src/guards/format.ts'
import type { Gray } from '../ocr/src/image/gray.ts'
import { pictureHash } from '../ocr/src/risk/hash.ts'
import { measureRisk, type PictureSign } from '../ocr/src/risk/risk.ts'
import { THRESHOLDS } from '../ocr/src/risk/thresholds.ts'
import { bytesOf, fromCaller, picturesIn } from './photo/folder.ts'
import {
  copiedDigits,
  lineGone,
  middleOf,
  onScreen,
  otherSum,
  sentAgain,
} from './receipts/attacks.ts'
import { jpegOf } from './receipts/photograph.ts'
import { sampleOf } from './receipts/sample.ts'
import { Random } from './simulate/random.ts'

/**
 * `npm run -s photo:risk -- [DIR…]`: how often each sign is told on clean pictures (generated ones
 * and those of the folders) and on one in three of them faked. The last line is JSON.
 */

const GENERATED = 18
/** Saving a faked picture takes a second: one in three is faked. */
const FAKED_EVERY = 3
/** Attacks are made on the middle of large pictures: encoding all of them takes an hour. */
const ATTACKED_SIDE = 800
const RESENT_PIXELS_MAX = 1_500_000
const QUALITY = 88
const platform = await nodePlatform()
const memory = new WasmMemory()

async function opened(bytes: Uint8Array): Promise<Gray | null> {
  const inspected = inspect(bytes)
  return inspected.ok ? decodePhoto(bytes, inspected.header, platform.modules, memory) : null
}

/** As a phone or a program for pictures saves it. */
async function saved(gray: Gray): Promise<Gray> {
  return (await opened(await jpegOf(gray, QUALITY))) ?? gray
}

const ATTACKS = {
  'a line painted over': ['edited_noise', 'edited_noise', lineGone],
  'another sum painted in': ['edited_noise', 'edited_print', otherSum],
  'digits copied from another line': ['copied_patch', 'edited_print', copiedDigits],
  'photographed from a screen': ['screen', 'screen', onScreen],
  // No attack: what saving alone sets off.
  'saved again, nothing else': ['edited_print', 'edited_noise', (photo: Gray) => photo],
} as const

type Told = Record<PictureSign, number>
const SIGNS = Object.keys(THRESHOLDS) as PictureSign[]
const nobody = (): Told => ({ edited_noise: 0, edited_print: 0, copied_patch: 0, screen: 0 })

const sources: { name: string; pictures: () => AsyncGenerator<Uint8Array> }[] = [
  {
    name: 'generated',
    async *pictures() {
      for (let seed = 1; seed <= GENERATED; seed += 1) yield (await sampleOf(seed)).bytes
    },
  },
  ...process.argv.slice(2).map((argument) => ({
    name: argument,
    async *pictures() {
      const folder = fromCaller(argument)
      for (const file of picturesIn(folder)) yield bytesOf(folder, file)
    },
  })),
]

let [worstMs, allMs, count, again, resent] = [0, 0, 0, 0, 0]
const clean = nobody()
let faked = 0
const attacked: Record<string, { found: number; told: Told; values: number[] }> = {}
const values: Record<PictureSign, number[]> = {
  edited_noise: [],
  edited_print: [],
  copied_patch: [],
  screen: [],
}
const hashes: ReturnType<typeof pictureHash>[] = []
for (const { pictures } of sources) {
  for await (const bytes of pictures()) {
    const photo = await opened(bytes)
    if (photo === null) continue
    const random = new Random(count + 1)
    const start = performance.now()
    const measured = measureRisk(photo)
    const hash = pictureHash(photo)
    const ms = performance.now() - start
    worstMs = Math.max(worstMs, ms)
    allMs += ms
    count += 1
    hashes.push(hash)
    for (const sign of SIGNS) {
      values[sign].push(measured[sign].value)
      if (measured[sign].value > THRESHOLDS[sign]) clean[sign] += 1
    }
    if (count % FAKED_EVERY !== 0) continue
    faked += 1
    for (const [name, [first, second, attack]] of Object.entries(ATTACKS)) {
      const found = measureRisk(await saved(attack(middleOf(photo, ATTACKED_SIDE), random)))
      const row = attacked[name] ?? { found: 0, told: nobody(), values: [] }
      attacked[name] = row
      row.values.push(found[first].value)
      for (const sign of SIGNS) if (found[sign].value > THRESHOLDS[sign]) row.told[sign] += 1
      if (found[first].value > THRESHOLDS[first] || found[second].value > THRESHOLDS[second]) {
        row.found += 1
      }
    }
    if (photo.width * photo.height > RESENT_PIXELS_MAX) continue
    resent += 1
    if (pictureLikeness(hash, pictureHash(await saved(sentAgain(photo, random)))) > 0) again += 1
  }
}

let [pairs, alike] = [0, 0]
for (const [index, hash] of hashes.entries()) {
  for (const other of hashes.slice(index + 1)) {
    pairs += 1
    if (pictureLikeness(hash, other) > 0) alike += 1
  }
}

const percent = (part: number, whole: number) =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
const at = (numbers: number[], share: number) =>
  (numbers.sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? 0).toFixed(1)

console.log(
  `${count} clean pictures; CPU mean ${(allMs / count).toFixed(0)} ms, worst ${worstMs.toFixed(0)} ms`,
)
console.log('\nsign           threshold  clean told  clean p50 / p95 / max')
for (const sign of SIGNS) {
  const spread = [0.5, 0.95, 1].map((share) => at(values[sign], share)).join(' / ')
  console.log(
    `${sign.padEnd(14)} ${String(THRESHOLDS[sign]).padStart(9)}  ${percent(clean[sign], count).padStart(10)}  ${spread}`,
  )
}
console.log(`near_duplicate  ${alike} of ${pairs} pairs of different pictures`)
console.log('\nattack                            noticed  by sign                p50 / p95')
for (const [name, { found, told, values: seen }] of Object.entries(attacked)) {
  const by = SIGNS.map((sign) => `${sign} ${percent(told[sign], faked)}`).join(', ')
  console.log(
    `${name.padEnd(33)} ${percent(found, faked).padStart(7)}  ${by}  ${at(seen, 0.5)} / ${at(seen, 0.95)}`,
  )
}
console.log(`${'sent again, cut, relit, smaller'.padEnd(33)} ${percent(again, resent).padStart(7)}`)
console.log(
  JSON.stringify({
    pictures: count,
    clean,
    again,
    resent,
    alike,
    pairs,
    worstMs: Math.round(worstMs),
  }),
)
