import { describe, expect, it } from 'vitest'
import type { ProductImportResult } from '#schema/partner'
import { type ImportTally, NOTHING_DONE, runImport } from './run-import.ts'

const ROWS = Array.from({ length: 5 }, (_, index) => ({
  fileRow: index + 2,
  values: { name: `товар ${index}` },
}))

function answer(created: number, errors: ProductImportResult['errors'] = []): ProductImportResult {
  return { created, updated: 0, unchanged: 0, errors }
}

describe('an import', () => {
  it('names a wrong row by its number in the file, not in the batch', async () => {
    const tally = await runImport({
      rows: ROWS,
      from: NOTHING_DONE,
      batchRows: 2,
      send: async (values) =>
        values[1]?.name === 'товар 3'
          ? answer(1, [{ row: 1, column: 'gtin', code: 'gtin_invalid' }])
          : answer(values.length),
      onProgress: () => undefined,
      stopped: () => false,
    })
    expect(tally).toEqual({
      done: 5,
      created: 4,
      updated: 0,
      unchanged: 0,
      errors: [{ fileRow: 5, column: 'gtin', code: 'gtin_invalid' }],
    })
  })

  it('stops between batches and goes on from where it stopped, sending nothing twice', async () => {
    const sent: string[] = []
    const options = {
      rows: ROWS,
      batchRows: 2,
      send: async (values: Record<string, string>[]) => {
        sent.push(...values.map((row) => row.name ?? ''))
        return answer(values.length)
      },
      onProgress: () => undefined,
    }
    const first = await runImport({
      ...options,
      from: NOTHING_DONE,
      stopped: () => sent.length >= 2,
    })
    const last = await runImport({ ...options, from: first, stopped: () => false })
    expect(sent).toEqual(['товар 0', 'товар 1', 'товар 2', 'товар 3', 'товар 4'])
    expect(last).toMatchObject({ done: 5, created: 5 })
  })

  it('keeps what was tallied when a batch fails', async () => {
    let seen: ImportTally = NOTHING_DONE
    const run = runImport({
      rows: ROWS,
      from: NOTHING_DONE,
      batchRows: 2,
      send: async (values) => {
        if (values[0]?.name === 'товар 2') throw new Error('offline')
        return answer(values.length)
      },
      onProgress: (tally) => {
        seen = tally
      },
      stopped: () => false,
    })
    await expect(run).rejects.toThrow('offline')
    expect(seen).toMatchObject({ done: 2, created: 2 })
  })
})
