import { nodePlatform } from '../ocr/src/engine/node.ts'
import { boxBlur, type Gray } from '../ocr/src/image/gray.ts'
import { photoReader } from '../ocr/src/read.ts'
import { jpegOf } from './receipts/photograph.ts'
import { Random } from './simulate/random.ts'

/**
 * `npm run -s photo:cost`: what pictures cost that hold no print and look as if they did, in CPU of
 * one whole reading. The bound of the reader is counted work; this says what it comes to.
 */

/** No receipt is of a later day; none is read here. */
const LATEST = '2026-12-31'
const QUALITY = 90

type Noise = { readonly name: string; readonly side: number } & Pick<Grains, 'light' | 'blur'>
type Grains = { readonly light: readonly [dark: number, bright: number]; readonly blur: number }

const NOISES: readonly Noise[] = [
  { name: 'black and white, 2 megapixels', side: 1414, light: [0, 255], blur: 0 },
  { name: 'faint, 2 megapixels', side: 1414, light: [160, 224], blur: 0 },
  { name: 'soft, 2 megapixels', side: 1414, light: [0, 255], blur: 3 },
  { name: 'large grains, 2 megapixels', side: 1414, light: [0, 255], blur: 6 },
  { name: 'faint, 6.2 megapixels', side: 2500, light: [160, 224], blur: 0 },
  { name: 'soft, 6.2 megapixels', side: 2500, light: [0, 255], blur: 4 },
]

function noiseOf({ side, light: [dark, bright], blur }: Noise): Gray {
  const random = new Random(7)
  const data = Uint8Array.from({ length: side * side }, () => random.int(dark, bright))
  const gray = { width: side, height: side, data }
  return blur === 0 ? gray : boxBlur(gray, blur)
}

const read = photoReader(await nodePlatform())
for (const noise of NOISES) {
  const bytes = await jpegOf(noiseOf(noise), QUALITY)
  const before = process.cpuUsage()
  const reading = await read([bytes], { latest: LATEST, print: 'always' })
  const { user, system } = process.cpuUsage(before)
  const seconds = ((user + system) / 1e6).toFixed(1)
  const megabytes = (reading.figures.peakBytes / 2 ** 20).toFixed(0)
  console.log(
    `${noise.name}: ${seconds} s of CPU, ${megabytes} MB${reading.ok ? '' : `, ${reading.code}`}`,
  )
}
