import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PROBLEMS } from '#schema/problem'
import { appOf } from '../src/composition/app-of.ts'
import { type Access, judgeAccess } from '../src/http/access.ts'
import {
  ABSENT,
  type AccessWorld,
  createAccessWorld,
  type DeclaredRoute,
  declaredRoutes,
  filled,
  type Person,
  type Things,
} from './access-world.ts'

/** Who may call what: generated from the routes themselves, for everybody there is. */

/** Documents that Hono serves beside the contract; nothing in them belongs to anybody. */
const DOCUMENTS = ['GET /v1/openapi.json']
const PEOPLE = [
  'a stranger',
  'a shopper',
  'another shopper',
  'owner',
  'marketer',
  'finance',
  'cashier',
  'viewer',
  'owner without second factor',
  'owner of another partner',
  'a newcomer',
  'operator admin',
  'operator support',
  'operator finance',
  'a key',
  'a key of another partner',
]

let network: AccessWorld
let routes: DeclaredRoute[]

beforeAll(async () => {
  network = await createAccessWorld()
  routes = await declaredRoutes()
}, 120_000)

/** What a call came to, as far as access is concerned. */
type Outcome = 'open' | keyof typeof PROBLEMS

const REFUSALS: readonly string[] = [
  'sign_in_required',
  'second_factor_required',
  'role_not_allowed',
]

function expectedFor({ actor, foreign }: Person, access: Access, path: string): Outcome {
  const ofTenant = path.includes('{partnerId}')
  const seenAs: typeof actor =
    ofTenant && foreign && actor.kind === 'partner'
      ? { kind: 'newcomer', userId: actor.userId, secondFactorAt: actor.secondFactorAt }
      : actor
  const verdict = judgeAccess(access, seenAs, Date.now())
  if (ofTenant && foreign && actor.kind === 'key' && verdict === 'allowed') return 'not_found'
  if (verdict === 'allowed') return isTheirs(actor, path) ? 'open' : 'not_found'
  return ofTenant && seenAs.kind === 'newcomer' ? 'not_found' : verdict
}

/** What belongs to one person alone: the things are the first shopper's. */
const PERSONAL = /^\/v1\/(?!operator\/).*\{(receiptId|payoutId|photoId|sessionId)\}/

/** Where a body is judged before the thing is looked for: a wrong one says nothing of the thing. */
const BODY_FIRST = /\{photoId\}\/(fields|review|dispute)$/

function isTheirs(actor: Person['actor'], path: string): boolean {
  if (!PERSONAL.test(path) || BODY_FIRST.test(path)) return true
  return actor.kind === 'shopper' && actor.walletId === network.shopper.walletId
}

/** Whoever may delete finds nothing to delete; everybody else aims at what exists. */
function thingsFor(route: DeclaredRoute, expected: Outcome): Things {
  const { partnerId } = network.things
  const spared = route.method === 'DELETE' && expected === 'open'
  return spared ? { ...ABSENT, partnerId } : network.things
}

/** Routes about something that this matrix does not make: open, they find nothing. */
const FINDS_NOTHING = [
  'GET /v1/offers/{offerId}',
  'POST /v1/offers/{offerId}/activation',
  'GET /v1/operator/receipts/{receiptId}/explain',
  'GET /v1/photos/{photoId}/image',
  'GET /v1/operator/bank-queues/{market}',
  'GET /v1/operator/bank-files/{bankFileId}',
  'GET /v1/operator/bank-files/{bankFileId}/content',
  'POST /v1/operator/bank-files/{bankFileId}/reports',
  'POST /v1/operator/bank-files/{bankFileId}/reports/{reportHash}/confirmation',
  'POST /v1/operator/bank-files/{bankFileId}/resubmissions/{resubmission}/confirmation',
  'GET /v1/operator/reviews/{reviewId}',
  'POST /v1/operator/reviews/{reviewId}/claim',
  'POST /v1/operator/reviews/{reviewId}/photo-link',
]
const findsNothing = (route: DeclaredRoute) =>
  route.method === 'DELETE' || FINDS_NOTHING.includes(nameOf(route))

/** Calls the route with a body that no contract takes: access is judged, nothing is done. */
async function outcomeOf(
  { caller }: Person,
  route: DeclaredRoute,
  expected: Outcome,
): Promise<Outcome> {
  const { method, path, hasBody } = route
  const body = hasBody ? '"nothing"' : undefined
  const response = await caller.call(method, filled(path, thingsFor(route, expected)), body)
  const text = await response.text()
  if (response.headers.get('content-type') !== 'application/problem+json') return 'open'
  const { code } = JSON.parse(text)
  if (code === 'internal' || REFUSALS.includes(code)) return code
  if (code === 'not_found') return expected === 'open' && findsNothing(route) ? 'open' : code
  // Whoever gets this far is told what is wrong with the body.
  return !hasBody || code === 'invalid_request' ? 'open' : code
}

/** Ends of sessions and factors are undone, so that the walk goes on as the same person. */
async function keepingSessions<Result>(userId: string, work: () => Promise<Result>) {
  const tables = ['sessions', 'two_factors']
  const kept = await Promise.all(
    tables.map((table) =>
      env.DB.prepare(`SELECT * FROM ${table} WHERE user_id = ?`).bind(userId).all(),
    ),
  )
  const user = await env.DB.prepare('SELECT two_factor_enabled AS enabled FROM users WHERE id = ?')
    .bind(userId)
    .first<{ enabled: number }>()
  const result = await work()
  const statements = tables.flatMap((table, index) => [
    env.DB.prepare(`DELETE FROM ${table} WHERE user_id = ?`).bind(userId),
    ...(kept[index]?.results ?? []).map((row) => {
      const columns = Object.keys(row)
      const places = columns.map(() => '?').join(', ')
      const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`
      return env.DB.prepare(insert).bind(...Object.values(row))
    }),
  ])
  const enabled = env.DB.prepare('UPDATE users SET two_factor_enabled = ? WHERE id = ?')
  await env.DB.batch([...statements, enabled.bind(user?.enabled ?? 0, userId)])
  return result
}

const nameOf = ({ method, path }: DeclaredRoute) => `${method} ${path}`

async function ask(person: Person, route: DeclaredRoute, expected: Outcome): Promise<Outcome> {
  const changes = route.method !== 'GET' && !route.hasBody && person.caller.userId !== ''
  if (!changes) return outcomeOf(person, route, expected)
  return keepingSessions(person.caller.userId, () => outcomeOf(person, route, expected))
}

describe('the contract', () => {
  test('every route that the application serves is declared', async () => {
    const app = await appOf(env)
    const served = app.routes
      .filter(({ method, path }) => !(method === 'ALL' && path === '/*'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const declared = new Set([...routes.map(nameOf), ...DOCUMENTS])
    expect([...new Set(served)].filter((route) => !declared.has(route))).toEqual([])
    expect(routes.length).toBeGreaterThan(90)
  })

  test('every route says who may call it', () => {
    expect(routes.filter(({ access }) => access === undefined).map(nameOf)).toEqual([])
  })

  test('every id in a path is one that this matrix knows how to fill', () => {
    const unknown = routes.filter(({ path }) => /undefined/.test(filled(path, ABSENT)))
    expect(unknown.map(nameOf)).toEqual([])
  })
})

describe('all routes', () => {
  test.each(PEOPLE)(
    'answer %s as declared',
    async (name) => {
      const person = network.people.find((candidate) => candidate.name === name)
      if (!person) throw new Error('nobody of that name in this world')
      const wrong: string[] = []
      for (const route of routes) {
        if (route.access === undefined) continue
        const expected = expectedFor(person, route.access, route.path)
        const seen = await ask(person, route, expected)
        if (seen !== expected) wrong.push(`${nameOf(route)}: ${seen} instead of ${expected}`)
      }
      expect(wrong).toEqual([])
    },
    90_000,
  )

  test('the matrix has everybody', () => {
    expect(network.people.map(({ name }) => name)).toEqual(PEOPLE)
  })
})

const SHOPPERS = ['a shopper', 'another shopper']

/** Written by hand, apart from the declarations: money and power, and who alone may touch them. */
const DANGEROUS: Record<string, readonly string[]> = {
  'POST /v1/payouts': SHOPPERS,
  'GET /v1/wallet': SHOPPERS,
  'DELETE /v1/me': SHOPPERS,
  'GET /v1/receipts/{receiptId}/explain': ['a shopper'],
  'POST /v1/photos': SHOPPERS,
  'GET /v1/photos/{photoId}': ['a shopper'],
  'POST /v1/photos/{photoId}/complete': ['a shopper'],
  'POST /v1/partners/{partnerId}/staff': ['owner'],
  'POST /v1/partners/{partnerId}/keys': ['owner'],
  'DELETE /v1/partners/{partnerId}/keys/{keyId}': ['owner'],
  'POST /v1/partners/{partnerId}/sales': ['owner', 'marketer', 'a key'],
  'POST /v1/partners/{partnerId}/offers/{offerId}/publish': ['owner', 'marketer'],
  'POST /v1/partners/{partnerId}/offers/{offerId}/end': ['owner', 'marketer'],
  'POST /v1/partners/{partnerId}/invoices': ['owner', 'finance'],
  'POST /v1/operator/partners/{partnerId}/approve': ['operator admin'],
  'POST /v1/operator/invoices/{invoiceId}/confirm': ['operator admin', 'operator finance'],
  'POST /v1/operator/receipts/{receiptId}/retry': ['operator admin', 'operator support'],
  'POST /v1/operator/receipts/{receiptId}/release': ['operator admin', 'operator support'],
  'POST /v1/operator/reviews/{reviewId}/decide': ['operator admin', 'operator support'],
  'GET /v1/operator/reviews/{reviewId}/image': ['operator admin', 'operator support'],
  'POST /v1/photos/{photoId}/review': SHOPPERS,
  'POST /v1/operator/payouts/{payoutId}/ask-again': ['operator admin', 'operator finance'],
  'POST /v1/operator/bank-files': ['operator admin', 'operator finance'],
  'POST /v1/operator/bank-files/{bankFileId}/resubmissions': ['operator admin', 'operator finance'],
  'POST /v1/operator/cells/{cell}/unfreeze': ['operator admin'],
  'GET /v1/operator/books/transfers': ['operator admin', 'operator finance'],
}

describe('dangerous routes', () => {
  test.each(Object.keys(DANGEROUS))('%s opens to nobody else', async (name) => {
    const route = routes.find((candidate) => nameOf(candidate) === name)
    if (!route) throw new Error(`${name} is not declared`)
    const open: string[] = []
    for (const person of network.people) {
      // Aimed at what exists: nobody is spared here.
      if ((await ask(person, route, 'role_not_allowed')) === 'open') open.push(person.name)
    }
    expect(open.sort()).toEqual([...(DANGEROUS[name] ?? [])].sort())
  })
})
