import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readCode } from '#fiscal/registry'
import { authorityOf } from '../src/cells/route-of.ts'
import { authorityHealth, russianAuthority } from '../src/composition/channels.ts'
import { lookUpFor } from '../src/composition/lookups.ts'
import { parseSettings } from '../src/env.ts'
import { BREAKER, CHANNEL_NAMES } from '../src/verification/channels.ts'
import { type Issued, issueOne, turn, turnOff, usesLeft } from './market-world.ts'

/** The channels and look-ups against the sandbox's twins, over HTTP. */

const CHANNELS = CHANNEL_NAMES.map((name) => ({
  name,
  perDayMax: null,
  costMinor: name === 'ofd' ? 150 : 0,
}))
const settings = parseSettings({ ...env, RU_CHANNELS: JSON.stringify(CHANNELS) })
const authority = russianAuthority(env, settings)

beforeEach(() => turn({ key: 'tax.processing_ms', value: 0 }))

afterEach(async () => {
  vi.useRealTimers()
  await turnOff()
  for (const name of CHANNEL_NAMES) await authorityOf(env).noteChannel(name, { kind: 'ok' })
})

const ask = (paper: Issued) => authority.ask(paper.scan)
const health = () => authorityHealth(env, settings, Date.now())

describe('a Russian receipt', () => {
  test('is vouched for by the next channel while the tax service is down', async () => {
    const paper = await issueOne()
    const official = await ask(paper)
    await turn({ key: 'tax.fault', value: 'http_503' })
    expect(await ask(paper)).toEqual(official)
    await turn({ key: 'proverkacheka.fault', value: 'http_429' })
    // The operator of fiscal data gives no product codes; what is paid for is the same.
    const { totalMinor } = paper.scan
    expect(await ask(paper)).toMatchObject({ kind: 'authentic', document: { totalMinor } })
    const { state, channels } = await health()
    expect(state).toBe('down')
    expect(channels.map(({ state: one }) => one)).toEqual(['down', 'quota', 'ok'])
    expect(channels[2]).toMatchObject({ asked: 1, spentMinor: 150 })
  })

  test.each(['garbage', 'huge', 'redirect', 'html', 'http_500'])(
    'falls over a reseller that answers with %s',
    async (fault) => {
      await turn({ key: 'tax.fault', value: 'http_503' })
      await turn({ key: 'proverkacheka.fault', value: fault })
      expect((await ask(await issueOne())).kind).toBe('authentic')
    },
  )

  test.each([
    ['not_found', { kind: 'not_delivered' }],
    ['wrong_total', { kind: 'differs', fields: ['total'] }],
  ])(
    '%s of a reseller is an answer: the next one is not paid for another',
    async (fault, wanted) => {
      const before = (await health()).channels[2]?.asked
      await turn({ key: 'tax.fault', value: 'http_503' })
      await turn({ key: 'proverkacheka.fault', value: fault })
      expect(await ask(await issueOne())).toEqual(wanted)
      expect((await health()).channels[2]?.asked).toBe(before)
    },
  )

  test('stops asking a dead tax service, and comes back to it by one probe', async () => {
    const paper = await issueOne()
    await turn({ key: 'tax.fault', value: 'http_503' })
    for (let count = 0; count < BREAKER.failuresMax; count += 1) await ask(paper)
    await turn({ key: 'tax.slow_ms', value: 0, remaining: 1_000 })
    expect((await ask(paper)).kind).toBe('authentic')
    expect(await usesLeft('tax.slow_ms')).toBe(1_000)
    expect((await health()).state).toBe('resting')
    await turn({ key: 'tax.fault', value: null })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + BREAKER.pauseMs })
    expect((await ask(paper)).kind).toBe('authentic')
    expect(await usesLeft('tax.slow_ms')).toBeLessThan(1_000)
    expect((await health()).state).toBe('ok')
  })
})

test('the same paper is found by every country’s look-up under its own code', async () => {
  const paper = await issueOne({ lines: 3 })
  const { fn, i } = paper.scan
  const path = `http://sandbox.test/api/receipts/${fn}/${i}/codes`
  const codes = await (await env.SANDBOX.fetch(path)).json<Record<string, string>>()
  const answers = await Promise.all(
    Object.values(codes).map(async (text) => {
      const reading = readCode(text)
      return reading.ok ? lookUpFor(reading.code, settings)?.ask(reading.code) : reading
    }),
  )
  expect(answers).toHaveLength(7)
  const { totalMinor } = paper.scan
  for (const answer of answers) {
    expect(answer).toMatchObject({ kind: 'authentic', document: { totalMinor } })
    const lines = answer && 'document' in answer ? answer.document.lines : []
    expect(lines.map(({ sumMinor }) => sumMinor)).toEqual(
      paper.lines.map(({ sumMinor }) => sumMinor),
    )
  }
})
