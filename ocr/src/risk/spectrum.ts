/** Side of a tile, px; the spectrum has as many bins. */
export const TILE_SIDE = 128
const BITS = 7

const HANN = Float64Array.from(
  { length: TILE_SIDE },
  (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (TILE_SIDE - 1)),
)
const COS = Float64Array.from({ length: TILE_SIDE / 2 }, (_, at) =>
  Math.cos((2 * Math.PI * at) / TILE_SIDE),
)
const SIN = Float64Array.from(
  { length: TILE_SIDE / 2 },
  (_, at) => -Math.sin((2 * Math.PI * at) / TILE_SIDE),
)
const REVERSED = Uint8Array.from({ length: TILE_SIDE }, (_, at) => {
  let reversed = 0
  for (let bit = 0; bit < BITS; bit += 1) if (at & (1 << bit)) reversed |= 1 << (BITS - 1 - bit)
  return reversed
})

/** In place, radix 2 (Cooley and Tukey 1965): `TILE_SIDE` values from `start`, `stride` apart. */
function transform(re: Float64Array, im: Float64Array, start: number, stride: number): void {
  for (let at = 0; at < TILE_SIDE; at += 1) {
    const other = REVERSED[at] as number
    if (other <= at) continue
    const [a, b] = [start + at * stride, start + other * stride]
    const [keptRe, keptIm] = [re[a] as number, im[a] as number]
    re[a] = re[b] as number
    im[a] = im[b] as number
    re[b] = keptRe
    im[b] = keptIm
  }
  for (let half = 1; half < TILE_SIDE; half *= 2) {
    const turn = TILE_SIDE / (2 * half)
    for (let from = 0; from < TILE_SIDE; from += 2 * half) {
      for (let at = 0; at < half; at += 1) {
        const a = start + (from + at) * stride
        const b = a + half * stride
        const cos = COS[at * turn] as number
        const sin = SIN[at * turn] as number
        const bRe = (re[b] as number) * cos - (im[b] as number) * sin
        const bIm = (re[b] as number) * sin + (im[b] as number) * cos
        re[b] = (re[a] as number) - bRe
        im[b] = (im[a] as number) - bIm
        re[a] = (re[a] as number) + bRe
        im[a] = (im[a] as number) + bIm
      }
    }
  }
}

/** Adds the log power of a tile's spectrum to `sums`, bin (u, v) at `v * TILE_SIDE + u`. */
export function addSpectrum(
  data: Uint8Array,
  width: number,
  from: number,
  sums: Float64Array,
): void {
  const re = new Float64Array(TILE_SIDE * TILE_SIDE)
  const im = new Float64Array(TILE_SIDE * TILE_SIDE)
  for (let y = 0; y < TILE_SIDE; y += 1) {
    for (let x = 0; x < TILE_SIDE; x += 1) {
      const window = (HANN[x] as number) * (HANN[y] as number)
      re[y * TILE_SIDE + x] = (data[from + y * width + x] as number) * window
    }
    transform(re, im, y * TILE_SIDE, 1)
  }
  for (let x = 0; x < TILE_SIDE; x += 1) transform(re, im, x, TILE_SIDE)
  for (let at = 0; at < sums.length; at += 1) {
    const power = (re[at] as number) ** 2 + (im[at] as number) ** 2
    sums[at] = (sums[at] as number) + Math.log(power + 1)
  }
}
