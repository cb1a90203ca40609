import { expect, it } from 'vitest'
import { align } from './alignment.ts'
import { tokenise } from './normalise.ts'
import { lineToken } from './similarity.ts'
import { termOf } from './vocabulary.ts'

it('a glued word that a product spells in very many ways takes no time', () => {
  const line = tokenise(`${'а'.repeat(60)}я`).map((token) => lineToken(token, false))
  const words = Array.from({ length: 20 }, (_, at) => 'а'.repeat(at + 1))
  const { lineSure } = align(line, tokenise(words.join(' ')).map(termOf), () => 0)
  expect([...lineSure]).toEqual([0])
})
