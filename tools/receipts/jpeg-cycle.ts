import type { Gray } from '../../ocr/src/image/gray.ts'

/** Luminance steps of ITU-T T.81, table K.1, rows of frequencies. */
const STEPS = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat()

/** The cosine of frequency `u` at pixel `x`, at `u * 8 + x`; rows are orthonormal. */
const COSINES = Float64Array.from({ length: 64 }, (_, at) => {
  const [u, x] = [at >> 3, at & 7]
  return Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.sqrt(1 / 8) : 0.5)
})

/** Steps of a quality as libjpeg scales them: what phones, messengers and editors write. */
function stepsOf(quality: number): Float64Array {
  const scale = quality < 50 ? 5_000 / quality : 200 - 2 * quality
  return Float64Array.from(STEPS, (step) =>
    Math.max(1, Math.min(255, Math.floor((step * scale + 50) / 100))),
  )
}

/** `out` = `matrix` × `block`, or its transposed × `block`; then the result is transposed. */
function pass(block: Float64Array, out: Float64Array, isBack: boolean): void {
  for (let u = 0; u < 8; u += 1) {
    for (let column = 0; column < 8; column += 1) {
      let sum = 0
      for (let x = 0; x < 8; x += 1) {
        const cosine = COSINES[isBack ? x * 8 + u : u * 8 + x] as number
        sum += cosine * (block[x * 8 + column] as number)
      }
      out[column * 8 + u] = sum
    }
  }
}

/**
 * The picture as it is after saving it as a JPEG and opening that: luma alone, by the definition.
 * An encoder takes a second for a megapixel and a measurement saves thousands of them.
 */
export function throughJpeg(photo: Gray, quality: number): Gray {
  const { width, height, data } = photo
  const steps = stepsOf(quality)
  const out = new Uint8Array(data.length)
  const [one, two] = [new Float64Array(64), new Float64Array(64)]
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let at = 0; at < 64; at += 1) {
        const y = Math.min(height - 1, top + (at >> 3))
        const x = Math.min(width - 1, left + (at & 7))
        one[at] = (data[y * width + x] as number) - 128
      }
      pass(one, two, false)
      pass(two, one, false)
      // After two transposing passes the rows are those of the vertical frequencies again.
      for (let at = 0; at < 64; at += 1) {
        const step = steps[at] as number
        one[at] = Math.round((one[at] as number) / step) * step
      }
      pass(one, two, true)
      pass(two, one, true)
      for (let at = 0; at < 64; at += 1) {
        const [y, x] = [top + (at >> 3), left + (at & 7)]
        if (y >= height || x >= width) continue
        out[y * width + x] = Math.max(0, Math.min(255, Math.round((one[at] as number) + 128)))
      }
    }
  }
  return roundedAsColours({ width, height, data: out })
}

const COLOUR_SIDE = 16

/**
 * The grey of colours is rounded once more than luma: down or not as luma and colour have it.
 * Colour is coded in larger squares; their mean grey stands for it: what is even stays even.
 */
function roundedAsColours({ width, height, data }: Gray): Gray {
  for (let top = 0; top < height; top += COLOUR_SIDE) {
    for (let left = 0; left < width; left += COLOUR_SIDE) {
      const [right, bottom] = [
        Math.min(width, left + COLOUR_SIDE),
        Math.min(height, top + COLOUR_SIDE),
      ]
      let sum = 0
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) sum += data[y * width + x] as number
      }
      const colour = Math.round(sum / ((right - left) * (bottom - top)))
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          const grey = data[y * width + x] as number
          const chance = Math.imul(grey * 256 + colour, 0x9e3779b1) >>> 31
          data[y * width + x] = Math.max(0, grey - chance)
        }
      }
    }
  }
  return { width, height, data }
}
