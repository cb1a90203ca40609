import { reset } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseRuQr } from '#fiscal/ru'
import { readXml } from '../src/tax/xml.ts'

const ORIGIN = 'https://sandbox.test'

function get(path: string, headers: HeadersInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(ORIGIN + path, { headers }))
}

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return exports.default.fetch(new Request(ORIGIN + path, init))
}

function submit(path: string, fields: [string, string][] = []): Promise<Response> {
  const body = new URLSearchParams(fields)
  return exports.default.fetch(
    new Request(ORIGIN + path, { method: 'POST', body, redirect: 'manual' }),
  )
}

type Issued = {
  qr: string
  page: string
  chain: string
  scan: { totalMinor: number; kind: number; i: number; time: string; fn: string }
  lines: { name: string; sumMinor: number; priceMinor: number; quantityMilli: number }[]
  deliveredAt: string
  issuedAt: string
}

async function issue(draft: unknown): Promise<Issued[]> {
  const answer = await post('/api/receipts', draft)
  expect(answer.status).toBe(201)
  return (await answer.json<{ items: Issued[] }>()).items
}

beforeEach(() => reset())

describe('an issued receipt', () => {
  test('carries a code that reads back as itself, and sums that add up', async () => {
    for (const receipt of await issue({ count: 20 })) {
      expect(parseRuQr(receipt.qr)).toEqual({ ok: true, scan: receipt.scan, flags: [] })
      const sum = receipt.lines.reduce((total, line) => total + line.sumMinor, 0)
      expect(receipt.scan.totalMinor).toBe(sum)
      for (const line of receipt.lines) {
        expect(line.sumMinor).toBe(Math.floor((line.priceMinor * line.quantityMilli + 500) / 1_000))
      }
    }
  })

  test('was printed a few minutes ago by the clock of its shop', async () => {
    const [moscow] = await issue({ chain: 'berezka' })
    const [east] = await issue({ chain: 'okean' })
    const clock = (receipt: Issued | undefined) => Date.parse(`${receipt?.scan.time}:00Z`)
    const minutesAgo = (Date.now() + 3 * 3_600_000 - clock(moscow)) / 60_000
    expect(minutesAgo).toBeGreaterThan(1)
    expect(minutesAgo).toBeLessThan(10)
    expect(Math.round((clock(east) - clock(moscow)) / 3_600_000)).toBe(7)
  })

  test('has a number of its own, even when many are issued at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => issue({ chain: 'ugol', count: 10 })),
    )
    const numbers = all.flat().map((receipt) => receipt.scan.i)
    expect(new Set(numbers).size).toBe(80)
  })

  test('is what was ordered: goods, quantity, total, kind, time, lateness', async () => {
    const [receipt] = await issue({
      chain: 'lavka',
      lines: [{ name: 'ЯБЛОКИ ВЕС', priceMinor: 12_345, quantity: 0.737 }],
      totalMinor: 9_000,
      kind: 2,
      time: '2026-11-01T10:20',
      deliveredAfterMs: 60_000,
    })
    expect(receipt).toMatchObject({
      chain: 'lavka',
      scan: { totalMinor: 9_000, kind: 2, time: '2026-11-01T10:20' },
      lines: [{ name: 'ЯБЛОКИ ВЕС', sumMinor: 9_098, quantityMilli: 737 }],
    })
    const late = Date.parse(receipt?.deliveredAt ?? '') - Date.parse(receipt?.issuedAt ?? '')
    expect(late).toBe(60_000)
  })

  test('of a total alone is one line', async () => {
    const [receipt] = await issue({ totalMinor: 100 })
    expect(receipt?.lines).toMatchObject([{ sumMinor: 100 }])
  })

  test('comes from the till that is named', async () => {
    const [receipt] = await issue({ fiscalDrive: '9999078900047185' })
    expect(receipt).toMatchObject({ chain: 'ugol', scan: { fn: '9999078900047185' } })
  })
})

test.each([
  [400, { lines: 0 }],
  [400, { lines: [{}] }],
  [400, { total: 1 }],
  [400, { kind: 5 }],
  [400, { time: 'now' }],
  [400, { count: 501 }],
  [400, 'text'],
  [422, { fiscalDrive: '1111111111111111' }],
  [422, { chain: 'lad', lines: [{ gtin: '4600000000000' }] }],
])('a till answers %i to %j', async (status, draft) => {
  expect((await post('/api/receipts', draft)).status).toBe(status)
})

describe('pages', () => {
  test('every place answers in both languages, without scripts of others', async () => {
    for (const path of ['/', '/receipts', '/receipts?chain=okean', '/switchboard']) {
      const russian = await (await get(path)).text()
      const english = await (await get(path, { 'accept-language': 'en-GB' })).text()
      expect(russian).toContain('<html lang="ru">')
      expect(english).toContain('<html lang="en">')
      expect(english).not.toBe(russian)
      expect(russian + english).not.toMatch(/<script[^>]*src="(?!\/)/)
      expect(russian).not.toContain('undefined')
    }
  })

  test('a basket from the form becomes a printed receipt with its code', async () => {
    const created = await submit('/receipts', [
      ['chain', 'yantar'],
      ['basket', 'week'],
    ])
    expect(created.status).toBe(303)
    const path = created.headers.get('location') ?? ''
    const shown = await (await get(path)).text()
    expect(shown).toContain('ООО «Янтарный дом»')
    expect(shown).toContain('ИТОГ')
    expect(shown).toMatch(/<textarea[^>]*>t=\d{8}T\d{4}&amp;s=/)
    const svg = /<svg.*<\/svg>/s.exec(shown)?.[0] ?? ''
    expect(readXml(svg)?.name).toBe('svg')
  })

  test('ticked goods are the goods on the receipt', async () => {
    const shelf = await (await get('/receipts?chain=lad')).text()
    const gtins = [...shelf.matchAll(/name="gtin" value="(\d{13})"/g)].map(
      (match) => match[1] ?? '',
    )
    expect(gtins.length).toBeGreaterThan(5)
    const created = await submit('/receipts', [
      ['chain', 'lad'],
      ...gtins.slice(0, 2).map((gtin): [string, string] => ['gtin', gtin]),
    ])
    const shown = await (await get(created.headers.get('location') ?? '')).text()
    expect(shown.match(/class="item"/g)).toHaveLength(2)
  })

  test('nothing ticked is said in words', async () => {
    expect((await submit('/receipts', [['chain', 'lad']])).status).toBe(422)
  })

  test('a return is a receipt of kind 2 with the same goods at the same till', async () => {
    const [sold] = await issue({ chain: 'korzina', lines: 9 })
    const created = await submit(`${sold?.page}/return`)
    const items = await (await get('/api/receipts')).json<{ items: Issued[] }>()
    const back = items.items.find((receipt) => receipt.scan.kind === 2)
    expect(created.headers.get('location')).toBe(back?.page)
    expect(back?.scan).toMatchObject({ fn: sold?.scan.fn, totalMinor: sold?.scan.totalMinor })
    expect(back?.lines).toEqual(sold?.lines)
  })

  test('a late receipt is handed on at the press of a button', async () => {
    const [late] = await issue({ deliveredAfterMs: 3_600_000 })
    expect(await (await get(late?.page ?? '')).text()).toContain('chip coming')
    await submit(`${late?.page}/deliver`)
    expect(await (await get(late?.page ?? '')).text()).not.toContain('chip coming')
  })

  test('the picture is a whole PNG of black and white', async () => {
    const [receipt] = await issue({})
    const answer = await get(`${receipt?.page}/code.png`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const view = new DataView(bytes.buffer)
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const side = view.getUint32(16)
    expect(view.getUint32(20)).toBe(side)
    const dataLength = view.getUint32(33)
    const packed = new Blob([bytes.subarray(41, 41 + dataLength)]).stream()
    const rows = await new Response(packed.pipeThrough(new DecompressionStream('deflate'))).bytes()
    expect(rows.length).toBe(side * (side + 1))
    expect(new Set(rows)).toEqual(new Set([0, 255]))
  })

  test('a receipt that is not there is a page that says so', async () => {
    for (const path of ['/receipts/1/1', '/receipts/9999078900042237/x']) {
      expect((await get(path)).status, path).toBe(404)
    }
    expect((await get('/receipts/1/1/code.png')).status).toBe(404)
  })

  test('what a line is called cannot become markup', async () => {
    const [receipt] = await issue({ lines: [{ name: '<script>alert(1)</script>' }] })
    const shown = await (await get(receipt?.page ?? '')).text()
    expect(shown).not.toContain('<script>alert')
    expect(shown).toContain('&lt;script&gt;alert(1)')
  })
})
