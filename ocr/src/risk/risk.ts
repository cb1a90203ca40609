import type { PhotoRiskCode } from '#schema/photo'
import type { Gray } from '../image/gray.ts'
import type { Point } from '../image/projection.ts'
import { BLOCK_SIDE, type BlockArea, type Sign, sheetOf } from './blocks.ts'
import { pageOf } from './glyphs.ts'
import { oddPrint } from './odd-print.ts'
import { plateau } from './plateau.ts'
import { savedOtherwise } from './saved-twice.ts'
import { screenGrid } from './screen.ts'
import { THRESHOLDS } from './thresholds.ts'
import { copiedPrint } from './twins.ts'

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
export type Measured = Readonly<Record<PictureSign, Sign>>

export function measureRisk(photo: Gray): Measured {
  const isOnSheet = sheetOf(photo)
  const page = pageOf(photo, isOnSheet)
  return {
    edited_noise: plateau(photo, isOnSheet),
    edited_print: oddPrint(page),
    copied_patch: copiedPrint(photo, page),
    saved_apart: savedOtherwise(photo, isOnSheet),
    screen: { value: screenGrid(photo), areas: [] },
  }
}

/**
 * Reasons for a reviewer to look twice at an upright picture. `editor` is the program for changing
 * pictures that the file names. Pure.
 */
export function judgePicture(photo: Gray, editor: string | null): Risk[] {
  const measured = measureRisk(photo)
  const risks = (Object.keys(THRESHOLDS) as PictureSign[]).flatMap((code): Risk[] => {
    const { value, areas } = measured[code]
    const threshold = THRESHOLDS[code]
    if (value <= threshold) return []
    const score = 1 - threshold / value
    if (areas.length === 0) return [{ code, score, corners: [] }]
    return areas.map((area) => ({ code, score, corners: cornersOf(area) }))
  })
  if (editor !== null) risks.push({ code: 'edited_file', score: 1, corners: [] })
  return risks
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
