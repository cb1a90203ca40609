/**
 * Measures the reader where it runs: `npm run -s bench:photo -- [ROUNDS]`. The `ocr` Worker on bare
 * workerd reads generated photos over HTTP: one of nine megapixels with a code, and print of two
 * with all passes. CPU is that of the whole process, its wall time beside it. The last line is
 * JSON.
 */

import path from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { decodePhoto } from '../ocr/src/engine/decode.ts'
import { WasmMemory } from '../ocr/src/engine/memory.ts'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { inspect } from '../ocr/src/guards/format.ts'
import type { Gray } from '../ocr/src/image/gray.ts'
import { workerdCpuMs } from './bench/cpu.ts'
import { readerWorker } from './bench/network.ts'
import { LOCAL } from './local/place.ts'
import { jpegOf } from './receipts/photograph.ts'
import { sampleOf } from './receipts/sample.ts'

const ROUNDS = Number(process.argv[2] ?? 5)
const SEED = 11
const QUALITY = 90

type Photo = {
  readonly name: string
  readonly megapixels: number
  readonly hasCode: boolean
  /** `always` reads the print whatever the code has said. */
  readonly print: 'when_needed' | 'always'
}

const PHOTOS: readonly Photo[] = [
  { name: 'code, 9 megapixels', megapixels: 9, hasCode: true, print: 'when_needed' },
  { name: 'print, 2 megapixels', megapixels: 2, hasCode: false, print: 'always' },
]

const { modules } = await nodePlatform()

/** A generated photo at another size: nearest pixels, as more of them say nothing new. */
async function photoOf({ megapixels, hasCode }: Photo): Promise<Uint8Array> {
  const { bytes } = await sampleOf(SEED, { tilt: 3 }, { market: 'ru', hasCode })
  const inspected = inspect(bytes)
  const photo = inspected.ok
    ? await decodePhoto(bytes, inspected.header, modules, new WasmMemory())
    : null
  if (photo === null) throw new Error('the generated photo is none')
  return jpegOf(enlarged(photo, megapixels * 1e6), QUALITY, false)
}

function enlarged({ width, height, data }: Gray, pixels: number): Gray {
  const scale = Math.sqrt(pixels / (width * height))
  const [wide, high] = [Math.floor(width * scale), Math.floor(height * scale)]
  const out = new Uint8Array(wide * high)
  for (let at = 0; at < out.length; at += 1) {
    const x = Math.floor((at % wide) / scale)
    const y = Math.floor(Math.floor(at / wide) / scale)
    out[at] = data[y * width + x] ?? 0
  }
  return { width: wide, height: high, data: out }
}

const median = (values: readonly number[]) =>
  Math.round([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0)

async function measure(worker: Miniflare, photo: Photo) {
  const body = await photoOf(photo)
  const [wall, cpu]: [number[], number[]] = [[], []]
  // The first reading compiles and loads what the others keep.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [from, before] = [performance.now(), workerdCpuMs()]
    const url = `http://reader/read?market=ru&print=${photo.print}`
    const answer = await worker.dispatchFetch(url, { method: 'POST', body })
    const said = (await answer.json()) as { codes?: unknown[]; fields?: unknown }
    const isRead = photo.hasCode ? (said.codes?.length ?? 0) > 0 : Boolean(said.fields)
    if (!isRead) throw new Error(`${photo.name} was not read: ${JSON.stringify(said)}`)
    if (round === 0) continue
    wall.push(performance.now() - from)
    cpu.push(workerdCpuMs() - before)
  }
  const figures = { photo: photo.name, rounds: ROUNDS, wallMs: median(wall), cpuMs: median(cpu) }
  const most = { wallMsMax: Math.round(Math.max(...wall)), cpuMsMax: Math.round(Math.max(...cpu)) }
  return { ...figures, ...most }
}

const worker = new Miniflare(
  convertV4MiniflareOptions({
    workers: [await readerWorker(path.join(LOCAL, 'bench-photo'))],
    cf: false,
  }),
)
try {
  await worker.ready
  const all = []
  for (const photo of PHOTOS) {
    const figures = await measure(worker, photo)
    console.log(
      `${figures.photo}: ${figures.wallMs} ms, ${figures.cpuMs} ms of CPU; at most ${figures.wallMsMax}`,
    )
    all.push(figures)
  }
  console.log(JSON.stringify(all))
} finally {
  await worker.dispose()
}
