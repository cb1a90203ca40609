import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HeldPart, sourcesOf } from './clawback.ts'

const amount = fc.nat(100_000)
const wallet = fc.record({
  held: fc
    .uniqueArray(fc.nat(20), { maxLength: 6 })
    .chain((moments) =>
      fc.tuple(
        ...moments.map((availableAt) =>
          fc.integer({ min: 1, max: 50_000 }).map((amountMinor) => ({ availableAt, amountMinor })),
        ),
      ),
    ),
  availableMinor: amount,
})
const sum = (parts: readonly HeldPart[]) =>
  parts.reduce((total, { amountMinor }) => total + amountMinor, 0)

describe('what has to come back', () => {
  it('is taken whole, from held, then from available, and only the rest is owed', () => {
    fc.assert(
      fc.property(wallet, amount, (wallet, amountMinor) => {
        const { held, availableMinor, claimMinor } = sourcesOf(amountMinor, wallet, null)
        expect(sum(held) + availableMinor + claimMinor).toBe(amountMinor)
        expect(sum(held)).toBe(Math.min(amountMinor, sum(wallet.held)))
        if (availableMinor > 0) expect(sum(held)).toBe(sum(wallet.held))
        if (claimMinor > 0) expect(availableMinor).toBe(wallet.availableMinor)
        for (const { availableAt, amountMinor } of held) {
          const kept = wallet.held.find((part) => part.availableAt === availableAt)
          expect(amountMinor).toBeLessThanOrEqual(kept?.amountMinor ?? 0)
        }
      }),
    )
  })

  it('is taken of the reward’s own hold first, then of what is held longest', () => {
    const held = [1, 2, 3].map((availableAt) => ({ availableAt, amountMinor: 10 }))
    const from = (amountMinor: number, ownAt: number | null) =>
      sourcesOf(amountMinor, { held, availableMinor: 0 }, ownAt).held.map((part) => [
        part.availableAt,
        part.amountMinor,
      ])
    expect(from(15, 1)).toEqual([
      [1, 10],
      [3, 5],
    ])
    expect(from(15, null)).toEqual([
      [3, 10],
      [2, 5],
    ])
  })
})
