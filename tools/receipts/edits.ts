import { boxBlur, type Gray } from '../../ocr/src/image/gray.ts'
import { type Blob, blobsOf, inkOf } from '../../ocr/src/image/ink.ts'
import { compose, scaling, shift, warp } from '../../ocr/src/image/projection.ts'
import type { Random } from '../simulate/random.ts'
import { throughJpeg } from './jpeg-cycle.ts'
import { sansStampOf } from './type-face.ts'

/** What people change in pictures of receipts with an editor on the phone, to measure who notices. */

export type Box = { left: number; top: number; right: number; bottom: number }
/**
 * The picture after the edit, where it was made, and the word of which that is a part; null where
 * the picture gives no place for it.
 */
type Edited = { readonly photo: Gray; readonly place: Box; readonly field: Box } | null
type Edit = (photo: Gray, random: Random, other: Gray) => Edited

type Word = { readonly glyphs: readonly Blob[]; readonly height: number }

const INK_RADIUS = 14
const GLYPH_HEIGHT_MIN = 9
const GLYPH_HEIGHT_MAX = 70
const GLYPHS_MIN = 3
const GLYPHS_MAX = 9

const heightOf = ({ top, bottom }: Blob) => bottom - top + 1

/** Runs of like glyphs side by side, away from the edges. */
function wordsOn(photo: Gray): Word[] {
  const glyphs = blobsOf(inkOf(photo, INK_RADIUS), photo.width, photo.height)
    .filter((blob) => {
      const [height, width] = [heightOf(blob), blob.right - blob.left + 1]
      const isGlyph = height >= GLYPH_HEIGHT_MIN && height <= GLYPH_HEIGHT_MAX
      return isGlyph && width >= height / 8 && width <= height * 1.2
    })
    .sort((a, b) => a.left - b.left)
  const follows = (a: Blob, b: Blob) => {
    const height = heightOf(a)
    const gap = b.left - a.right
    const isLike = heightOf(b) > height * 0.75 && heightOf(b) < height * 1.33
    return isLike && gap > -2 && gap < height * 0.8 && Math.abs(b.bottom - a.bottom) < height * 0.3
  }
  const taken = new Set<Blob>()
  const words: Word[] = []
  for (const [index, first] of glyphs.entries()) {
    if (taken.has(first)) continue
    const word = [first]
    for (const next of glyphs.slice(index + 1, index + 400)) {
      const last = word.at(-1) as Blob
      if (!taken.has(next) && follows(last, next)) word.push(next)
    }
    for (const glyph of word) taken.add(glyph)
    if (word.length < GLYPHS_MIN) continue
    const height = heightOf(
      [...word].sort((a, b) => heightOf(a) - heightOf(b))[word.length >> 1] as Blob,
    )
    words.push({ glyphs: word.slice(0, GLYPHS_MAX), height })
  }
  return words.filter((word) => {
    const { left, top, right, bottom } = boundsOf(word.glyphs, 12)
    return left > 0 && top > 0 && right < photo.width && bottom < photo.height
  })
}

function boundsOf(glyphs: readonly Blob[], margin: number): Box {
  return {
    left: Math.min(...glyphs.map(({ left }) => left)) - margin,
    top: Math.min(...glyphs.map(({ top }) => top)) - margin,
    right: Math.max(...glyphs.map(({ right }) => right)) + 1 + margin,
    bottom: Math.max(...glyphs.map(({ bottom }) => bottom)) + 1 + margin,
  }
}

/** A finger takes more or less of the paper along. */
const marginOf = ({ height }: Word, random: Random) => random.int(2, Math.max(3, height >> 1))

const copyOf = (photo: Gray): Gray => ({ ...photo, data: photo.data.slice() })

/** Greys of a place in order. */
function greysIn({ width, data }: Gray, { left, top, right, bottom }: Box): number[] {
  const greys: number[] = []
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) greys.push(data[y * width + x] ?? 0)
  }
  return greys.sort((a, b) => a - b)
}

const quantile = (greys: readonly number[], share: number) =>
  greys[Math.floor((greys.length - 1) * share)] ?? 0

/** The paper's grey as an eyedropper takes it beside the print. */
const paperOf = (photo: Gray, box: Box) => quantile(greysIn(photo, box), 0.75)

function fill(photo: Gray, { left, top, right, bottom }: Box, grey: number): void {
  for (let y = top; y < bottom; y += 1) {
    photo.data.fill(grey, y * photo.width + left, y * photo.width + right)
  }
}

const clipped = ({ width, height }: Gray, box: Box): Box => ({
  left: Math.max(0, box.left),
  top: Math.max(0, box.top),
  right: Math.min(width, box.right),
  bottom: Math.min(height, box.bottom),
})

/** A line is painted out with the paper's grey. */
const paintedOut: Edit = (photo, random) => {
  const words = wordsOn(photo)
  if (words.length === 0) return null
  const word = random.pick(words)
  const near = boundsOf(word.glyphs, marginOf(word, random))
  const wide = Math.max(near.right - near.left, word.height * 8)
  const middle = (near.left + near.right) >> 1
  const place = clipped(photo, { ...near, left: middle - (wide >> 1), right: middle + (wide >> 1) })
  const out = copyOf(photo)
  fill(out, place, paperOf(photo, near))
  return { photo: out, place, field: place }
}

/** A word is painted out and figures are typed in its stead, in the editor's own letters. */
const typedOver: Edit = (photo, random) => {
  const words = wordsOn(photo).filter(({ glyphs }) => glyphs.length >= 4)
  if (words.length === 0) return null
  const word = random.pick(words)
  const print = boundsOf(word.glyphs, 0)
  const place = clipped(photo, boundsOf(word.glyphs, marginOf(word, random)))
  const out = copyOf(photo)
  const greys = greysIn(photo, print)
  const paper = quantile(greys, 0.75)
  fill(out, place, paper)
  const ink = random.chance(0.5) ? 0 : quantile(greys, 0.05)
  const advance = (print.right - print.left) / word.glyphs.length
  // Capitals take 0.56 of the cell's height.
  const height = Math.round(word.height / 0.56)
  const top = print.bottom - Math.round(height * 0.76)
  for (let index = 0; index < word.glyphs.length; index += 1) {
    const character = index === word.glyphs.length - 3 ? '.' : String(random.int(0, 9))
    const left = print.left + index * advance
    const stamp = sansStampOf(character, advance, height, left % 1)
    for (let at = 0; at < stamp.ink.length; at += 1) {
      const x = Math.floor(left) + (at % stamp.width)
      const y = top + Math.floor(at / stamp.width)
      const share = stamp.ink[at] ?? 0
      if (share === 0 || y < 0 || y >= photo.height) continue
      out.data[y * photo.width + x] = paper + (ink - paper) * share
    }
  }
  return { photo: out, place, field: print }
}

/** Puts a place of `source` over another: its left bottom corner comes to (left, bottom). */
function put(out: Gray, source: Gray, from: Box, left: number, bottom: number, gain = 1): Box {
  const top = bottom - (from.bottom - from.top)
  const place = clipped(out, { left, top, right: left + from.right - from.left, bottom })
  for (let y = place.top; y < place.bottom; y += 1) {
    for (let x = place.left; x < place.right; x += 1) {
      const grey = source.data[(from.top + y - top) * source.width + from.left + x - left] ?? 0
      out.data[y * out.width + x] = Math.min(255, grey * gain)
    }
  }
  return place
}

/** Figures of another word of the same height are put over some of a word. */
const copied =
  (count: number): Edit =>
  (photo, random) => {
    const words = wordsOn(photo).filter(({ glyphs }) => glyphs.length > count)
    for (let attempt = 0; attempt < 40 && words.length > 1; attempt += 1) {
      const [to, from] = [random.pick(words), random.pick(words)]
      if (to === from || Math.abs(to.height / from.height - 1) > 0.12) continue
      const run = (word: Word) => {
        const first = random.int(0, word.glyphs.length - count)
        return boundsOf(word.glyphs.slice(first, first + count), 2)
      }
      const [source, target] = [run(from), run(to)]
      const widths = (target.right - target.left) / (source.right - source.left)
      if (Math.abs(widths - 1) > 0.3) continue
      const out = copyOf(photo)
      const place = put(out, photo, source, target.left, target.bottom)
      return { photo: out, place, field: boundsOf(to.glyphs, 0) }
    }
    return null
  }

const copiedDigit = copied(1)
const copiedDigits = copied(3)

/** Print of another picture, made as large and as light, is put over a word. */
const patchOfAnother: Edit = (photo, random, other) => {
  const [words, others] = [wordsOn(photo), wordsOn(other)]
  if (words.length === 0 || others.length === 0) return null
  const [to, from] = [random.pick(words), random.pick(others)]
  const [target, source] = [boundsOf(to.glyphs, 2), boundsOf(from.glyphs, 2)]
  const zoom = to.height / from.height
  const width = Math.max(4, Math.round((source.right - source.left) * zoom))
  const height = Math.max(4, Math.round((source.bottom - source.top) * zoom))
  const toOther = compose(shift(source.left, source.top), scaling(1 / zoom))
  const patch = warp(other, toOther, width, height)
  const gain = paperOf(photo, target) / Math.max(1, paperOf(other, source))
  const out = copyOf(photo)
  const all = { left: 0, top: 0, right: width, bottom: height }
  const place = put(out, patch, all, target.left, target.bottom, gain)
  return { photo: out, place, field: target }
}

/** A square of the middle whose corner is a corner of the squares that its JPEG was coded in. */
export function middleOnGrid(photo: Gray, side: number): Gray {
  const [width, height] = [Math.min(photo.width, side), Math.min(photo.height, side)]
  const left = ((photo.width - width) >> 4) << 3
  const top = ((photo.height - height) >> 4) << 3
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const from = (top + y) * photo.width + left
    data.set(photo.data.subarray(from, from + width), y * width)
  }
  return { width, height, data }
}

/** What is done, by the name that the figures are given under. */
export const EDITS: Readonly<Record<string, Edit>> = {
  'a line painted out': paintedOut,
  'figures typed over': typedOver,
  'one figure copied': copiedDigit,
  'three figures copied': copiedDigits,
  'print of another picture': patchOfAnother,
}

/** Words of a picture at random, where fields may stand. */
export function fieldsOn(photo: Gray, random: Random, count: number): Box[] {
  const words = wordsOn(photo)
  const picked = Array.from({ length: words.length === 0 ? 0 : count }, () => random.pick(words))
  return [...new Set(picked)].map(({ glyphs }) => boundsOf(glyphs, 0))
}

/** What messengers make of a picture: so many px on its longer side, saved anew. */
const MESSENGER_SIDE = 1_600
const MESSENGER_QUALITY = 75

/** `share` is how much smaller a messenger makes the picture of which this is a part. */
type Saving = (photo: Gray, share: number) => Gray

/** A picture that is small already stands for one of a phone made smaller. */
export function messengerShare({ width, height }: Gray, random: Random): number {
  const share = MESSENGER_SIDE / Math.max(width, height)
  return share < 0.9 ? share : random.int(60, 85) / 100
}

/** How the picture is saved after; a messenger makes it smaller and saves it once more. */
export const SAVINGS: Readonly<Record<'92' | '80' | 'messenger', Saving>> = {
  '92': (photo) => throughJpeg(photo, 92),
  '80': (photo) => throughJpeg(photo, 80),
  messenger(photo, share) {
    const [width, height] = [Math.round(photo.width * share), Math.round(photo.height * share)]
    // Whoever makes a picture less than half as large takes the mean of the pixels that become one.
    const saved = throughJpeg(photo, 92)
    const soft = share < 0.6 ? boxBlur(saved, 1) : saved
    return throughJpeg(warp(soft, scaling(1 / share), width, height), MESSENGER_QUALITY)
  },
}
