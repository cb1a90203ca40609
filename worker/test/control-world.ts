import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Offer, OfferDraft } from '#schema/offer'
import type { Partner, Product } from '#schema/partner'
import { limiterOf } from '../src/cells/limiter.object.ts'
import { openMarkets } from '../src/cells/route-of.ts'
import { offerBudget, partnerMoney } from '../src/composition/money.ts'
import { parseSettings } from '../src/env.ts'
import { identified } from '../src/http/actor.ts'
import { requestEdge } from '../src/http/headers.ts'
import { onError, onNotFound } from '../src/http/problem.ts'
import { createRouter } from '../src/http/route.ts'
import { createAuth } from '../src/members/auth.ts'
import { memberRoutes, readSender } from '../src/members/routes.ts'
import { amount, caps, RULE } from '../src/offers/sample.test-data.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'
import type { ControlPorts, OpenActivation } from '../src/partners/ports.ts'
import { controlRoutes } from '../src/partners/routes.ts'
import { type Caller, good, signInNewcomer, signInOperator, type World } from './actors.ts'

/** The control plane's routes on the real D1, R2, books and budgets, with a clock to turn. */
export interface ControlWorld extends World {
  clock: { ms: number }
  ports: ControlPorts
  activations: Map<string, OpenActivation>
}

const BASE_URL = 'https://kopilka.test'
const MARKETS_OPEN = openMarkets(parseSettings(env).CELL_MAP)
const SECRET = 'a secret of the tests, longer than thirty-two characters'

/** Empties the storage, migrates it, and builds the application anew. */
export async function createControlWorld(): Promise<ControlWorld> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  const clock = { ms: Date.now() }
  const codes = new Map<string, string>()
  const activations = new Map<string, OpenActivation>()
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const newId = () => crypto.randomUUID().replaceAll('-', '')
  const auth = createAuth({
    db: env.DB,
    baseUrl: BASE_URL,
    secret: SECRET,
    newId,
    checkSchema: true,
  })
  const ports: ControlPorts = {
    db: env.DB,
    markets: MARKETS_OPEN,
    money: partnerMoney(env),
    budget: offerBudget(env),
    snapshots: (market) => createSnapshotStore(env.SNAPSHOTS, env.DB, market),
    limiter: limiterOf(env.LIMITER),
    activations: async () => activations,
    tellReturns: async () => {},
    random,
  }
  const keep = async ({ to, text }: { to: string; text: string }) => {
    codes.set(to, text.match(/\d{6}/)?.[0] ?? '')
  }
  const app = createRouter()
  const log = (line: string) => line.includes('"level":"error"') && console.error(line)
  app.use(requestEdge({ now: () => clock.ms, newRequestId: newId, log }))
  app.use(identified((headers) => readSender(auth, env.DB, headers)))
  app.route(
    '/',
    memberRoutes({
      db: env.DB,
      markets: MARKETS_OPEN,
      auth,
      limiter: limiterOf(env.LIMITER),
      sendSms: keep,
      sendMail: keep,
      secret: SECRET,
      baseUrl: BASE_URL,
      random,
      partnerName: async () => null,
      wallet: {
        exportOf: async () => ({}),
        erasePhotosOf: async () => {},
        balancesOf: async () => [],
      },
    }),
  )
  app.route('/', controlRoutes(ports))
  app.onError(onError)
  app.notFound(onNotFound)
  return {
    fetch: async (request) => app.fetch(request),
    lastCode: async (to) => codes.get(to) ?? '',
    db: env.DB,
    clock,
    ports,
    activations,
  }
}

/** Calls as somebody and answers status and body. */
export async function ask(
  caller: Caller,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await caller.call(method, path, body)
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}

export const APPLICATION = {
  name: 'Заря',
  legalName: 'ООО «Заря»',
  taxNumber: '7707083893',
  kind: 'both',
  market: 'ru',
  contactName: 'Контактное лицо',
  contactPhone: '+7 495 000-00-00',
  website: '',
}

/** A partner with its owner; `tax` tells several of them apart. */
export type Tenant = { id: string; owner: Caller }

/** Check digits hold; no organisation of the register is meant. */
const TAX_NUMBERS = ['7700000009', '1600000004', '5000000017']
let tenants = 0

/** An approved partner with an owner past the second factor. */
export async function newTenant(
  world: World,
  admin: Caller,
  changes: Partial<typeof APPLICATION> = {},
): Promise<Tenant> {
  const taxNumber = TAX_NUMBERS[tenants % TAX_NUMBERS.length] ?? ''
  tenants += 1
  const owner = await signInNewcomer(world, `owner-${tenants}@partner.test`)
  const application = { ...APPLICATION, taxNumber, ...changes }
  const partner = await good<Partner>(await owner.call('POST', '/v1/partners', application))
  const approve = `/v1/operator/partners/${partner.id}/approve`
  await good(await admin.call('POST', approve, { feeBps: 1_500 }))
  return { id: partner.id, owner }
}

let admins = 0

/** An administrator of the operator; each test has its own. */
export async function newAdmin(world: World): Promise<Caller> {
  admins += 1
  return signInOperator(world, 'admin', `admin-${admins}@operator.test`)
}

/** Puts money on a partner's account the way it really comes in: by a paid invoice. */
export async function fund(tenant: Tenant, admin: Caller, amountMinor: number): Promise<void> {
  const invoices = `/v1/partners/${tenant.id}/invoices`
  const invoice = await good<{ id: string }>(
    await tenant.owner.call('POST', invoices, { amountMinor }),
  )
  const payment = { bankReference: `bank-${invoice.id}`, amountMinor }
  const confirm = `/v1/operator/invoices/${invoice.id}/confirm`
  await good(await admin.call('POST', confirm, payment))
}

export const MILK = {
  gtin: '4607025392200',
  name: 'Молоко «Заря» 3,2 %, 930 мл',
  brand: 'Заря',
  category: 'dairy',
  size: 930,
  unit: 'ml',
}

export async function addProduct(
  tenant: Tenant,
  changes: Partial<typeof MILK> = {},
): Promise<Product> {
  const products = `/v1/partners/${tenant.id}/products`
  return good(await tenant.owner.call('POST', products, { ...MILK, ...changes }))
}

/** A draft that may be published; the window is open now. */
export function draftOf(world: ControlWorld, changes: Partial<OfferDraft> = {}): OfferDraft {
  const day = (offset: number) =>
    new Date(world.clock.ms + offset * 86_400_000).toISOString().slice(0, 10)
  return {
    title: { ru: '10 % на «Зарю»', en: '10 % on Zarya' },
    rule: {
      ...RULE,
      ...caps({ perReceiptMinor: amount(20_000) }),
      startsAt: `${day(-2)}T00:00`,
      endsAt: `${day(30)}T00:00`,
    },
    legal: {
      organiser: 'ООО «Заря»',
      rulesUrl: 'https://zarya.example/rules',
      advertiserTaxNumber: '7707083893',
      adToken: 'erid-1',
    },
    budgetMinor: amount(100_000),
    ...changes,
  }
}

export async function newOffer(tenant: Tenant, draft: OfferDraft): Promise<Offer> {
  return good(await tenant.owner.call('POST', `/v1/partners/${tenant.id}/offers`, draft))
}
