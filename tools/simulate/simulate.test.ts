import { describe, expect, it } from 'vitest'
import { auditParts, auditWorld } from './audit-world.ts'
import { simulate } from './simulation.ts'
import type { World } from './world.ts'

/** Other seeds than the usual ones of a run by hand, so that both widen the search. */
const FIRST_SEED = 1_000_000
const TEST_MS_MAX = 240_000

function audited(world: World, isAtRest: boolean): string | null {
  const findings = isAtRest ? auditWorld(world) : auditParts(world)
  return findings.length === 0 ? null : `the auditor finds ${JSON.stringify(findings)}`
}

/** Failures with the log that led to each. */
async function failures(cells: number | null, seeds: number, steps: number): Promise<string[]> {
  const failed: string[] = []
  for (let index = 0; index < seeds; index += 1) {
    const outcome = await simulate({ seed: FIRST_SEED + index, steps, cells }, audited)
    if (outcome.failure === null) continue
    failed.push(`${outcome.log.slice(-40).join('\n')}\nseed ${outcome.seed}: ${outcome.failure}`)
  }
  return failed
}

describe('a network with loss, repeats, reordering and crashes keeps every promise', () => {
  it('with one cell, at every step and at rest, and its auditor agrees', {
    timeout: TEST_MS_MAX,
  }, async () => {
    expect(await failures(1, 120, 300)).toEqual([])
  })

  it('with four cells on the same budgets', { timeout: TEST_MS_MAX }, async () => {
    expect(await failures(4, 120, 300)).toEqual([])
  })

  it('with any number of cells, for longer', { timeout: TEST_MS_MAX }, async () => {
    expect(await failures(null, 40, 900)).toEqual([])
  })
})

describe('a seed is a story that can be told again', () => {
  it('runs the same steps to the same end twice', async () => {
    const told: string[] = []
    for (let time = 0; time < 2; time += 1) {
      await simulate({ seed: 7, steps: 400, cells: 3 }, (world, isAtRest) => {
        if (!isAtRest) return null
        const heads = world.cells.map(({ cell }) => cell.ctx.book.head())
        told.push(JSON.stringify([heads, [...world.published], world.provider.entries]))
        return null
      })
    }
    expect(told[0]).toBe(told[1])
    expect(told).toHaveLength(2)
  })
})
