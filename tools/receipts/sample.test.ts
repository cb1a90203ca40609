import { beforeAll, describe, expect, test } from 'vitest'
import { nodePlatform } from '../../ocr/src/engine/node.ts'
import { type PhotoReader, photoReader } from '../../ocr/src/read.ts'
import { readingLine } from '../photo/reading-line.ts'
import { scoreOf } from '../photo/score.ts'
import { truthsOf } from '../photo/truth.ts'
import { TILL_MARKETS } from './markets.ts'
import { sampleOf } from './sample.ts'

const LATEST = '2026-12-31'
const MARKETS = Object.keys(TILL_MARKETS).length
let read: PhotoReader

beforeAll(async () => {
  read = photoReader(await nodePlatform())
})

test('the same seed gives the same bytes', async () => {
  const [one, two] = [await sampleOf(4), await sampleOf(4)]
  expect(one.bytes).toEqual(two.bytes)
})

describe('one synthetic receipt of every market', () => {
  test('reads above the floor, and trusts nothing wrong', { timeout: 240_000 }, async () => {
    const results = []
    for (let seed = 1; seed <= MARKETS; seed += 1) {
      const { file, bytes, truth } = await sampleOf(seed)
      const expected = truthsOf({ [file]: truth }).get(file)
      if (expected === undefined) throw new Error(`${file} has no truth`)
      const reading = await read([bytes], { latest: LATEST, print: 'always' })
      results.push({ truth: expected, line: readingLine(file, reading) })
    }
    const { fields, falseTrusts, heapMb } = scoreOf(results)
    expect(fields.total?.right).toBeGreaterThanOrEqual(MARKETS - 1)
    expect(fields.date?.right).toBeGreaterThanOrEqual(MARKETS - 2)
    expect((fields.lines?.right ?? 0) / (fields.lines?.of ?? 1)).toBeGreaterThanOrEqual(0.8)
    expect(fields.code).toMatchObject({ right: 1, of: 1 })
    expect(falseTrusts).toEqual([])
    expect(heapMb).toBeLessThan(100)
  })
})
