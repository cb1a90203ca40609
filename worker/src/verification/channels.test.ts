import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FiscalCode } from '#fiscal/code'
import {
  BREAKER,
  type ChannelBook,
  type ChannelName,
  type ChannelNote,
  type ChannelPlan,
  channelToday,
  type LookUpTaken,
  noteChannel,
  type Taken,
  takeChannel,
  takeLookUp,
} from './channels.ts'
import type { LookupAnswer } from './lookups/lookup.ts'
import { watchedLookUp } from './watched-look-up.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const HOUR = 3_600_000
const PLANS: readonly ChannelPlan[] = [
  { name: 'fns', perDayMax: null, costMinor: 0 },
  { name: 'proverkacheka', perDayMax: 2, costMinor: 50 },
  { name: 'ofd', perDayMax: null, costMinor: 150 },
]
const DOWN: ChannelNote = { kind: 'unavailable', detail: '503' }
const QUOTA: ChannelNote = { kind: 'quota', detail: 'used up', retryAfterMs: HOUR }

const take = (book: ChannelBook, tried: readonly ChannelName[] = [], now = NOW) =>
  takeChannel(book, PLANS, tried, now)
const nameOf = (taken: Taken) => (taken.kind === 'ask' ? taken.name : null)

function failing(name: ChannelName, times: number, book: ChannelBook = {}, now = NOW): ChannelBook {
  return Array.from({ length: times }).reduce<ChannelBook>(
    (seen) => noteChannel(seen, name, DOWN, now),
    book,
  )
}

describe('the order of asking', () => {
  test('is that of the settings, each once a question', () => {
    expect(nameOf(take({}).taken)).toBe('fns')
    expect(nameOf(take({}, ['fns']).taken)).toBe('proverkacheka')
    expect(nameOf(take({}, ['fns', 'proverkacheka']).taken)).toBe('ofd')
    expect(take({}, ['fns', 'proverkacheka', 'ofd']).taken.kind).toBe('none')
  })

  test('passes over a channel whose limit is used up, until the moment it named', () => {
    const book = noteChannel({}, 'fns', QUOTA, NOW)
    expect(nameOf(take(book).taken)).toBe('proverkacheka')
    expect(nameOf(take(book, [], NOW + HOUR).taken)).toBe('fns')
  })

  test('says how long to wait when all limits are used up', () => {
    let book: ChannelBook = {}
    for (const { name } of PLANS) book = noteChannel(book, name, QUOTA, NOW)
    const later = { ...QUOTA, retryAfterMs: 2 * HOUR }
    book = noteChannel(book, 'ofd', later, NOW)
    expect(take(book).taken).toEqual({ kind: 'none', detail: 'used up', retryAfterMs: HOUR })
  })
})

describe('our own allowance', () => {
  test('counts questions and what they cost, per Moscow day', () => {
    let book: ChannelBook = {}
    for (let count = 0; count < 2; count += 1) book = take(book, ['fns']).book
    expect(channelToday(book, 'proverkacheka', NOW)).toMatchObject({ asked: 2, spentMinor: 100 })
    expect(nameOf(take(book, ['fns']).taken)).toBe('ofd')
    // Midnight in Moscow is 21:00 UTC. Kills counting by UTC days.
    const midnight = Date.parse('2026-11-21T21:00:00Z')
    expect(nameOf(take(book, ['fns'], midnight - 1).taken)).toBe('ofd')
    const next = take(book, ['fns'], midnight)
    expect(nameOf(next.taken)).toBe('proverkacheka')
    expect(channelToday(next.book, 'proverkacheka', midnight)).toMatchObject({
      asked: 1,
      past: [{ day: '2026-11-21', asked: 2, spentMinor: 100 }],
    })
  })
})

describe('the breaker', () => {
  test('opens after failures in a row within the window, and not for those long past', () => {
    const nearly = failing('fns', BREAKER.failuresMax - 1)
    expect(nameOf(take(nearly).taken)).toBe('fns')
    const late = failing('fns', 1, nearly, NOW + BREAKER.windowMs)
    expect(nameOf(take(late, [], NOW + BREAKER.windowMs).taken)).toBe('fns')
    expect(nameOf(take(failing('fns', 1, nearly)).taken)).toBe('proverkacheka')
  })

  test('a good answer in between closes it', () => {
    const book = noteChannel(failing('fns', BREAKER.failuresMax - 1), 'fns', { kind: 'ok' }, NOW)
    expect(nameOf(take(failing('fns', 1, book)).taken)).toBe('fns')
  })

  test('after the pause one probe goes, the others do not wait for it', () => {
    const open = failing('fns', BREAKER.failuresMax)
    const after = NOW + BREAKER.pauseMs
    const probe = take(open, [], after)
    expect(probe.taken).toMatchObject({ name: 'fns', watched: true })
    expect(nameOf(take(probe.book, [], after).taken)).toBe('proverkacheka')
    // Kills "a failed probe closes it": one failure opens it again.
    const failed = noteChannel(probe.book, 'fns', DOWN, after)
    expect(nameOf(take(failed, [], after + BREAKER.pauseMs - 1).taken)).toBe('proverkacheka')
    const healed = noteChannel(probe.book, 'fns', { kind: 'ok' }, after)
    expect(take(healed, [], after).taken).toEqual({ kind: 'ask', name: 'fns', watched: false })
  })

  test('a question that was refused as such is no failure of the service', () => {
    let book: ChannelBook = {}
    for (let count = 0; count < 9; count += 1) {
      book = noteChannel(book, 'fns', { ...DOWN, sparingly: true }, NOW)
    }
    expect(take(book).taken).toEqual({ kind: 'ask', name: 'fns', watched: false })
  })

  test('with nobody else left, a resting channel is asked all the same, once a question', () => {
    const only = PLANS.slice(0, 1)
    const open = failing('fns', BREAKER.failuresMax)
    expect(nameOf(takeChannel(open, only, [], NOW).taken)).toBe('fns')
    expect(takeChannel(open, only, ['fns'], NOW).taken.kind).toBe('none')
  })
})

test('whatever happens, no allowance is exceeded and the cost is what was asked', () => {
  const steps = fc.array(
    fc.record({
      wait: fc.nat(120_000),
      tried: fc.subarray(['fns', 'proverkacheka', 'ofd'] as const),
      note: fc.constantFrom<ChannelNote>(DOWN, QUOTA, { kind: 'ok' }),
    }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(steps, (all) => {
      let book: ChannelBook = {}
      let now = NOW
      for (const { wait, tried, note } of all) {
        now += wait
        const { taken, book: after } = take(book, tried, now)
        book = after
        if (taken.kind === 'none') {
          expect(taken.retryAfterMs).toBeGreaterThanOrEqual(0)
          continue
        }
        expect(tried).not.toContain(taken.name)
        book = noteChannel(book, taken.name, note, now)
      }
      const { asked, spentMinor } = channelToday(book, 'proverkacheka', now)
      expect(asked).toBeLessThanOrEqual(2)
      expect(spentMinor).toBe(asked * 50)
    }),
  )
})

describe('a country’s look-up, beside which nobody stands', () => {
  const KAZAKHSTAN = { name: 'kz', perDayMax: 3 } as const
  const ask = (book: ChannelBook, now = NOW) => takeLookUp(book, KAZAKHSTAN, now)
  const fallen = Array.from({ length: BREAKER.failuresMax }).reduce<ChannelBook>(
    (book) => noteChannel(book, 'kz', DOWN, NOW),
    {},
  )

  test('is not asked while its breaker is open, then by one probe', () => {
    expect(ask(fallen).taken).toEqual({ kind: 'unavailable', detail: 'rests: 503' })
    const later = NOW + BREAKER.pauseMs
    const probe = ask(fallen, later)
    expect(probe.taken).toEqual({ kind: 'ask', watched: true })
    expect(ask(probe.book, later).taken.kind).toBe('unavailable')
    const well = noteChannel(probe.book, 'kz', { kind: 'ok' }, later)
    expect(ask(well, later).taken).toEqual({ kind: 'ask', watched: false })
  })

  test('rests by its own failures, not by those of another country', () => {
    expect(takeLookUp(fallen, { name: 'rs', perDayMax: null }, NOW).taken.kind).toBe('ask')
  })

  test('is asked within our allowance of the day, and after it tomorrow', () => {
    let book: ChannelBook = {}
    for (const _ of [1, 2, 3]) ({ book } = ask(book))
    const { taken } = ask(book)
    expect(taken).toMatchObject({ kind: 'quota', retryAfterMs: 9 * HOUR })
    expect(ask(book, NOW + 9 * HOUR).taken.kind).toBe('ask')
  })

  test('is spared until the moment that it named', () => {
    const book = noteChannel({}, 'kz', QUOTA, NOW)
    expect(ask(book).taken).toEqual(QUOTA)
    expect(ask(book, NOW + HOUR).taken).toEqual({ kind: 'ask', watched: true })
  })
})

describe('asking behind it', () => {
  const code = {} as FiscalCode

  async function asked(taken: LookUpTaken, answer: LookupAnswer) {
    const calls: unknown[] = []
    async function answering() {
      calls.push('asked')
      return answer
    }
    const ports = {
      take: async () => taken,
      note: async (note: ChannelNote) => void calls.push(note),
    }
    return { answer: await watchedLookUp({ ask: answering }, ports).ask(code), calls }
  }

  test('a service that is not asked tells the receipt why', async () => {
    const rests = { kind: 'unavailable', detail: 'rests: 503' } as const
    expect(await asked(rests, { kind: 'not_delivered' })).toEqual({ answer: rests, calls: [] })
  })

  test('failures are noted, good answers only when they are news', async () => {
    const down = { kind: 'unavailable', detail: '503' } as const
    const quiet = { kind: 'ask', watched: false } as const
    expect((await asked(quiet, down)).calls).toEqual(['asked', down])
    expect((await asked(quiet, { kind: 'not_delivered' })).calls).toEqual(['asked'])
    const watched = await asked({ kind: 'ask', watched: true }, { kind: 'not_delivered' })
    expect(watched.calls).toEqual(['asked', { kind: 'ok' }])
  })
})
