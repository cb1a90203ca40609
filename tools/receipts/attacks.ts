import { blank, boxBlur, type Gray, shrink } from '../../ocr/src/image/gray.ts'
import { compose, rotation, scaling, shift, warp } from '../../ocr/src/image/projection.ts'
import type { Random } from '../simulate/random.ts'

/** Pictures of receipts shown on a screen or sent once more, to measure who notices. */

/** A square of the middle: attacks on all of a large picture take long to save. */
export function middleOf(photo: Gray, side: number): Gray {
  const width = Math.min(photo.width, side)
  const height = Math.min(photo.height, side)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const from = (((photo.height - height) >> 1) + y) * photo.width + ((photo.width - width) >> 1)
    data.set(photo.data.subarray(from, from + width), y * width)
  }
  return { width, height, data }
}

/** Shows the picture on a screen and photographs that: stripes of sub-pixels, a little turned. */
export function onScreen(photo: Gray, random: Random): Gray {
  const shown = photo.width > 900 ? shrink(photo, Math.round(photo.width / 900)) : photo
  // Pixels of the camera for one of the screen.
  const zoom = random.int(140, 290) / 100
  const fine = 4
  const lit = blank(shown.width * fine, shown.height * fine, 0)
  for (let y = 0; y < lit.height; y += 1) {
    for (let x = 0; x < lit.width; x += 1) {
      const value = shown.data[(y >> 2) * shown.width + (x >> 2)] ?? 0
      // The gap between pixels, and the darker blue third of each.
      const part = y % fine === fine - 1 ? 0.35 : x % fine === fine - 1 ? 0.45 : 1.1
      lit.data[y * lit.width + x] = Math.min(255, value * part + 6)
    }
  }
  const width = Math.min(1_600, Math.round(shown.width * zoom))
  const height = Math.min(2_000, Math.round(shown.height * zoom))
  const turn = rotation(random.int(-30, 30) / 10)
  const toLit = compose(
    shift(lit.width / 2, lit.height / 2),
    compose(turn, compose(scaling(fine / zoom), shift(-width / 2, -height / 2))),
  )
  const soft = zoom < 2 ? boxBlur(lit, 1) : lit
  return warp(soft, toLit, width, height, 20)
}

/** The same picture sent again: cut a little, lighter or darker, smaller. */
export function sentAgain(photo: Gray, random: Random): Gray {
  const share = random.int(0, 20) / 1_000
  const scale = random.int(60, 100) / 100
  const width = Math.round(photo.width * (1 - 2 * share) * scale)
  const height = Math.round(photo.height * (1 - 2 * share) * scale)
  const toPhoto = compose(shift(photo.width * share, photo.height * share), scaling(1 / scale))
  const out = warp(photo, toPhoto, width, height)
  const light = random.int(80, 112) / 100
  return { ...out, data: out.data.map((value) => Math.min(255, value * light)) }
}
