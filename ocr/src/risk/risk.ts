import type { PhotoRiskCode } from '#schema/photo'
import type { PictureHash } from '#schema/picture-hash'
import type { Gray } from '../image/gray.ts'
import type { Point } from '../image/projection.ts'
import { BLOCK_SIDE, type BlockArea, blocksOf } from './blocks.ts'
import { copiedPatch } from './copies.ts'
import { quietPatch, sharpPrint } from './edits.ts'
import { pictureHash } from './hash.ts'
import { screenGrid } from './screen.ts'
import { THRESHOLDS } from './thresholds.ts'

/** Signs that a picture itself gives; that it came before only the network knows. */
export type PictureSign = Exclude<PhotoRiskCode, 'near_duplicate'>

export type Risk = {
  readonly code: PictureSign
  /** Above 0 and below 1: how far beyond the threshold. */
  readonly score: number
  /** Where, px of the upright picture; empty when it is all of it. */
  readonly corners: readonly Point[]
}

/** What was measured, whatever the thresholds are: the command that chooses them asks for it. */
export type Measured = Readonly<Record<PictureSign, { value: number; area: BlockArea | null }>>

export function measureRisk(photo: Gray): Measured {
  const blocks = blocksOf(photo)
  return {
    edited_noise: quietPatch(blocks),
    edited_print: sharpPrint(blocks),
    copied_patch: copiedPatch(photo, blocks),
    screen: { value: screenGrid(photo), area: null },
  }
}

/** Reasons for a reviewer to look twice at an upright picture, and what it is known by. Pure. */
export function judgePicture(photo: Gray): { risks: Risk[]; hash: PictureHash } {
  const measured = measureRisk(photo)
  const risks = (Object.keys(THRESHOLDS) as PictureSign[]).flatMap((code) => {
    const { value, area } = measured[code]
    const threshold = THRESHOLDS[code]
    return value > threshold
      ? [{ code, score: 1 - threshold / value, corners: cornersOf(area) }]
      : []
  })
  return { risks, hash: pictureHash(photo) }
}

function cornersOf(area: BlockArea | null): Point[] {
  if (area === null) return []
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
