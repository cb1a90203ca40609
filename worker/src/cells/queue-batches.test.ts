import { expect, test } from 'vitest'
import { queueBatches } from './queue-batches.ts'

test('a crowd of messages travels in calls that the queue takes, none lost, in order', () => {
  const bodies = Array.from({ length: 250 }, (_, index) => ({ index }))
  const batches = queueBatches(bodies)
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50])
  expect(batches.flat().map(({ body }) => body)).toEqual(bodies)
})

test('large messages share a call only as far as its bytes go', () => {
  const large = { text: 'я'.repeat(50_000) }
  expect(queueBatches([large, large, large]).map((batch) => batch.length)).toEqual([2, 1])
})

test('nothing to send is no call', () => {
  expect(queueBatches([])).toEqual([])
})
