import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#schema/partner'
import {
  ABSENT,
  type AccessWorld,
  createAccessWorld,
  type DeclaredRoute,
  declaredRoutes,
  draft,
  filled,
  type Things,
} from './access-world.ts'
import { type Caller, good } from './actors.ts'

/** What belongs to somebody else does not exist: byte for byte the same answer as for nothing. */

let network: AccessWorld
let routes: DeclaredRoute[]

beforeAll(async () => {
  network = await createAccessWorld()
  routes = await declaredRoutes()
}, 120_000)

/** Everything that an answer says: status, headers, bytes. The request's own id is given. */
async function answerTo(caller: Caller, method: string, path: string, body?: unknown) {
  const response = await caller.call(method, path, body, { 'x-request-id': 'foreign-ids-test' })
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== 'date'),
    body: await response.text(),
  }
}

const nameOf = ({ method, path }: DeclaredRoute) => `${method} ${path}`

/** Bodies that the contracts take, so that only the ids decide. */
const TILL = { registration: '0000000001054321', fiscalDrive: '' }
const BODIES: Record<string, unknown> = {
  'PATCH /v1/partners/{partnerId}/staff/{userId}': { role: 'viewer' },
  'PATCH /v1/partners/{partnerId}/stores/{storeId}': {
    name: 'Другое имя',
    city: 'Тверь',
    address: 'ул. Другая, 2',
  },
  'POST /v1/partners/{partnerId}/stores/{storeId}/tills': TILL,
  'PATCH /v1/partners/{partnerId}/stores/{storeId}/tills/{tillId}': TILL,
  'PATCH /v1/partners/{partnerId}/products/{productId}': { name: 'Другое имя' },
  'PUT /v1/partners/{partnerId}/offers/{offerId}': draft(),
  'POST /v1/partners/{partnerId}/fiscal-keys/{fiscalKeyId}/revoke': { note: 'Украден' },
}

/** The same call aimed at what is somebody else's and at what is nobody's. */
async function expectHidden(
  caller: Caller,
  route: DeclaredRoute,
  foreign: Things,
  absent: Things,
): Promise<void> {
  const body = route.hasBody ? (BODIES[nameOf(route)] ?? {}) : undefined
  const { method, path } = route
  const hidden = await answerTo(caller, method, filled(path, foreign), body)
  const nothing = await answerTo(caller, method, filled(path, absent), body)
  expect(hidden, nameOf(route)).toEqual(nothing)
  expect(hidden.status, nameOf(route)).toBe(404)
}

/** Everything of the first tenant in the control plane, to see that nothing was touched. */
async function stateOfFirst(): Promise<string> {
  const tables = ['stores', 'products', 'offers', 'invoices', 'partner_staff']
  const rows = await Promise.all(
    tables.map((table) =>
      env.DB.prepare(`SELECT * FROM ${table} WHERE partner_id = ?`).bind(network.first.id).all(),
    ),
  )
  const tills = await env.DB.prepare('SELECT * FROM tills').all()
  return JSON.stringify([...rows.map(({ results }) => results), tills.results])
}

describe('another partner', () => {
  test('is not there at all for a stranger to it, whatever is asked about it', async () => {
    const before = await stateOfFirst()
    const ofPartners = routes.filter(({ path }) => path.startsWith('/v1/partners/{partnerId}'))
    expect(ofPartners.length).toBeGreaterThan(25)
    for (const route of ofPartners) {
      const foreign = network.things
      await expectHidden(network.second.owner, route, foreign, {
        ...foreign,
        partnerId: ABSENT.partnerId,
      })
    }
    expect(await stateOfFirst()).toBe(before)
  }, 60_000)

  test('cannot be reached through one’s own door by the ids of its things', async () => {
    const before = await stateOfFirst()
    const { id: partnerId, owner } = network.second
    const address = { name: 'Мой магазин', city: 'Тверь', address: 'ул. Моя, 1' }
    const own = await good<Store>(
      await owner.call('POST', `/v1/partners/${partnerId}/stores`, address),
    )
    const inner = routes.filter(({ path }) => /^\/v1\/partners\/\{partnerId\}\/.*\{/.test(path))
    expect(inner.length).toBeGreaterThan(12)
    for (const route of inner) {
      const absent = { ...ABSENT, partnerId }
      await expectHidden(owner, route, { ...network.things, partnerId }, absent)
      // A till of theirs in a shop of mine.
      if (route.path.includes('{tillId}')) {
        const mine = { partnerId, storeId: own.id }
        await expectHidden(owner, route, { ...network.things, ...mine }, { ...absent, ...mine })
      }
    }
    expect(await stateOfFirst()).toBe(before)
  }, 60_000)
})

describe('another shopper', () => {
  test('has no receipt that I could read, or wait for', async () => {
    const { otherShopper, things } = network
    for (const query of ['', '?after=0', '?after=999999', '/explain', '/explain?line=0']) {
      const theirs = `/v1/receipts/${things.receiptId}${query}`
      const hidden = await answerTo(otherShopper, 'GET', theirs)
      const nothing = await answerTo(
        otherShopper,
        'GET',
        `/v1/receipts/${ABSENT.receiptId}${query}`,
      )
      expect(hidden).toEqual(nothing)
      expect(hidden.status).toBe(404)
    }
  })

  test('has no payout that I could read, and no session that I could end', async () => {
    const { shopper, otherShopper, things } = network
    const hidden = await answerTo(otherShopper, 'GET', `/v1/payouts/${things.payoutId}`)
    expect(hidden).toEqual(await answerTo(otherShopper, 'GET', `/v1/payouts/${ABSENT.payoutId}`))
    expect(hidden.status).toBe(404)

    const theirs = await answerTo(otherShopper, 'DELETE', `/v1/me/sessions/${things.sessionId}`)
    const nobodys = `/v1/me/sessions/${ABSENT.sessionId}`
    expect(theirs).toEqual(await answerTo(otherShopper, 'DELETE', nobodys))
    expect(theirs.status).toBe(404)
    expect((await shopper.call('GET', '/v1/wallet')).status).toBe(200)
  })

  test('has no photo that I could see, add to, finish or delete', async () => {
    const { shopper, otherShopper, things } = network
    const photo = (id: string) => `/v1/photos/${id}`
    for (const [method, rest, body] of [
      ['GET', ''],
      ['GET', '?after=0'],
      ['GET', '/image'],
      ['PUT', '/parts/1'],
      ['POST', '/complete'],
      ['PUT', '/fields', { taxNumber: '', time: '2026-11-21T18:42', totalMinor: 1 }],
      ['DELETE', ''],
    ] as const) {
      const theirs = await answerTo(otherShopper, method, photo(things.photoId) + rest, body)
      const nobodys = await answerTo(otherShopper, method, photo(ABSENT.photoId) + rest, body)
      expect(theirs, `${method} ${rest}`).toEqual(nobodys)
      expect(theirs.status).toBe(404)
    }
    expect((await shopper.call('GET', photo(things.photoId))).status).toBe(200)
    const time = new Date().toISOString().slice(0, 16)
    const request = { retailer: 'Лавка', taxNumber: null, time, totalMinor: 100, lines: [] }
    const bodies = { review: request, dispute: { note: 'Моё фото' } }
    for (const [action, body] of Object.entries(bodies)) {
      const path = `${photo(things.photoId)}/${action}`
      expect((await otherShopper.call('POST', path, body)).status, action).toBe(404)
    }
  })

  test('appears in no list of mine', async () => {
    const { otherShopper, things, shopper } = network
    for (const path of ['/v1/receipts', '/v1/payouts', '/v1/wallet', '/v1/wallet/history']) {
      const { body } = await answerTo(otherShopper, 'GET', path)
      expect(body, path).not.toContain(things.receiptId)
      expect(body, path).not.toContain(shopper.walletId)
    }
  })

  test('is not found by a malformed id either', async () => {
    const nothing = await answerTo(network.shopper, 'GET', `/v1/receipts/${ABSENT.receiptId}`)
    for (const id of ['1', 'rcp_', 'rcp_%00', `${ABSENT.receiptId}0`, "rcp_' OR 1=1 --"]) {
      const path = `/v1/receipts/${encodeURIComponent(id)}`
      expect(await answerTo(network.shopper, 'GET', path), id).toEqual(nothing)
    }
  })
})
