import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import encoderFactory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js'
import { defaultOptions } from '@jsquash/jpeg/meta.js'
import { blank, boxBlur, type Gray } from '../../ocr/src/image/gray.ts'
import {
  compose,
  type Projection,
  rotation,
  scaling,
  shift,
  warp,
} from '../../ocr/src/image/projection.ts'
import type { Random } from '../simulate/random.ts'

/** What goes wrong between the till and the phone. All of it small enough to be read by eye. */
export type Faults = {
  /** Degrees the paper lies turned. */
  readonly tilt: number
  /** How much the far edge is shorter, 0–0.15. */
  readonly perspective: number
  /** Radius of the blur, px. */
  readonly blur: number
  /** How much the thermal print has faded in bands, 0–0.6. */
  readonly fading: number
  readonly folds: number
  /** How dark the shadowed side is, 0–0.5. */
  readonly shadow: number
  readonly noise: number
  /** Quality of the JPEG, 1–100. */
  readonly quality: number
}

const TABLE = 88
const MARGIN = 60

/** Bands of the head that burn less, and creases across the paper. */
function wear(paper: Gray, { fading, folds }: Faults, random: Random): Gray {
  const out = blank(paper.width, paper.height, 0)
  const phase = random.int(0, 628) / 100
  const period = random.int(140, 260)
  const creases = Array.from({ length: folds }, () => random.int(40, paper.height - 40))
  for (let y = 0; y < paper.height; y += 1) {
    const near = Math.min(...creases.map((crease) => Math.abs(crease - y)), 99)
    const crease = near < 4 ? 1 - 0.12 * (1 - near / 4) : 1
    const faded = (fading * (1 + Math.sin(phase + (2 * Math.PI * y) / period))) / 2
    for (let x = 0; x < paper.width; x += 1) {
      const value = paper.data[y * paper.width + x] ?? 0
      out.data[y * paper.width + x] = (value + (244 - value) * faded) * crease
    }
  }
  return out
}

/** Lays the paper on a table: turned, its far edge shorter. */
function lay(paper: Gray, { tilt, perspective }: Faults): Gray {
  const angle = (Math.abs(tilt) * Math.PI) / 180
  const across = paper.width * Math.cos(angle) + paper.height * Math.sin(angle)
  const down = paper.width * Math.sin(angle) + paper.height * Math.cos(angle)
  const width = Math.ceil(across) + 2 * MARGIN
  const height = Math.ceil(down) + 2 * MARGIN
  const centre = compose(shift(paper.width / 2, paper.height / 2), rotation(-tilt))
  const flat = compose(centre, shift(-width / 2, -height / 2))
  // Rows above the middle are drawn smaller: the sampled width grows with the distance.
  const lean: Projection = [1, 0, 0, 0, 1, 0, 0, (2 * perspective) / height, 1 - perspective]
  const around = compose(
    shift(width / 2, height / 2),
    compose(lean, shift(-width / 2, -height / 2)),
  )
  return warp(paper, compose(flat, perspective === 0 ? scaling(1) : around), width, height, TABLE)
}

function expose(photo: Gray, { shadow, noise }: Faults, random: Random): Gray {
  const out = blank(photo.width, photo.height, 0)
  const edge = random.int(30, 70) / 100
  for (let y = 0; y < photo.height; y += 1) {
    for (let x = 0; x < photo.width; x += 1) {
      const side = (x / photo.width + (0.3 * y) / photo.height - edge) * 6
      const light = 1 - shadow / (1 + Math.exp(-side))
      const grain = noise === 0 ? 0 : random.int(-noise, noise)
      const value = (photo.data[y * photo.width + x] ?? 0) * light + grain
      out.data[y * photo.width + x] = Math.max(0, Math.min(255, value))
    }
  }
  return out
}

const require = createRequire(import.meta.url)
const encoderModule = new WebAssembly.Module(
  readFileSync(require.resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')),
)

/** A JPEG of a picture; in several scans as encoders make it by themselves, or in one as phones. */
export async function jpegOf(
  { width, height, data }: Gray,
  quality: number,
  progressive = true,
): Promise<Uint8Array> {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let at = 0; at < data.length; at += 1) rgba.fill(data[at] ?? 0, at * 4, at * 4 + 3)
  const encoder = await encoderFactory({
    noInitialRun: true,
    instantiateWasm(imports: WebAssembly.Imports, done: (one: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(encoderModule, imports)
      done(instance)
      return instance.exports
    },
  })
  const bytes = encoder.encode(rgba, width, height, { ...defaultOptions, quality, progressive })
  if (bytes === null) throw new Error('the picture could not be encoded')
  return bytes.slice()
}

/** A phone's JPEG of a printed paper. */
export function photograph(paper: Gray, faults: Faults, random: Random): Promise<Uint8Array> {
  const laid = lay(wear(paper, faults, random), faults)
  const soft = faults.blur === 0 ? laid : boxBlur(laid, faults.blur)
  return jpegOf(expose(soft, faults, random), faults.quality)
}
