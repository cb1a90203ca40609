import { expect, it } from 'vitest'
import { align, alignDamaged } from './alignment.ts'
import { tokenise } from './normalise.ts'
import { lineToken } from './similarity.ts'
import { termOf } from './vocabulary.ts'

const UNDAMAGED = { resemblance: () => 0, heard: () => null }

function aligned(text: string, words: readonly string[]) {
  const line = tokenise(text).map((token) => lineToken(token, false))
  const terms = tokenise(words.join(' ')).map(termOf)
  const alignment = align(line, terms, () => 0)
  alignDamaged(line, terms, alignment, UNDAMAGED)
  return alignment
}

it('a glued word that a product spells in very many ways takes no time', () => {
  const words = Array.from({ length: 8 }, (_, at) => 'а'.repeat(at + 3))
  const started = performance.now()
  const { lineSure } = aligned(`${'а'.repeat(60)}я`, words)
  expect(performance.now() - started).toBeLessThan(500)
  expect(lineSure[0]).toBeLessThan(1)
})

it('a glued word is explained by the beginnings that it consists of', () => {
  const { lineSure, productSure } = aligned('плавсливсван', [
    'сыр',
    'плавленый',
    'сливочный',
    'ванна',
  ])
  expect(lineSure[0]).toBeGreaterThan(0.8)
  expect([...productSure].map((sure) => sure > 0.8)).toEqual([false, true, true, true])
})

it('a glued word that holds a word of another product is not explained', () => {
  const { lineSure } = aligned('сырплавпаприка', ['сыр', 'плавленый', 'ветчина'])
  expect(lineSure[0]).toBeLessThan(0.35)
})
