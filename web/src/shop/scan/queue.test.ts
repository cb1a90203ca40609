import { expect, test } from 'vitest'
import { type QueuedScan, scansFor } from './queue.ts'

const scan = (id: string, owner: string | null, minute: number): QueuedScan => ({
  id,
  owner,
  identity: id,
  submission: { source: { code: 'qr', text: id } },
  totalMinor: null,
  scannedAt: `2026-11-20T10:0${minute}:00.000Z`,
  refusedCode: null,
})
const waiting = [scan('of-b', 'usr_b', 3), scan('of-a', 'usr_a', 2), scan('nobodys', null, 1)]

test.each([
  ['usr_a', ['nobodys', 'of-a']],
  ['usr_b', ['nobodys', 'of-b']],
  [null, ['nobodys']],
])('for %s the queue holds %s: a scan is never credited to another person', (userId, ids) => {
  expect(scansFor(userId, waiting).map(({ id }) => id)).toEqual(ids)
})
