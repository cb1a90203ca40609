import type { Gray } from './gray.ts'
import { inkOf } from './ink.ts'

/** Ink of a picture as points, thinned to at most this many. */
const POINTS_MAX = 24_000

type Points = { readonly xs: Float32Array; readonly ys: Float32Array; readonly reach: number }

/** How sharply lines of print stand out when the picture is turned by `degrees`. */
function sharpness({ xs, ys, reach }: Points, degrees: number, bin: number): number {
  const angle = (degrees * Math.PI) / 180
  const cos = Math.cos(angle) / bin
  const sin = Math.sin(angle) / bin
  const rows = new Uint32Array(Math.ceil((2 * reach) / bin) + 2)
  const middle = reach / bin
  for (let at = 0; at < xs.length; at += 1) {
    const row = ((ys[at] ?? 0) * cos - (xs[at] ?? 0) * sin + middle) | 0
    rows[row] = (rows[row] ?? 0) + 1
  }
  let score = 0
  for (let row = 1; row < rows.length; row += 1) {
    const step = (rows[row] ?? 0) - (rows[row - 1] ?? 0)
    score += step * step
  }
  return score
}

function inkPoints(gray: Gray, mask: Uint8Array | null): Points {
  const ink = inkOf(gray, Math.max(4, Math.round(gray.width / 60)))
  const chosen: number[] = []
  for (let at = 0; at < ink.length; at += 1) {
    if (ink[at] === 1 && (mask === null || mask[at] === 1)) chosen.push(at)
  }
  const step = Math.max(1, chosen.length / POINTS_MAX)
  const count = Math.floor(chosen.length / step)
  const xs = new Float32Array(count)
  const ys = new Float32Array(count)
  for (let index = 0; index < count; index += 1) {
    const at = chosen[Math.floor(index * step)] ?? 0
    xs[index] = (at % gray.width) - gray.width / 2
    ys[index] = Math.floor(at / gray.width) - gray.height / 2
  }
  return { xs, ys, reach: Math.hypot(gray.width, gray.height) / 2 + 2 }
}

/**
 * The angle of the lines of print, degrees in (−90, 90], positive when they fall to the right.
 * `mask` limits the look to the paper. A projection profile: rows of print and gaps alternate
 * most sharply along the lines.
 */
export function skewOf(gray: Gray, mask: Uint8Array | null, limit = 90): number {
  const points = inkPoints(gray, mask)
  if (points.xs.length < 200) return 0
  let best = 0
  let bestScore = -1
  const consider = (degrees: number, bin: number) => {
    const score = sharpness(points, degrees, bin)
    if (score > bestScore) {
      bestScore = score
      best = degrees
    }
  }
  for (let degrees = -limit + 1; degrees <= limit; degrees += 1) consider(degrees, 2)
  const coarse = best
  bestScore = -1
  for (let step = -8; step <= 8; step += 1) consider(coarse + step * 0.2, 1)
  return best
}
