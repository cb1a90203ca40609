import { BLOCK_SIDE, type BlockArea } from '../../ocr/src/risk/blocks.ts'
import { type OddWord, oddnessOf, TRAITS } from '../../ocr/src/risk/odd-print.ts'
import { isWithin, type Measured, type PictureSign } from '../../ocr/src/risk/risk.ts'
import { type PrintWeights, THRESHOLDS, type Threshold } from '../../ocr/src/risk/thresholds.ts'
import type { Box } from '../receipts/edits.ts'

/** What is measured of a picture, clean or edited, and what weights and thresholds make of it. */

export const SIGNS = Object.keys(THRESHOLDS) as PictureSign[]
export type Thresholds = Readonly<Record<PictureSign, Threshold>>

type Found = { readonly value: number; readonly isPaying: boolean }
type FoundWord = Found & { readonly off: OddWord['off']; readonly isEdited: boolean }

export type Row = {
  /** What was done; empty of a clean picture. */
  readonly sort: string
  readonly saving: string
  readonly isChoosing: boolean
  /** Of an edited picture only what lies on the edit. */
  readonly found: Readonly<Record<PictureSign, readonly Found[]>>
  readonly words: readonly FoundWord[]
}

/** Where an edit was made and where the fields stand that decide the money, px. */
export type Places = { readonly edit: Box | null; readonly paying: readonly Box[] }

const cornersOf = ({ left, top, right, bottom }: Box) => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
]

const touches = (area: BlockArea, { left, top, right, bottom }: Box) =>
  area.left * BLOCK_SIDE < right &&
  area.right * BLOCK_SIDE > left &&
  area.top * BLOCK_SIDE < bottom &&
  area.bottom * BLOCK_SIDE > top

export function rowOf(
  measured: Measured,
  said: Pick<Row, 'sort' | 'saving' | 'isChoosing'>,
  { edit, paying }: Places,
): Row {
  const fields = paying.map(cornersOf)
  const isPaying = (areas: readonly BlockArea[]) =>
    areas.some((area) => fields.some((corners) => isWithin(area, corners)))
  const isOnEdit = (areas: readonly BlockArea[]) =>
    edit === null || areas.length === 0 || areas.some((area) => touches(area, edit))
  const of = (sign: PictureSign): Found[] =>
    measured[sign]
      .filter(({ areas }) => isOnEdit(areas))
      .map(({ value, areas }) => ({ value, isPaying: isPaying(areas) }))
  const words = measured.edited_print
    .filter(({ areas }) => isOnEdit(areas))
    .map(({ value, areas, off }) => ({
      value,
      off,
      isPaying: isPaying(areas),
      isEdited: edit !== null && areas.some((area) => isWithin(area, cornersOf(edit))),
    }))
  const found = {
    edited_noise: of('edited_noise'),
    edited_print: words,
    copied_patch: of('copied_patch'),
    saved_apart: of('saved_apart'),
    screen: of('screen'),
  }
  return { ...said, found, words }
}

const most = (found: readonly Found[]) => found.reduce((sum, { value }) => Math.max(sum, value), 0)

/** The strongest of a sign anywhere, and of those where a field stands. */
function strongest(row: Row, sign: PictureSign): Threshold {
  const found = row.found[sign]
  return { anywhere: most(found), paying: most(found.filter(({ isPaying }) => isPaying)) }
}

export function isTold(row: Row, sign: PictureSign, thresholds: Thresholds): boolean {
  const { anywhere, paying } = strongest(row, sign)
  return anywhere > thresholds[sign].anywhere || paying > thresholds[sign].paying
}

/** The same row, its words weighed anew. */
export const weighed = (row: Row, weights: PrintWeights): Row => ({
  ...row,
  found: {
    ...row.found,
    edited_print: row.words.map((word) => ({ ...word, value: oddnessOf(word.off, weights) })),
  },
})

/** Each sign may be told on so many of the clean pictures, anywhere and on fields each. */
const ALARMS_SHARE = 0.01

/** Thresholds that keep to it on these clean rows. */
export function thresholdsOf(clean: readonly Row[]): Thresholds {
  const chosen = (values: number[]) => {
    const sorted = values.sort((a, b) => a - b)
    const value = sorted[Math.ceil((sorted.length - 1) * (1 - ALARMS_SHARE))] ?? 0
    return Math.ceil(100 * value) / 100
  }
  const of = (sign: PictureSign): Threshold => {
    const values = clean.map((row) => strongest(row, sign))
    const anywhere = chosen(values.map((value) => value.anywhere))
    const paying = chosen(values.map((value) => value.paying))
    // A sign that is never seen on fields of clean pictures says nothing of how little is enough.
    return { anywhere, paying: paying > 0 ? Math.min(paying, anywhere) : anywhere }
  }
  return Object.fromEntries(SIGNS.map((sign) => [sign, of(sign)])) as Thresholds
}

const LEARNED_SORTS = ['figures typed over', 'print of another picture']
/** Of a clean picture so many words are enough. */
const WORDS_MAX = 100
const ROUNDS = 1_500
const RATE = 0.3
const RIDGE = 0.003

/** Deviations above and below what is usual, side by side. */
const inputsOf = ({ off }: FoundWord): number[] =>
  TRAITS.flatMap((trait) => [Math.max(0, off[trait]), Math.max(0, -off[trait])])

/**
 * Weights that tell edited words from clean ones: logistic regression by gradient descent, edited
 * and clean words counting as much, no deviation speaking for a word.
 */
export function weightsOf(rows: readonly Row[]): PrintWeights {
  const clean = rows.flatMap(({ sort, words }) => {
    const every = Math.ceil(words.length / WORDS_MAX)
    return sort === '' ? words.filter((_, index) => index % every === 0) : []
  })
  const edited = rows
    .filter(({ sort }) => LEARNED_SORTS.includes(sort))
    .flatMap(({ words }) => words.filter(({ isEdited }) => isEdited))
  const samples = [
    ...clean.map((word) => ({ x: inputsOf(word), y: 0, share: 0.5 / clean.length })),
    ...edited.map((word) => ({ x: inputsOf(word), y: 1, share: 0.5 / edited.length })),
  ]
  const weights = new Float64Array(2 * TRAITS.length)
  let bias = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = weights.map((weight) => RIDGE * weight)
    let drift = 0
    for (const { x, y, share } of samples) {
      const sum = x.reduce((all, value, at) => all + value * (weights[at] as number), bias)
      const off = share * (1 / (1 + Math.exp(-sum)) - y)
      drift += off
      for (let at = 0; at < x.length; at += 1) {
        slopes[at] = (slopes[at] as number) + off * (x[at] as number)
      }
    }
    bias -= RATE * drift
    for (let at = 0; at < weights.length; at += 1) {
      weights[at] = Math.max(0, (weights[at] as number) - RATE * (slopes[at] as number))
    }
  }
  const rounded = (at: number) => Math.round(100 * (weights[at] as number)) / 100
  return Object.fromEntries(
    TRAITS.map((trait, at) => [trait, { more: rounded(2 * at), less: rounded(2 * at + 1) }]),
  ) as PrintWeights
}
