import type { ReaderOptions } from 'zxing-wasm/reader'
import { receiptAmong } from '#fiscal/receipt-among'
import type { CodeReader, FoundCode } from '../engine/code-reader.ts'
import { boxBlur, evenLight, type Gray, sharpen, shrink } from '../image/gray.ts'
import {
  compose,
  IDENTITY,
  type Projection,
  project,
  rotation,
  scaling,
  shift,
  warp,
} from '../image/projection.ts'
import { sauvola } from './sauvola.ts'

/** A code with its corners in the upright photo. */
export type ReadCode = FoundCode & {
  /** Which rung of the ladder read it, for the figures. */
  readonly rung: string
}

/** The later rungs look at a picture of at most this many pixels: they cost 10–80 ms each. */
const RUNG_PIXELS_MAX = 1_200_000
/** The reader of codes holds four bytes a pixel beside the photo. */
const FULL_PIXELS_MAX = 9_500_000
/** Below this a code has few pixels a module, and enlarging helps. */
const SMALL_PIXELS = 700_000

const HARD: ReaderOptions = {
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
}

const SQUARE: ReaderOptions = { ...HARD, formats: ['QRCode', 'DataMatrix'] }
const ANY: ReaderOptions = { ...HARD, formats: ['QRCode', 'PDF417', 'DataMatrix', 'EAN13'] }
/** Rows of bars are lost to the reader from two degrees on; squares are found at any. */
const STACKED: ReaderOptions = { ...HARD, formats: ['PDF417'] }
const GLOBAL: ReaderOptions = { ...SQUARE, binarizer: 'GlobalHistogram' }
const DENOISED: ReaderOptions = { ...SQUARE, tryDenoise: true }

type View = { readonly gray: Gray; readonly toPhoto: Projection }
type Rung = {
  readonly name: string
  readonly view: (base: View) => View
  readonly options: ReaderOptions
  /** Tried also beside a code that is no receipt: one that reads is seldom alone in being faint. */
  readonly beside?: true
}

const same = (view: View, gray: Gray): View => ({ gray, toPhoto: view.toPhoto })

function enlarged(view: View, factor: number): View {
  if (factor === 1) return view
  const { gray, toPhoto } = view
  const back = scaling(1 / factor)
  const width = Math.round(gray.width * factor)
  const height = Math.round(gray.height * factor)
  return { gray: warp(gray, back, width, height), toPhoto: compose(toPhoto, back) }
}

/** A strip of paper turned stands in a picture many times its size: it stays as it is. */
const TURNED_GROWTH_MAX = 4

function turned(view: View, degrees: number): View {
  const { gray, toPhoto } = view
  const radians = (degrees * Math.PI) / 180
  const [along, across] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))]
  const width = Math.ceil(gray.width * along + gray.height * across)
  const height = Math.ceil(gray.width * across + gray.height * along)
  if (width * height > TURNED_GROWTH_MAX * gray.data.length) return view
  const back = compose(
    shift(gray.width / 2, gray.height / 2),
    compose(rotation(degrees), shift(-width / 2, -height / 2)),
  )
  return { gray: warp(gray, back, width, height), toPhoto: compose(toPhoto, back) }
}

/** In the order of what they read for their time, measured on photos in the wild. */
const RUNGS: readonly Rung[] = [
  { name: 'any', view: (base) => base, options: ANY, beside: true },
  { name: 'denoise', view: (base) => base, options: DENOISED },
  {
    name: 'blur',
    view: (base) => same(base, boxBlur(base.gray, 1)),
    options: SQUARE,
    beside: true,
  },
  { name: 'even', view: (base) => same(base, evenLight(base.gray, 24)), options: GLOBAL },
  { name: 'large', view: (base) => large(base, 2), options: SQUARE, beside: true },
  {
    name: 'sauvola',
    view: (base) => same(base, sauvola(base.gray, 12, 0.2)),
    options: GLOBAL,
    beside: true,
  },
  { name: 'sharp', view: (base) => same(base, sharpen(base.gray, 3, 1.5)), options: SQUARE },
  { name: 'large blur', view: (base) => blurred(large(base, 2.5), 2), options: GLOBAL },
  { name: 'turn 30', view: (base) => turned(base, 30), options: SQUARE },
  { name: 'turn 60', view: (base) => turned(base, 60), options: SQUARE },
  { name: 'tilt left', view: (base) => turned(base, -3), options: STACKED },
  { name: 'tilt right', view: (base) => turned(base, 3), options: STACKED },
]

function reduced({ gray, toPhoto }: View, factor: number): View {
  return { gray: shrink(gray, factor), toPhoto: compose(toPhoto, scaling(factor)) }
}

function large(base: View, factor: number): View {
  return base.gray.data.length < SMALL_PIXELS ? enlarged(base, factor) : base
}

const blurred = (view: View, radius: number): View => same(view, boxBlur(view.gray, radius))

const PLAIN: Rung = { name: 'full', view: (base) => base, options: SQUARE }
const HALF = 2

/**
 * Reads the codes of an upright photo: full size first, then a ladder of prepared views until a
 * receipt's code is found. A code that is none (an advert, a payment) does not end the search, it
 * shortens it. The work is bounded by pixels and rungs, not by a clock, so that a busy machine
 * reads the same. Everything that was found is told, each text once; empty: no code.
 */
export async function readCodes(photo: Gray, read: CodeReader): Promise<ReadCode[]> {
  const whole: View = { gray: photo, toPhoto: IDENTITY }
  const full = enlarged(whole, Math.min(1, Math.sqrt(FULL_PIXELS_MAX / photo.data.length)))
  const factor = Math.ceil(Math.sqrt(full.gray.data.length / RUNG_PIXELS_MAX))
  const base = factor > 1 ? reduced(full, factor) : full
  const found = new Map<string, ReadCode>()
  const look = async (view: View, rung: Rung) => {
    for (const code of await attempt(view, rung, read)) {
      if (!found.has(code.text)) found.set(code.text, code)
    }
    const { kind } = receiptAmong([...found.keys()])
    return kind === 'receipt' || kind === 'several'
  }
  // A phone's photo is mostly read reduced, in a tenth of the time; then as it is.
  for (const view of factor > 1 ? [reduced(full, HALF), full] : [full]) {
    if (await look(view, PLAIN)) return [...found.values()]
  }
  for (const rung of RUNGS) {
    const isSquare = [...found.values()].some(({ format }) => format !== 'ean13')
    if (isSquare && rung.beside !== true) continue
    if (await look(base, rung)) break
  }
  return [...found.values()]
}

async function attempt(base: View, rung: Rung, read: CodeReader): Promise<ReadCode[]> {
  const { gray, toPhoto } = rung.view(base)
  const codes = await read(gray, rung.options)
  return codes
    .filter(({ text }) => text !== '')
    .map((code) => ({
      ...code,
      corners: code.corners.map((corner) => project(toPhoto, corner)),
      rung: rung.name,
    }))
}
