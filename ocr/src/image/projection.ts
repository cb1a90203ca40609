import { blank, type Gray, shrink } from './gray.ts'

/** A 3 × 3 matrix by rows: where a point of one picture lies in another. */
export type Projection = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

export type Point = { readonly x: number; readonly y: number }

export const IDENTITY: Projection = [1, 0, 0, 0, 1, 0, 0, 0, 1]

export const scaling = (factor: number): Projection => [factor, 0, 0, 0, factor, 0, 0, 0, 1]

export const shift = (x: number, y: number): Projection => [1, 0, x, 0, 1, y, 0, 0, 1]

export function rotation(degrees: number): Projection {
  const angle = (degrees * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return [cos, -sin, 0, sin, cos, 0, 0, 0, 1]
}

/** First `inner`, then `outer`. */
export function compose(outer: Projection, inner: Projection): Projection {
  const cell = (row: number, column: number) =>
    (outer[row * 3] ?? 0) * (inner[column] ?? 0) +
    (outer[row * 3 + 1] ?? 0) * (inner[3 + column] ?? 0) +
    (outer[row * 3 + 2] ?? 0) * (inner[6 + column] ?? 0)
  return [
    cell(0, 0),
    cell(0, 1),
    cell(0, 2),
    cell(1, 0),
    cell(1, 1),
    cell(1, 2),
    cell(2, 0),
    cell(2, 1),
    cell(2, 2),
  ]
}

export function project(matrix: Projection, { x, y }: Point): Point {
  const w = matrix[6] * x + matrix[7] * y + matrix[8]
  return {
    x: (matrix[0] * x + matrix[1] * y + matrix[2]) / w,
    y: (matrix[3] * x + matrix[4] * y + matrix[5]) / w,
  }
}

/** The way back, up to scale. */
export function inverse([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}

/**
 * Lines that fan out made parallel: at `centre` they fall by `slope`, and by `fan` more for every
 * pixel further down (both as tangents).
 */
export function unfanned(centre: Point, slope: number, fan: number): Projection {
  const lean: Projection = [1, 0, 0, slope, 1, 0, -fan, 0, 1]
  return compose(shift(centre.x, centre.y), compose(lean, shift(-centre.x, -centre.y)))
}

/**
 * Draws a picture of `width` × `height` whose pixel (x, y) is taken from `source` at
 * `toSource(x, y)`, bilinear; outside is the `fill`. A strong reduction averages blocks first.
 */
export function warp(
  source: Gray,
  toSource: Projection,
  width: number,
  height: number,
  fill = 255,
): Gray {
  const step = Math.hypot(toSource[0], toSource[3])
  const factor = Math.floor(step / 1.6)
  if (factor >= 2) {
    return warp(shrink(source, factor), compose(scaling(1 / factor), toSource), width, height, fill)
  }
  const out = blank(width, height, fill)
  const [a, b, c, d, e, f, g, h, i] = toSource
  const { data } = source
  const right = source.width - 1
  const bottom = source.height - 1
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const w = g * x + h * y + i
      const sx = (a * x + b * y + c) / w
      const sy = (d * x + e * y + f) / w
      if (!(sx >= 0 && sy >= 0 && sx < right && sy < bottom)) continue
      const left = Math.floor(sx)
      const top = Math.floor(sy)
      const fx = sx - left
      const from = top * source.width + left
      const above = (data[from] ?? 0) * (1 - fx) + (data[from + 1] ?? 0) * fx
      const under = from + source.width
      const below = (data[under] ?? 0) * (1 - fx) + (data[under + 1] ?? 0) * fx
      out.data[y * width + x] = above + (below - above) * (sy - top) + 0.5
    }
  }
  return out
}
