import { expect, test } from 'vitest'
import { ReaderAnswer } from '#worker/photos/reader'
import { fieldsOf } from '../../ocr/src/fields/fields.ts'
import type { Item } from '../../ocr/src/fields/items.ts'
import { passOf } from '../../ocr/src/fields/printed.test-data.ts'
import { wireOf } from '../../ocr/src/wire.ts'

const MILK: Item = {
  name: 'МОЛОКО',
  quantityMicro: 2_000_000,
  priceMinor: 8990,
  sumMinor: 17_980,
  discountMinor: null,
  sureness: 90,
  box: { left: 0, top: 0, right: 10, bottom: 10 },
}

/** Goods as the network has them once the reader's Worker has sent them. */
function arrived(items: readonly Item[]) {
  const answer = ReaderAnswer.parse(
    JSON.parse(
      JSON.stringify(
        wireOf({
          ok: true,
          shots: [{ width: 100, height: 100 }],
          codes: [],
          risk: [],
          hashes: [],
          scan: null,
          fields: { ...fieldsOf([passOf('one', 'ИТОГ =179.80')], { latest: '2026-12-31' }), items },
          printed: null,
          words: [],
          placeOf: () => ({ corners: [], shot: 0 }),
          trusted: false,
          reasons: [],
          figures: { ms: 0, codeMs: 0, peakBytes: 0 },
        }),
      ),
    ),
  )
  if (!answer.ok || answer.fields === null) throw new Error('nothing arrived')
  return answer.fields.items
}

test('a quantity arrives with its sum; one that is none costs no line of goods', () => {
  const goods = [MILK, { ...MILK, quantityMicro: 0 }, { ...MILK, quantityMicro: null }]
  expect(arrived(goods).map(({ quantityMicro, sumMinor }) => [quantityMicro, sumMinor])).toEqual([
    [2_000_000, 17_980],
    [null, 17_980],
    [null, 17_980],
  ])
})

test('of more goods than are told the first arrive', () => {
  expect(arrived(Array.from({ length: 301 }, () => MILK))).toHaveLength(300)
})
