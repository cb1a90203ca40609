import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { codeReader } from '../../ocr/src/engine/code-reader.ts'
import { decodePhoto } from '../../ocr/src/engine/decode.ts'
import { WasmMemory } from '../../ocr/src/engine/memory.ts'
import { openPrintReader } from '../../ocr/src/engine/print-reader.ts'
import type { Language, Platform } from '../../ocr/src/engine/wasm-modules.ts'
import { inspect } from '../../ocr/src/guards/format.ts'
import { type Gray, pgmOf } from '../../ocr/src/image/gray.ts'
import { scaling, warp } from '../../ocr/src/image/projection.ts'
import { printIn } from '../../ocr/src/image/text-height.ts'
import { bytesOf } from './folder.ts'
import type { Truth } from './truth.ts'

/**
 * What others make of the same pictures: readers of codes as they come, and one pass of Tesseract
 * with a plain regular expression for the total and the date. Run beside ours, never quoted.
 */
export type Baseline = {
  readonly name: string
  readonly of: 'code' | 'print'
  read(folder: string, file: string): Promise<Said>
  close?(): void
}

/** What a baseline said; null where it said nothing. */
type Said = { codes?: readonly string[]; totalMinor?: number | null; date?: string | null }

async function grayOf(folder: string, file: string, { modules }: Platform): Promise<Gray | null> {
  const bytes = bytesOf(folder, file)
  const inspected = inspect(bytes)
  return inspected.ok ? decodePhoto(bytes, inspected.header, modules, new WasmMemory()) : null
}

/** The module is the one that ours prepares. */
const zxing = (name: string, platform: Platform, options: ReaderOptions): Baseline => ({
  name,
  of: 'code',
  async read(folder, file) {
    const photo = await grayOf(folder, file, platform)
    if (photo === null) return {}
    const found = await readBarcodes(pgmOf(photo), { ...options, textMode: 'Plain' })
    return { codes: found.map(({ text }) => text) }
  },
})

const ALL_OFF: ReaderOptions = {
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
}

/** Heights of capitals of the readings that vote, px; the first one is the single pass. */
const CAPITALS = [30, 24, 36] as const
const DRAWN_PIXELS_MAX = 4_500_000

function drawn(photo: Gray, capitals: number): Gray {
  const wanted = Math.min(2.5, capitals / (printIn(photo).capitals ?? capitals))
  const factor = Math.min(wanted, Math.sqrt(DRAWN_PIXELS_MAX / photo.data.length))
  const [width, height] = [Math.round(photo.width * factor), Math.round(photo.height * factor)]
  return warp(photo, scaling(1 / factor), width, height)
}

/** What most passes say; the first one where no two agree. */
function voted(all: readonly Said[]): Said {
  const most = <Value>(values: readonly Value[]) => {
    const counts = values.map((value) => values.filter((other) => other === value).length)
    return values[counts.indexOf(Math.max(...counts))]
  }
  const heard = <Value>(values: readonly (Value | null | undefined)[]) =>
    most(values.filter((value) => value !== null && value !== undefined)) ?? null
  return {
    totalMinor: heard(all.map(({ totalMinor }) => totalMinor)),
    date: heard(all.map(({ date }) => date)),
  }
}

/** Passes over the whole picture as it stands, in the language of the set. */
async function plainPasses(language: Language, platform: Platform): Promise<Baseline[]> {
  const reader = await openPrintReader([language], platform, new WasmMemory())
  if (reader === null) return []
  const one = async (folder: string, file: string, capitals: number): Promise<Said> => {
    const photo = await grayOf(folder, file, platform)
    if (photo === null) return {}
    const words = reader.read(drawn(photo, capitals), { segmentation: 6 })
    const lines = Map.groupBy(words, ({ line }) => line).values()
    return plainly([...lines].map((line) => line.map(({ text }) => text).join(' ')))
  }
  const known = new Map<string, Promise<Said>>()
  const pass = (folder: string, file: string, capitals: number) => {
    const key = `${folder}/${file} ${capitals}`
    const said = known.get(key) ?? one(folder, file, capitals)
    known.set(key, said)
    return said
  }
  return [
    {
      name: `tesseract.js-core ${language}, one pass`,
      of: 'print',
      read: (folder, file) => pass(folder, file, CAPITALS[0]),
    },
    {
      name: `tesseract.js-core ${language}, vote of three`,
      of: 'print',
      async read(folder, file) {
        const all = []
        for (const capitals of CAPITALS) all.push(await pass(folder, file, capitals))
        return voted(all)
      },
      close: reader.close,
    },
  ]
}

const TOTAL = /total|итог|к оплате|сума|summe|zu zahlen|укупно/i
const AMOUNT = /\d+[.,]\d{2}(?!\d)/g
const DATE = /(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)/

/** The last amount of the last line with a word of total, and the first date of figures. */
function plainly(lines: readonly string[]): Said {
  const [amount] = lines
    .filter((line) => TOTAL.test(line))
    .flatMap((line) => line.match(AMOUNT)?.at(-1) ?? [])
    .reverse()
  const [, day = '', month = '', year = ''] = DATE.exec(lines.join('\n')) ?? []
  const full = year.length === 2 ? `20${year}` : year
  return {
    totalMinor: amount === undefined ? null : Math.round(Number(amount.replace(',', '.')) * 100),
    date: day === '' ? null : `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  }
}

const exists = (command: string) => spawnSync(command, ['--version']).error === undefined

const output = (command: string, flags: readonly string[]) =>
  spawnSync(command, flags, { encoding: 'utf8', timeout: 60_000 }).stdout ?? ''

const ZBAR: Baseline = {
  name: 'zbarimg',
  of: 'code',
  read: async (folder, file) => ({
    codes: output('zbarimg', ['--raw', '-q', path.join(folder, file)]).split('\n'),
  }),
}

const NATIVE: Baseline = {
  name: 'native tesseract, PSM 6',
  of: 'print',
  read: async (folder, file) =>
    plainly(output('tesseract', [path.join(folder, file), '-', '--psm', '6']).split('\n')),
}

/** The engines at hand for a set whose truths look like these. */
export async function baselines(
  truths: readonly Truth[],
  platform: Platform,
): Promise<readonly Baseline[]> {
  codeReader(platform.modules, new WasmMemory())
  const texts = truths.flatMap(({ retailer, names }) => [retailer ?? '', ...names]).join('')
  const isCyrillic = /\p{Script=Cyrillic}{3}/u.test(texts)
  const hasCodes = truths.some(({ code }) => code !== null)
  const hasPrint = truths.some(({ isPrint }) => isPrint)
  return [
    ...(hasCodes
      ? [
          zxing('zxing-wasm, options off', platform, ALL_OFF),
          zxing('zxing-wasm, all its options', platform, {}),
          ...(exists('zbarimg') ? [ZBAR] : []),
        ]
      : []),
    ...(hasPrint ? await plainPasses(isCyrillic ? 'rus' : 'eng', platform) : []),
    ...(hasPrint && exists('tesseract') ? [NATIVE] : []),
  ]
}

/** A picture of the set with its truth. */
export type Judged = { readonly file: string; readonly truth: Truth }

type Compared = { readonly right: number; readonly of: number }

/** How many codes, totals and dates a baseline gets right, and its median time. */
export async function compare(
  { read, of }: Baseline,
  folder: string,
  pictures: readonly Judged[],
): Promise<{ fields: Readonly<Record<string, Compared>>; medianMs: number }> {
  const fields: Record<string, Compared> = {}
  const count = (name: string, right: boolean) => {
    const { right: before, of: asked } = fields[name] ?? { right: 0, of: 0 }
    fields[name] = { right: before + Number(right), of: asked + 1 }
  }
  const times: number[] = []
  for (const { file, truth } of pictures) {
    const { code, totalMinor, date, isPrint } = truth
    if (of === 'code' ? code === null : !isPrint) continue
    const start = performance.now()
    const said = await read(folder, file).catch((): Said => ({}))
    times.push(performance.now() - start)
    if (of === 'code') count('code', code !== null && said.codes?.includes(code) === true)
    else {
      const [total, day] = [said.totalMinor === totalMinor, said.date === date]
      if (totalMinor !== null) count('total', total)
      if (date !== null) count('date', day)
      if (totalMinor !== null && date !== null) count('both', total && day)
    }
  }
  const sorted = times.sort((a, b) => a - b)
  return { fields, medianMs: Math.round(sorted[sorted.length >> 1] ?? 0) }
}
