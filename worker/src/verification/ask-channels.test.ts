import { describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import { throughChannels } from './ask-channels.ts'
import type { AuthorityAnswer } from './authority.ts'
import { type ChannelBook, type ChannelName, noteChannel, takeChannel } from './channels.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const SCAN = {
  time: '2026-11-21T14:00',
  totalMinor: minor(100),
  fn: '9999000000000001',
  i: 1,
  fp: 1,
  kind: 1,
} as const
const PLANS = (['fns', 'proverkacheka', 'ofd'] as const).map((name) => ({
  name,
  perDayMax: null,
  costMinor: name === 'fns' ? 0 : 100,
}))

const DOWN: AuthorityAnswer = { kind: 'unavailable', detail: '503' }
const QUOTA: AuthorityAnswer = { kind: 'quota', detail: 'limit', retryAfterMs: 9_000 }
const LATER: AuthorityAnswer = { kind: 'not_delivered' }

async function ask(answers: Record<ChannelName, AuthorityAnswer>) {
  let book: ChannelBook = {}
  const asked: ChannelName[] = []
  const authority = (name: ChannelName) => ({
    async ask() {
      asked.push(name)
      return answers[name]
    },
  })
  const answer = await throughChannels({
    async take(tried) {
      const { book: after, taken } = takeChannel(book, PLANS, tried, NOW)
      book = after
      return taken
    },
    async note(name, note) {
      book = noteChannel(book, name, note, NOW)
    },
    authorities: {
      fns: authority('fns'),
      proverkacheka: authority('proverkacheka'),
      ofd: authority('ofd'),
    },
  }).ask(SCAN)
  return { answer, asked, book }
}

describe('an answer about the receipt ends the question', () => {
  test.each<[string, AuthorityAnswer]>([
    ['not there yet', LATER],
    ['forged', { kind: 'forged', detail: '406' }],
    ['another document', { kind: 'differs', fields: ['total'] }],
    ['refused as such', { ...DOWN, sparingly: true }],
  ])('%s: nobody else is asked, nothing is paid', async (_, first) => {
    const { answer, asked, book } = await ask({ fns: first, proverkacheka: LATER, ofd: LATER })
    expect(answer).toEqual(first)
    // Kills "ask everybody and take the best": each further answer costs money.
    expect(asked).toEqual(['fns'])
    expect(book.ofd).toBeUndefined()
  })
})

test('a silent service and a used-up limit fall over to the next, and are remembered', async () => {
  const { answer, asked, book } = await ask({ fns: DOWN, proverkacheka: QUOTA, ofd: LATER })
  expect(answer).toEqual(LATER)
  expect(asked).toEqual(['fns', 'proverkacheka', 'ofd'])
  expect(book.fns?.health.state).toBe('down')
  expect(book.proverkacheka).toMatchObject({ spentMinor: 100, health: { state: 'quota' } })
})

test.each([
  ['unavailable before a limit', { fns: QUOTA, proverkacheka: DOWN, ofd: QUOTA }, DOWN],
  [
    'the shorter limit',
    { fns: { ...QUOTA, retryAfterMs: 1 }, proverkacheka: QUOTA, ofd: QUOTA },
    { ...QUOTA, retryAfterMs: 1 },
  ],
])('when all fail, what may be tried again soonest counts: %s', async (_, answers, wanted) => {
  expect((await ask(answers)).answer).toEqual(wanted)
})
