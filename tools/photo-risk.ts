import path from 'node:path'
import { pictureLikeness } from '#schema/picture-hash'
import { decodePhoto } from '../ocr/src/engine/decode.ts'
import { WasmMemory } from '../ocr/src/engine/memory.ts'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { inspect } from '../ocr/src/guards/format.ts'
import type { Gray } from '../ocr/src/image/gray.ts'
import { pictureHash } from '../ocr/src/risk/hash.ts'
import { type Measured, measureRisk } from '../ocr/src/risk/risk.ts'
import { THRESHOLDS } from '../ocr/src/risk/thresholds.ts'
import { bytesOf, fromCaller, picturesIn } from './photo/folder.ts'
import { choosesBy, generatedName, hashOf } from './photo/halves.ts'
import {
  isTold,
  type Row,
  rowOf,
  SIGNS,
  type Thresholds,
  thresholdsOf,
  weighed,
  weightsOf,
} from './photo/risk-rows.ts'
import { middleOf, onScreen, sentAgain } from './receipts/attacks.ts'
import { EDITS, fieldsOn, messengerShare, middleOnGrid, SAVINGS } from './receipts/edits.ts'
import { throughJpeg } from './receipts/jpeg-cycle.ts'
import { sampleOf } from './receipts/sample.ts'
import { Random } from './simulate/random.ts'

/**
 * `npm run -s photo:risk -- [DIR…] [--every N] [--choose]`: of each sort of edit how many are
 * noticed where they were made, and how many clean pictures are told of, in two halves side by
 * side. A picture and all its edits belong to one half, by a hash of its name; `--choose` takes
 * weights and thresholds from the first half alone, prints them and judges both halves by them.
 * Pictures: generated receipts, the committed scans, and those of the folders. The last line is
 * JSON.
 */

const GENERATED = 30
/** Edits are made on the middle of large pictures, as much as a phone's screen shows at once. */
const EDITED_SIDE = 800
const LARGE_EDITED_SIDE = 1_200
const LARGE_PIXELS = 4_000_000
const ON_SCREEN_SIDE = 800
const SCREEN_QUALITY = 88
const RESENT_PIXELS_MAX = 1_500_000
/** What cameras save as. */
const ORIGINAL_QUALITIES = [80, 88, 93, 96]
/** Total, day, time, numbers of shop and receipt. */
const FIELDS = 6
const CORPUS = path.join(import.meta.dirname, '../ocr/corpus/scans')
const PAINTED = 'a line painted out'
const SCREEN = 'photographed from a screen'

const isOption = (argument: string, index: number, all: readonly string[]) =>
  argument.startsWith('--') || all[index - 1] === '--every'
const given = process.argv.slice(2)
const every = Number(given[given.indexOf('--every') + 1]) || 1
const folders = given.filter((argument, index) => !isOption(argument, index, given))
const platform = await nodePlatform()
const memory = new WasmMemory()

async function opened(bytes: Uint8Array): Promise<Gray | null> {
  const inspected = inspect(bytes)
  return inspected.ok ? decodePhoto(bytes, inspected.header, platform.modules, memory) : null
}

type Picture = { readonly name: string; readonly bytes: Uint8Array }

async function* pictures(): AsyncGenerator<Picture> {
  for (let seed = every; seed <= GENERATED; seed += every) {
    yield { name: generatedName(seed), bytes: (await sampleOf(seed)).bytes }
  }
  for (const folder of [CORPUS, ...folders.map(fromCaller)]) {
    for (const [index, name] of picturesIn(folder).entries()) {
      if (index % every === 0) yield { name, bytes: bytesOf(folder, name) }
    }
  }
}

const rows: Row[] = []
const hashes: ReturnType<typeof pictureHash>[] = []
let [worstMs, allMs, megapixels, again, resent] = [0, 0, 0, 0, 0]

function lookAtAll(photo: Gray): Measured {
  const start = process.cpuUsage()
  const measured = measureRisk(photo)
  hashes.push(pictureHash(photo))
  const { user, system } = process.cpuUsage(start)
  const ms = (user + system) / 1_000
  worstMs = Math.max(worstMs, ms)
  allMs += ms
  megapixels += photo.data.length / 1e6
  return measured
}

function sendAgain(photo: Gray, random: Random): void {
  if (photo.data.length > RESENT_PIXELS_MAX) return
  resent += 1
  const sent = pictureHash(throughJpeg(sentAgain(photo, random), 88))
  const hash = hashes.at(-1)
  if (hash !== undefined && pictureLikeness(hash, sent) > 0) again += 1
}

/** The last original of each half: print of another picture is never of the other half. */
const others = new Map<boolean, Gray>()

function editsOf(photo: Gray, random: Random, isChoosing: boolean): Row[] {
  const side = photo.data.length > LARGE_PIXELS ? LARGE_EDITED_SIDE : EDITED_SIDE
  const original = throughJpeg(middleOnGrid(photo, side), random.pick(ORIGINAL_QUALITIES))
  const fields = fieldsOn(original, random, FIELDS)
  const share = messengerShare(photo, random)
  const other = others.get(isChoosing)
  others.set(isChoosing, original)
  const savings = Object.entries(SAVINGS)
  const clean = { sort: '', isChoosing }
  const done = [
    rowOf(
      measureRisk(original),
      { ...clean, saving: 'its middle' },
      { edit: null, paying: fields },
    ),
  ]
  const zoomed = (box: (typeof fields)[number], saving: string) => {
    const zoom = saving === 'messenger' ? share : 1
    const { left, top, right, bottom } = box
    return { left: left * zoom, top: top * zoom, right: right * zoom, bottom: bottom * zoom }
  }
  for (const [saving, saved] of savings) {
    const paying = fields.map((box) => zoomed(box, saving))
    done.push(
      rowOf(measureRisk(saved(original, share)), { ...clean, saving }, { edit: null, paying }),
    )
  }
  for (const [sort, edit] of Object.entries(EDITS)) {
    const edited = other === undefined ? null : edit(original, random, other)
    if (edited === null) continue
    // A line that is gone is no field; figures are changed where they decide the money.
    const field = sort === PAINTED ? [] : [edited.field]
    const boxes = [...field, ...fields].slice(0, FIELDS)
    for (const [saving, saved] of savings) {
      const paying = boxes.map((box) => zoomed(box, saving))
      const places = { edit: zoomed(edited.place, saving), paying }
      done.push(
        rowOf(measureRisk(saved(edited.photo, share)), { sort, saving, isChoosing }, places),
      )
    }
  }
  const shown = throughJpeg(onScreen(middleOf(photo, ON_SCREEN_SIDE), random), SCREEN_QUALITY)
  const said = { sort: SCREEN, saving: String(SCREEN_QUALITY), isChoosing }
  done.push(rowOf(measureRisk(shown), said, { edit: null, paying: [] }))
  return done
}

for await (const { name, bytes } of pictures()) {
  const photo = await opened(bytes)
  if (photo === null) continue
  const random = new Random(hashOf(name))
  const measured = lookAtAll(photo)
  const whole = { sort: '', saving: 'as it is', isChoosing: choosesBy(name) }
  const paying = fieldsOn(photo, random, FIELDS)
  rows.push(rowOf(measured, whole, { edit: null, paying }))
  rows.push(...editsOf(photo, random, whole.isChoosing))
  sendAgain(photo, random)
}

function chosen(): { told: readonly Row[]; thresholds: Thresholds } {
  if (!given.includes('--choose')) return { told: rows, thresholds: THRESHOLDS }
  const weights = weightsOf(rows.filter(({ isChoosing }) => isChoosing))
  const told = rows.map((row) => weighed(row, weights))
  const clean = told.filter(({ sort, isChoosing }) => sort === '' && isChoosing)
  const thresholds = thresholdsOf(clean)
  console.log('chosen', JSON.stringify({ weights, thresholds }, null, 1))
  return { told, thresholds }
}

const { told, thresholds } = chosen()
const isNoticed = (row: Row) => SIGNS.some((sign) => isTold(row, sign, thresholds))
const count = (of: readonly Row[], isOne: (row: Row) => boolean) =>
  `${of.filter(isOne).length}/${of.length}`.padEnd(9)

function line(name: string, of: readonly Row[], savings: readonly string[]): string {
  const halves = [true, false].map((isChoosing) => {
    const half = of.filter((row) => row.isChoosing === isChoosing)
    return savings
      .map((one) =>
        count(
          half.filter(({ saving }) => saving === one),
          isNoticed,
        ),
      )
      .join(' ')
  })
  return `${name.padEnd(32)}${halves.join(' | ')}`
}

console.log(`${hashes.length} pictures; CPU ${(allMs / megapixels).toFixed(0)} ms a megapixel,`)
console.log(`worst ${worstMs.toFixed(0)} ms`)
const SAVED = Object.keys(SAVINGS)
const head = (savings: readonly string[]) => savings.map((one) => one.padEnd(9)).join(' ')
console.log(`\n${''.padEnd(32)}the half that chooses, the other half`)
const CLEAN = ['as it is', 'its middle', ...SAVED]
console.log(`${''.padEnd(32)}${head(CLEAN)} | ${head(CLEAN)}`)
console.log(
  line(
    'clean',
    told.filter(({ sort }) => sort === ''),
    CLEAN,
  ),
)
console.log(`${''.padEnd(32)}${head(SAVED)} | ${head(SAVED)}`)
for (const sort of Object.keys(EDITS)) {
  console.log(
    line(
      sort,
      told.filter((row) => row.sort === sort),
      SAVED,
    ),
  )
}
const shown = told.filter(({ sort }) => sort === SCREEN)
console.log(line(`${SCREEN}, ${SCREEN_QUALITY}`, shown, [String(SCREEN_QUALITY)]))
console.log('\nby sign, the half that chooses, the other half')
for (const sort of ['', ...Object.keys(EDITS)]) {
  const halves = [true, false].map((isChoosing) => {
    const of = told.filter((row) => row.sort === sort && row.isChoosing === isChoosing)
    return SIGNS.map((sign) => `${sign} ${count(of, (row) => isTold(row, sign, thresholds))}`)
  })
  console.log(`${(sort || 'clean').padEnd(32)}${halves.map((half) => half.join(' ')).join('| ')}`)
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
console.log(JSON.stringify({ pictures: hashes.length, again, resent, alike, pairs, worstMs }))
