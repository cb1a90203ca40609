import { expect, test } from 'vitest'
import { STORIES, type StoryName } from './stories.ts'

/** Other seeds than the usual ones of a run by hand, so that both widen the search. */
const FIRST_SEED = 2_000_000
const TOLD = 60

async function brokenPromises(name: StoryName): Promise<string[]> {
  const broken: string[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + TOLD; seed += 1) {
    const what = await STORIES[name](seed)
    if (what !== null) broken.push(`seed ${seed}: ${what}`)
  }
  return broken
}

test('tenge leave once or come back, whatever is lost, late, doubled or said wrongly', {
  timeout: 120_000,
}, async () => {
  expect(await brokenPromises('bank')).toEqual([])
})

test('a receipt is paid once, to who holds it, whoever sends which of its codes first', {
  timeout: 120_000,
}, async () => {
  expect(await brokenPromises('codes')).toEqual([])
})
