import type { Gray } from '../image/gray.ts'
import { findPaper } from '../image/paper.ts'

/** Side of a block, px at full size: the squares that a JPEG is coded in. */
export const BLOCK_SIDE = 8

/** Every whole block of a picture that is of one grey, rows from the top; -1 for any other. */
export type EvenBlocks = {
  readonly across: number
  readonly down: number
  readonly grey: Int16Array
  /** How many are of light paper without print, even or not. */
  readonly papers: number
}

/** Print is farther off its paper. */
const PAPER_SPAN = 40

/** `light` is the darkest grey of lit paper. */
export function evenBlocks({ width, height, data }: Gray, light: number): EvenBlocks {
  const across = Math.floor(width / BLOCK_SIDE)
  const down = Math.floor(height / BLOCK_SIDE)
  const grey = new Int16Array(across * down).fill(-1)
  let papers = 0
  for (let index = 0; index < grey.length; index += 1) {
    const from = (Math.floor(index / across) * width + (index % across)) * BLOCK_SIDE
    let [darkest, lightest] = [255, 0]
    for (let row = from; row < from + BLOCK_SIDE * width; row += width) {
      for (let at = row; at < row + BLOCK_SIDE; at += 1) {
        const value = data[at] as number
        if (value < darkest) darkest = value
        if (value > lightest) lightest = value
      }
    }
    if (darkest >= light && lightest - darkest < PAPER_SPAN) papers += 1
    if (darkest === lightest) grey[index] = darkest
  }
  return { across, down, grey, papers }
}

/** In blocks, the far edges not included. */
export type BlockArea = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A sign of editing: how strong, and where. */
export type Sign = { readonly value: number; readonly areas: readonly BlockArea[] }

/** The blocks that a place in px touches. */
export function blocksAround(left: number, top: number, right: number, bottom: number): BlockArea {
  return {
    left: Math.floor(left / BLOCK_SIDE),
    top: Math.floor(top / BLOCK_SIDE),
    right: Math.ceil(right / BLOCK_SIDE),
    bottom: Math.ceil(bottom / BLOCK_SIDE),
  }
}

/** Whether the middle of a place, in blocks, lies on the sheet. */
export type OnSheet = (area: BlockArea) => boolean

/** Cloth and wood are even and odd in ways of their own: only the sheet is judged, if one is seen. */
export function sheetOf(photo: Gray): OnSheet {
  const paper = findPaper(photo)
  if (paper === null) return () => true
  const { mask, small, factor } = paper
  const at = (from: number, to: number, size: number) =>
    Math.min(size - 1, Math.floor(((from + to) * BLOCK_SIDE) / (2 * factor)))
  // Dense print is no light paper: the sheet is what lies between a row's first light and its last.
  const rows = Array.from({ length: small.height }, (_, y) => {
    const row = mask.subarray(y * small.width, (y + 1) * small.width)
    return { first: row.indexOf(1), last: row.lastIndexOf(1) }
  })
  return ({ left, top, right, bottom }) => {
    const row = rows[at(top, bottom, small.height)]
    const x = at(left, right, small.width)
    return row !== undefined && row.first >= 0 && row.first < x && x < row.last
  }
}
