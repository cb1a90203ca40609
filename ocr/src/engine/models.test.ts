import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { MARKET_CODES } from '#schema/market'
import { printOf } from '../market.ts'
import { modelPath, storedModels } from './models.ts'

const require = createRequire(import.meta.url)

async function fromPackages(path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(require.resolve(`@tesseract.js-data/${path}`))
  return new Uint8Array(bytes).buffer
}

test('every language of a market has its pinned model in the packages', async () => {
  const languages = new Set(MARKET_CODES.flatMap((market) => printOf(market).languages))
  expect(languages).toContain('deu')
  const packedModel = storedModels(fromPackages)
  for (const language of languages) {
    if (language === 'rus' || language === 'eng') continue
    expect((await packedModel(language))?.byteLength, language).toBeGreaterThan(1_000_000)
  }
})

test('a model that was exchanged is not loaded', async () => {
  const packedModel = storedModels(() => fromPackages(modelPath('por')))
  await expect(packedModel('deu')).rejects.toThrow('not the one that was pinned')
})

test('the models used last stay in the isolate, older ones are asked for again', async () => {
  const asked: string[] = []
  const packedModel = storedModels((path) => {
    asked.push(path.slice(0, 3))
    return fromPackages(path)
  })
  for (const language of ['deu', 'por', 'deu', 'srp', 'deu', 'por'] as const) {
    await packedModel(language)
  }
  expect(asked).toEqual(['deu', 'por', 'srp', 'por'])
})

test('a market that nobody named leaves the language to the print', () => {
  expect(printOf(null)).toEqual({ languages: [] })
  expect(printOf('kz')).toEqual({ languages: ['rus', 'kaz'], dayOrder: 'day_first' })
})
