import { expect, test } from 'vitest'
import type { Field } from '../fields/fields.ts'
import type { Sign } from './blocks.ts'
import { payingBoxes } from './paying.ts'
import { type Measured, risksOf } from './risk.ts'
import { THRESHOLDS } from './thresholds.ts'

const NONE: Measured = {
  edited_noise: [],
  edited_print: [],
  copied_patch: [],
  saved_apart: [],
  screen: [],
}
/** Blocks 10–14 across and 20–22 down: px 80–112 and 160–176. */
const AREA = { left: 10, top: 20, right: 14, bottom: 22 }
const found = (value: number): Measured => {
  const sign: Sign = { value, areas: [AREA] }
  return { ...NONE, saved_apart: [sign] }
}
const { anywhere, paying } = THRESHOLDS.saved_apart
const between = (anywhere + paying) / 2

/** A field on tilted paper: its corners in order, around the point. */
const fieldAt = (x: number, y: number) => [
  { x: x - 40, y: y - 25 },
  { x: x + 50, y: y - 5 },
  { x: x + 40, y: y + 25 },
  { x: x - 50, y: y + 5 },
]

test('less is enough where a field stands that decides the money', () => {
  expect(paying).toBeLessThan(anywhere)
  expect(risksOf(found(between), [], null)).toEqual([])
  expect(risksOf(found(between), [fieldAt(300, 168)], null)).toEqual([])
  const [risk] = risksOf(found(between), [fieldAt(300, 168), fieldAt(96, 168)], null)
  expect(risk?.code).toBe('saved_apart')
  expect(risk?.corners).toEqual([
    { x: 80, y: 160 },
    { x: 112, y: 160 },
    { x: 112, y: 176 },
    { x: 80, y: 176 },
  ])
})

test('of a sign the place that goes farthest beyond its threshold is told', () => {
  const far = { value: 4 * anywhere, areas: [{ left: 0, top: 0, right: 2, bottom: 2 }] }
  const near = { value: 2 * anywhere, areas: [AREA] }
  const risks = risksOf({ ...NONE, saved_apart: [near, far] }, [], 'an editor')
  expect(risks.map(({ code, score }) => [code, score])).toEqual([
    ['saved_apart', 0.75],
    ['edited_file', 1],
  ])
  expect(risks[0]?.corners[0]).toEqual({ x: 0, y: 0 })
})

test('the fields that decide the money are asked about, and none that was computed', () => {
  const boxAt = (top: number) => ({ left: 10, top, right: 60, bottom: top + 20 })
  const field = <Value>(value: Value, top: number | null): Field<Value> => ({
    value,
    certainty: 'plausible',
    reason: 'readings_agree',
    box: top === null ? null : boxAt(top),
  })
  const boxes = payingBoxes({
    totalMinor: field(17_990, 100),
    date: field('2026-01-02', 200),
    time: field('12:30', null),
    taxNumber: null,
    fn: field('9289000100123456', 300),
    fd: null,
    fp: null,
    numbers: [{ ...field('UID', 400), name: 'hr_jir', isAgreed: true }],
  })
  expect(boxes).toEqual([100, 200, 300, 400].map(boxAt))
})
