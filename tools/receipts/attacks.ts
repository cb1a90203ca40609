import { blank, boxBlur, type Gray, shrink } from '../../ocr/src/image/gray.ts'
import { compose, rotation, scaling, shift, warp } from '../../ocr/src/image/projection.ts'
import type { Random } from '../simulate/random.ts'
import { stampOf } from './type-face.ts'

/** What people do to pictures of receipts, for measuring who notices. */

type Patch = { left: number; top: number; width: number; height: number }

const PATCH_WIDTH = 84
const PATCH_HEIGHT = 30
const PRINT_RANGE_MIN = 90

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

/** A place with print on it, away from the edges. */
function printed({ width, height, data }: Gray, random: Random): Patch {
  let best: Patch = { left: 0, top: 0, width: PATCH_WIDTH, height: PATCH_HEIGHT }
  let bestDark = 0
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const left = random.int(width >> 3, width - (width >> 3) - PATCH_WIDTH)
    const top = random.int(height >> 3, height - (height >> 3) - PATCH_HEIGHT)
    let [dark, least, most] = [0, 255, 0]
    for (let y = top; y < top + PATCH_HEIGHT; y += 2) {
      for (let x = left; x < left + PATCH_WIDTH; x += 2) {
        const value = data[y * width + x] ?? 0
        least = Math.min(least, value)
        most = Math.max(most, value)
        if (value < 120) dark += 1
      }
    }
    const isPaper = most > 150 && most - least > PRINT_RANGE_MIN
    if (!isPaper || dark <= bestDark || dark > (PATCH_WIDTH * PATCH_HEIGHT) / 8) continue
    bestDark = dark
    best = { left, top, width: PATCH_WIDTH, height: PATCH_HEIGHT }
  }
  return best
}

/** Paints over a place with the paper's grey and writes another sum in its stead. */
export function otherSum(photo: Gray, random: Random): Gray {
  const out = { ...photo, data: photo.data.slice() }
  const { left, top, width, height } = printed(photo, random)
  const paper = paperOf(photo, { left, top, width, height })
  for (let y = top; y < top + height; y += 1) {
    out.data.fill(paper, y * photo.width + left, y * photo.width + left + width)
  }
  const text = `${random.int(100, 999)}.${random.int(10, 99)}`
  for (const [index, character] of [...text].entries()) {
    const stamp = stampOf(character, 13, 24)
    for (let y = 0; y < stamp.height; y += 1) {
      for (let x = 0; x < stamp.width; x += 1) {
        const at = (top + 3 + y) * photo.width + left + 2 + index * 13 + x
        const ink = stamp.ink[y * stamp.width + x] ?? 0
        out.data[at] = (out.data[at] ?? 0) * (1 - 0.92 * ink)
      }
    }
  }
  return out
}

/** Paints a line over with the paper's grey, as if it had never been printed. */
export function lineGone(photo: Gray, random: Random): Gray {
  const out = { ...photo, data: photo.data.slice() }
  const { left, top, height } = printed(photo, random)
  const from = Math.max(0, left - PATCH_WIDTH)
  const to = Math.min(photo.width, left + 2 * PATCH_WIDTH)
  const paper = paperOf(photo, { left, top, width: PATCH_WIDTH, height })
  for (let y = top; y < top + height; y += 1) {
    out.data.fill(paper, y * photo.width + from, y * photo.width + to)
  }
  return out
}

/** The grey of the paper around the print of a place. */
function paperOf(photo: Gray, { left, top, width, height }: Patch): number {
  const greys: number[] = []
  for (let y = top; y < top + height; y += 1) {
    for (let x = left; x < left + width; x += 1) greys.push(photo.data[y * photo.width + x] ?? 0)
  }
  return greys.sort((a, b) => a - b)[Math.floor(greys.length * 0.8)] ?? 230
}

/** Copies digits from one line over those of another. */
export function copiedDigits(photo: Gray, random: Random): Gray {
  const out = { ...photo, data: photo.data.slice() }
  const { left, top, width, height } = printed(photo, random)
  const down = random.int(2, 5) * PATCH_HEIGHT * (top > photo.height / 2 ? -1 : 1)
  for (let y = 0; y < height; y += 1) {
    const from = (top + y) * photo.width + left
    out.data.set(photo.data.subarray(from, from + width), from + down * photo.width)
  }
  return out
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
