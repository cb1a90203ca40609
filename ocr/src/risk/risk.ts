import type { PhotoRiskCode } from '#schema/photo'
import type { Gray } from '../image/gray.ts'
import type { Point } from '../image/projection.ts'
import { BLOCK_SIDE, type BlockArea, type Sign, sheetOf } from './blocks.ts'
import { pageOf } from './glyphs.ts'
import { type OddWord, oddPrint } from './odd-print.ts'
import { plateau } from './plateau.ts'
import { savedOtherwise } from './saved-twice.ts'
import { screenGrid } from './screen.ts'
import { THRESHOLDS } from './thresholds.ts'
import { copiedPrint } from './twins.ts'
import { wordsOf } from './words.ts'

/** Signs that are measured on the picture; that it came before only the network knows. */
export type PictureSign = Exclude<PhotoRiskCode, 'near_duplicate' | 'edited_file'>

export type Risk = {
  readonly code: PictureSign | 'edited_file'
  /** Above 0 and below 1: how far beyond the threshold. */
  readonly score: number
  /** Where, px of the upright picture; empty when it is all of it. */
  readonly corners: readonly Point[]
}

/** What was measured, whatever the thresholds are: the command that chooses them asks for it. */
export type Measured = Readonly<Record<Exclude<PictureSign, 'edited_print'>, readonly Sign[]>> & {
  readonly edited_print: readonly OddWord[]
}

export function measureRisk(photo: Gray): Measured {
  const isOnSheet = sheetOf(photo)
  const page = pageOf(photo, isOnSheet)
  const words = wordsOf(page)
  return {
    edited_noise: plateau(photo, isOnSheet),
    edited_print: oddPrint(words, page.factor),
    copied_patch: copiedPrint(photo, page),
    saved_apart: savedOtherwise(photo, words, page.factor),
    screen: [{ value: screenGrid(photo), areas: [] }],
  }
}

/** Corners in order, px of the upright picture. */
type Corners = readonly Point[]

/**
 * Reasons for a reviewer to look twice at an upright picture, of each sign the one that goes
 * farthest. `paying` is where the fields stand that decide the money: whoever edits, edits those,
 * and where few places are asked about less is enough. `editor` is the program for changing
 * pictures that the file names. Pure.
 */
export function risksOf(
  measured: Measured,
  paying: readonly Corners[],
  editor: string | null,
): Risk[] {
  const risks = (Object.keys(THRESHOLDS) as PictureSign[]).flatMap((code): Risk[] => {
    let [score, areas]: [number, readonly BlockArea[]] = [0, []]
    for (const sign of measured[code]) {
      const own = scoreOf(code, sign, paying)
      if (own > score) [score, areas] = [own, sign.areas]
    }
    if (score === 0) return []
    if (areas.length === 0) return [{ code, score, corners: [] }]
    return areas.map((area) => ({ code, score, corners: cornersOf(area) }))
  })
  if (editor !== null) risks.push({ code: 'edited_file', score: 1, corners: [] })
  return risks
}

/** How far a sign is beyond the threshold of its place, below 1; 0 and less when it is not told. */
function scoreOf(code: PictureSign, { value, areas }: Sign, paying: readonly Corners[]): number {
  const { anywhere, paying: lower } = THRESHOLDS[code]
  const isPaying = areas.some((area) => paying.some((corners) => isWithin(area, corners)))
  return value <= 0 ? 0 : 1 - (isPaying ? Math.min(lower, anywhere) : anywhere) / value
}

/** Whether the middle of an area lies between the corners. */
export function isWithin(area: BlockArea, corners: Corners): boolean {
  const x = ((area.left + area.right) * BLOCK_SIDE) / 2
  const y = ((area.top + area.bottom) * BLOCK_SIDE) / 2
  const sides = corners.map((from, at) => {
    const to = corners[(at + 1) % corners.length] as Point
    return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)
  })
  return sides.length > 2 && (sides.every((side) => side >= 0) || sides.every((side) => side <= 0))
}

function cornersOf(area: BlockArea): Point[] {
  const [left, top, right, bottom] = [area.left, area.top, area.right, area.bottom].map(
    (blocks) => blocks * BLOCK_SIDE,
  ) as [number, number, number, number]
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}
