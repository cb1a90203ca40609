import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashPieces, type PictureHash, pictureLikeness, piecesNear } from './picture-hash.ts'

const bits = (count: number) => fc.array(fc.boolean(), { minLength: count, maxLength: count })
const hex = (flags: readonly boolean[]) =>
  Array.from({ length: flags.length / 4 }, (_, at) =>
    Number.parseInt(
      flags
        .slice(4 * at, 4 * at + 4)
        .map(Number)
        .join(''),
      2,
    ).toString(16),
  ).join('')
const FINE = '0'.repeat(64)
const hashOf = (flags: readonly boolean[]): PictureHash => ({ coarse: hex(flags), fine: FINE })

test('of hashes that differ by seven bits one piece is always found', () => {
  const flips = fc.uniqueArray(fc.nat(63), { maxLength: 7 })
  fc.assert(
    fc.property(bits(64), flips, (flags, flipped) => {
      const other = flags.map((flag, index) => flag !== flipped.includes(index))
      const [one, two] = [hashPieces(hashOf(flags)), hashPieces(hashOf(other))]
      expect(one.some((piece, index) => piecesNear(piece).includes(two[index] ?? -1))).toBe(true)
    }),
  )
})

test('likeness ends at ten coarse and thirty fine bits', () => {
  const fine = (count: number) => hex(Array.from({ length: 256 }, (_, at) => at < count))
  const coarse = (count: number) => hex(Array.from({ length: 64 }, (_, at) => at < count))
  const none = { coarse: coarse(0), fine: fine(0) }
  expect(pictureLikeness(none, none)).toBe(1)
  expect(pictureLikeness(none, { coarse: coarse(10), fine: fine(30) })).toBeGreaterThan(0)
  expect(pictureLikeness(none, { coarse: coarse(11), fine: fine(0) })).toBe(0)
  expect(pictureLikeness(none, { coarse: coarse(0), fine: fine(31) })).toBe(0)
})
