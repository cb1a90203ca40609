import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { decodePhoto } from '../../ocr/src/engine/decode.ts'
import { WasmMemory } from '../../ocr/src/engine/memory.ts'
import { openPrintReader } from '../../ocr/src/engine/print-reader.ts'
import type { Platform } from '../../ocr/src/engine/wasm-modules.ts'
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

/** Our reader has prepared the module; it is the same for every option. */
const zxing = (name: string, platform: Platform, options: ReaderOptions): Baseline => ({
  name,
  of: 'code',
  async read(folder, file) {
    const photo = await grayOf(folder, file, platform)
    if (photo === null) return {}
    const found = await readBarcodes(pgmOf(photo), options)
    return { codes: found.map(({ text }) => text) }
  },
})

const ALL_OFF: ReaderOptions = {
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
}

/** One pass over the whole picture, capitals 30 px high, both languages of the default. */
async function singlePass(platform: Platform): Promise<Baseline | null> {
  const languages = ['rus', 'eng'] as const
  const reader = await openPrintReader(languages, platform, new WasmMemory())
  if (reader === null) return null
  return {
    name: 'tesseract.js-core, one pass, PSM 6, a regular expression',
    of: 'print',
    async read(folder, file) {
      const photo = await grayOf(folder, file, platform)
      if (photo === null) return {}
      const factor = Math.min(2.5, 30 / (printIn(photo).capitals ?? 30))
      const [width, height] = [Math.round(photo.width * factor), Math.round(photo.height * factor)]
      const words = reader.read(warp(photo, scaling(1 / factor), width, height), {
        segmentation: 6,
      })
      const lines = Map.groupBy(words, ({ line }) => line).values()
      return plainly([...lines].map((line) => line.map(({ text }) => text).join(' ')))
    },
    close: reader.close,
  }
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
  name: 'native tesseract, PSM 6, a regular expression',
  of: 'print',
  read: async (folder, file) =>
    plainly(output('tesseract', [path.join(folder, file), '-', '--psm', '6']).split('\n')),
}

/** Those that are at hand on this machine. */
export async function baselines(platform: Platform): Promise<Baseline[]> {
  const single = await singlePass(platform)
  return [
    zxing('zxing-wasm, options off', platform, ALL_OFF),
    zxing('zxing-wasm, tryHarder, rotations, inverted, reduced', platform, {}),
    ...(single === null ? [] : [single]),
    ...(exists('zbarimg') ? [ZBAR] : []),
    ...(exists('tesseract') ? [NATIVE] : []),
  ]
}

type Compared = { readonly right: number; readonly of: number }

/** How many codes, totals and dates a baseline gets right, and its median time. */
export async function compare(
  { read, of }: Baseline,
  folder: string,
  truths: ReadonlyMap<string, Truth>,
): Promise<{ fields: Readonly<Record<string, Compared>>; medianMs: number }> {
  const fields: Record<string, Compared> = {}
  const count = (name: string, right: boolean) => {
    const { right: before, of: asked } = fields[name] ?? { right: 0, of: 0 }
    fields[name] = { right: before + Number(right), of: asked + 1 }
  }
  const times: number[] = []
  for (const [file, { code, totalMinor, date, isPrint }] of truths) {
    const isAsked = of === 'code' ? code !== null : isPrint
    if (!isAsked) continue
    const start = performance.now()
    const said = await read(folder, file).catch((): Said => ({}))
    times.push(performance.now() - start)
    if (of === 'code') count('code', code !== null && said.codes?.includes(code) === true)
    else {
      if (totalMinor !== null) count('total', said.totalMinor === totalMinor)
      if (date !== null) count('date', said.date === date)
    }
  }
  const sorted = times.sort((a, b) => a - b)
  return { fields, medianMs: Math.round(sorted[sorted.length >> 1] ?? 0) }
}
