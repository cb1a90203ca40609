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
import { middleOf, onScreen, sentAgain } from './receipts/attacks.ts'
import { EDITS, middleOnGrid, SAVINGS } from './receipts/edits.ts'
import { throughJpeg } from './receipts/jpeg-cycle.ts'
import { sampleOf } from './receipts/sample.ts'
import { Random } from './simulate/random.ts'

/**
 * `npm run -s photo:risk -- [DIR…] [--every N]`: of each sort of edit how many are noticed, and how
 * many clean pictures are told of (generated ones and those of the folders), by halves. Thresholds
 * are proposed by the clean ones of the first half. The last line is JSON.
 */

const GENERATED = 18
/** Edits are made on the middle of large pictures, as much as a phone's screen shows at once. */
const EDITED_SIDE = 800
/** Two in four of the pictures are edited: one that chooses and one that does not. */
const EDITED_OF = 4
const ON_SCREEN_SIDE = 800
const RESENT_PIXELS_MAX = 1_500_000
/** What cameras save as. */
const ORIGINAL_QUALITIES = [80, 88, 93, 96]
/** Each sign may be told on so many clean pictures of the half that chooses. */
const ALARMS_SHARE = 0.006

const every = Number(process.argv[process.argv.indexOf('--every') + 1]) || 1
const folders = process.argv
  .slice(2)
  .filter((argument, index, all) => argument !== '--every' && all[index - 1] !== '--every')
const platform = await nodePlatform()
const memory = new WasmMemory()

async function opened(bytes: Uint8Array): Promise<Gray | null> {
  const inspected = inspect(bytes)
  return inspected.ok ? decodePhoto(bytes, inspected.header, platform.modules, memory) : null
}

async function* pictures(): AsyncGenerator<Uint8Array> {
  for (let seed = 1; seed <= GENERATED; seed += 1) yield (await sampleOf(seed)).bytes
  for (const argument of folders) {
    const folder = fromCaller(argument)
    for (const file of picturesIn(folder)) yield bytesOf(folder, file)
  }
}

const SIGNS = Object.keys(THRESHOLDS) as PictureSign[]
type Values = Record<PictureSign, number>
/** What was measured of one picture; `sort` is empty of a clean one. */
type Row = { sort: string; saving: string; isChoosing: boolean; values: Values }
const rows: Row[] = []
const hashes: ReturnType<typeof pictureHash>[] = []
let [worstMs, allMs, megapixels, again, resent] = [0, 0, 0, 0, 0]

function measured(photo: Gray): Values {
  const found = measureRisk(photo)
  return Object.fromEntries(SIGNS.map((sign) => [sign, found[sign].value])) as Values
}

function lookAtAll(photo: Gray): Values {
  const start = process.cpuUsage()
  const values = measured(photo)
  hashes.push(pictureHash(photo))
  const { user, system } = process.cpuUsage(start)
  const ms = (user + system) / 1_000
  worstMs = Math.max(worstMs, ms)
  allMs += ms
  megapixels += photo.data.length / 1e6
  return values
}

let count = 0
let other: Gray | null = null
for await (const bytes of pictures()) {
  count += 1
  if (count % every !== 0) continue
  const photo = await opened(bytes)
  if (photo === null) continue
  const random = new Random(count)
  const isChoosing = Math.floor(count / every) % 2 === 0
  const note = (sort: string, saving: string, values: Values) =>
    rows.push({ sort, saving, isChoosing, values })
  note('', 'as it is', lookAtAll(photo))
  const original = throughJpeg(middleOnGrid(photo, EDITED_SIDE), random.pick(ORIGINAL_QUALITIES))
  note('', 'its middle', measured(original))
  for (const [saving, saved] of Object.entries(SAVINGS)) {
    note('', saving, measured(saved(original, random)))
  }
  const before = other
  other = original
  if (Math.floor(count / every) % EDITED_OF > 1) continue
  for (const [sort, edit] of Object.entries(EDITS)) {
    const edited = edit(original, random, before ?? original)
    if (edited === null) continue
    for (const [saving, saved] of Object.entries(SAVINGS)) {
      note(sort, saving, measured(saved(edited.photo, random)))
    }
  }
  const shown = throughJpeg(onScreen(middleOf(photo, ON_SCREEN_SIDE), random), 88)
  note('photographed from a screen', '85', measured(shown))
  if (photo.width * photo.height > RESENT_PIXELS_MAX) continue
  resent += 1
  const hash = hashes.at(-1)
  const sent = pictureHash(throughJpeg(sentAgain(photo, random), 88))
  if (hash !== undefined && pictureLikeness(hash, sent) > 0) again += 1
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(whole < 400 ? 0 : 1)} %`
const isTold = ({ values }: Row) => SIGNS.some((sign) => values[sign] > THRESHOLDS[sign])
const told = (of: readonly Row[]) =>
  `${percent(of.filter(isTold).length, of.length)} of ${of.length}`

function table(isChoosing: boolean) {
  const half = rows.filter((row) => row.isChoosing === isChoosing)
  const savings = ['as it is', 'its middle', ...Object.keys(SAVINGS)]
  console.log(`\n${'told on'.padEnd(28)}${savings.map((one) => one.padEnd(14)).join('')}all`)
  for (const sort of ['', ...Object.keys(EDITS), 'photographed from a screen']) {
    const of = half.filter((row) => row.sort === sort)
    const cells = savings.map((one) => told(of.filter(({ saving }) => saving === one)).padEnd(14))
    console.log(`${(sort || 'clean').padEnd(28)}${cells.join('')}${told(of)}`)
    const by = SIGNS.map(
      (sign) =>
        `${sign} ${percent(of.filter(({ values }) => values[sign] > THRESHOLDS[sign]).length, of.length)}`,
    )
    console.log(`${''.padEnd(28)}${by.join(', ')}`)
  }
}

const looked = hashes.length
console.log(
  `${looked} pictures; CPU ${(allMs / megapixels).toFixed(0)} ms a megapixel, worst ${worstMs.toFixed(0)} ms`,
)
console.log('\nThe half that chooses:')
table(true)
console.log('\nThe other half:')
table(false)
const clean = rows.filter(({ sort, isChoosing }) => sort === '' && isChoosing)
console.log('\nsign            threshold   proposed')
for (const sign of SIGNS) {
  const sorted = clean.map(({ values }) => values[sign]).sort((a, b) => a - b)
  const proposed = sorted[Math.ceil((sorted.length - 1) * (1 - ALARMS_SHARE))] ?? 0
  console.log(
    `${sign.padEnd(14)} ${String(THRESHOLDS[sign]).padStart(10)} ${proposed.toFixed(2).padStart(10)}`,
  )
}
let [pairs, alike] = [0, 0]
for (const [index, hash] of hashes.entries()) {
  for (const another of hashes.slice(index + 1)) {
    pairs += 1
    if (pictureLikeness(hash, another) > 0) alike += 1
  }
}
console.log(`\nnear_duplicate  ${alike} of ${pairs} pairs of different pictures`)
console.log(`sent again, cut, relit, smaller: known ${again} of ${resent}`)
console.log(JSON.stringify({ pictures: looked, again, resent, alike, pairs, worstMs }))
