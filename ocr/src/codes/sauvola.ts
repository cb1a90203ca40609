import { blank, type Gray } from '../image/gray.ts'

const RANGE = 128

/**
 * Sauvola's threshold: mean × (1 + k × (deviation / 128 − 1)) of the window around each pixel
 * (Sauvola and Pietikäinen 2000). For codes only: a threshold hurts the reader of print.
 */
export function sauvola(gray: Gray, radius: number, k: number): Gray {
  const { width, height, data } = gray
  const out = blank(width, height, 0)
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  const squares = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let sum = 0
    let square = 0
    for (let x = 0; x < width; x += 1) {
      const value = data[y * width + x] ?? 0
      sum += value
      square += value * value
      const at = (y + 1) * stride + x + 1
      sums[at] = (sums[at - stride] ?? 0) + sum
      squares[at] = (squares[at - stride] ?? 0) + square
    }
  }
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - radius) * stride
    const bottom = Math.min(height, y + radius + 1) * stride
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - radius)
      const right = Math.min(width, x + radius + 1)
      const count = ((bottom - top) / stride) * (right - left)
      const mean = windowOf(sums, top, bottom, left, right) / count
      const variance = windowOf(squares, top, bottom, left, right) / count - mean * mean
      const limit = mean * (1 + k * (Math.sqrt(Math.max(0, variance)) / RANGE - 1))
      out.data[y * width + x] = (data[y * width + x] ?? 0) > limit ? 255 : 0
    }
  }
  return out
}

function windowOf(
  sums: Float64Array,
  top: number,
  bottom: number,
  left: number,
  right: number,
): number {
  return (
    (sums[bottom + right] ?? 0) -
    (sums[bottom + left] ?? 0) -
    (sums[top + right] ?? 0) +
    (sums[top + left] ?? 0)
  )
}
