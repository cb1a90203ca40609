import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readCode } from '#fiscal/registry'
import { lookUpFor } from './lookups.ts'

const COUNTRIES = ['sk', 'me', 'al', 'kg', 'kz', 'rs', 'ba', 'fj', 'ws'] as const
const SETTINGS = {
  LOOKUP_BASE_URLS: Object.fromEntries(
    COUNTRIES.map((one) => [one, `https://${one}.allowed.test`]),
  ),
  EGRESS_PROXY_URL: '',
  EGRESS_PROXY_TOKEN: '',
  EGRESS_HOSTS: [],
}

const IIC = '0D7C3EE1EEBAB4A08F4D5003FAE35E7B'
const QUERIES: readonly string[] = [
  'i=2936414372&f=010100886168&s=3247.00&t=20240613T191146',
  'date=20260917T175623&sum=91950&fn_number=2&regNumber=3&tin=00000000000001&fd_number=5&fm=4',
  `iic=${IIC}&tin=03257746&crtd=2026-07-11T15:51:04%2B02:00&prc=59.10`,
  `iic=${IIC}&tin=K92423004V&crtd=2025-02-12T08:10:38 01:00&prc=3720.00`,
]
const HOSTS: readonly string[] = [
  'consumer.oofd.kz',
  'tax.salyk.kg',
  'mapr.tax.gov.me',
  'efiskalizimi-app.tatime.gov.al',
]

let asked: string[] = []

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request.url)
    return new Response('', { status: 503 })
  })
})
afterEach(() => void vi.unstubAllGlobals())

async function askAbout(text: string): Promise<void> {
  const reading = readCode(text)
  if (reading.ok) await lookUpFor(reading.code, SETTINGS)?.ask(reading.code)
}

describe('a host that a code names is never asked', () => {
  test('whatever the link looks like', async () => {
    const evil = fc.constantFrom('evil.example', '127.0.0.1:8787', '169.254.169.254', '[::1]')
    const spoilt = fc.constantFrom('', '@', '.', '/', '\\', '#', '?', ':80@', '%40', '/../', '//')
    const link = fc
      .tuple(
        fc.constantFrom('http://', 'https://', 'HTTPS://', '//', ''),
        fc.constantFrom(...HOSTS),
        spoilt,
        evil,
        fc.constantFrom('/', '/ic/#/verify', '/tax-web-control/client/api/v1/ticket', ''),
        fc.constantFrom(...QUERIES),
        fc.boolean(),
      )
      .map(([scheme, host, mark, stranger, path, query, first]) =>
        first
          ? `${scheme}${host}${mark}${stranger}${path}?${query}`
          : `${scheme}${stranger}${mark}${host}${path}?${query}`,
      )
    await fc.assert(
      fc.asyncProperty(link, async (text) => {
        await askAbout(text)
        for (const url of asked) expect(new URL(url).hostname).toMatch(/^[a-z]{2}\.allowed\.test$/)
      }),
      { numRuns: 400 },
    )
  })

  test('nor when it stands in a parameter', async () => {
    const query = `${QUERIES[1]}&type=https://evil.example/&operation_type=//evil.example`
    await askAbout(`https://tax.salyk.kg/tax-web-control/client/api/v1/ticket?${query}`)
    await askAbout(`https://mapr.tax.gov.me/ic/#/verify?${QUERIES[2]}&bu=https://evil.example`)
    // Kills a property that asks nobody at all.
    expect(asked.map((url) => new URL(url).host)).toEqual(['kg.allowed.test', 'me.allowed.test'])
  })
})

test('a country without a base URL in the settings, or without a service, is for people', () => {
  const code = (text: string) => {
    const reading = readCode(text)
    if (!reading.ok) throw new Error(text)
    return reading.code
  }
  const kazakh = code(`https://consumer.oofd.kz/?${QUERIES[0]}`)
  expect(lookUpFor(kazakh, SETTINGS)).not.toBeNull()
  expect(lookUpFor(kazakh, { ...SETTINGS, LOOKUP_BASE_URLS: {} })).toBeNull()
  // Another operator of the same country answers no program.
  const other = code(`https://cabinet.kofd.kz/consumer?${QUERIES[0]}`)
  expect(lookUpFor(other, SETTINGS)).toBeNull()
  expect(other.officialPage).toContain('https://cabinet.kofd.kz/')
})
