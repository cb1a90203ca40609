import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { limiterOf } from '../src/cells/limiter.object.ts'
import { identified } from '../src/http/actor.ts'
import { apiHeaders, requestEdge } from '../src/http/headers.ts'
import { sameOriginOnly } from '../src/http/origin.ts'
import { onError, onNotFound } from '../src/http/problem.ts'
import { createRouter } from '../src/http/route.ts'
import { createAuth } from '../src/members/auth.ts'
import type { MemberPorts, WalletBalance } from '../src/members/ports.ts'
import { memberRoutes, readSender } from '../src/members/routes.ts'
import { createUnisender } from '../src/notify/mail.fetch.ts'
import { createSmsc } from '../src/notify/sms.fetch.ts'
import type { World } from './actors.ts'
import { createOutbox, type Outbox } from './outbox.ts'

/** The members' routes alone, on the real D1 and limiter objects, with a clock to turn. */
export interface MembersWorld extends World {
  clock: { ms: number }
  outbox: Outbox
  logLines: string[]
  /** What the money side answers about every wallet. */
  balance: WalletBalance
}

const BASE_URL = 'https://kopilka.test'
const SECRET = 'a secret of the tests, longer than thirty-two characters'

/** Empties the storage, migrates it, and builds the application anew. */
export async function createMembersWorld(): Promise<MembersWorld> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  const app = createRouter()
  const world: MembersWorld = {
    fetch: async (request) => app.fetch(request),
    lastCode: (to) => world.outbox.lastCode(to),
    db: env.DB,
    clock: { ms: Date.now() },
    outbox: createOutbox(),
    logLines: [],
    balance: { amountMinor: 0, currency: 'RUB', payoutUnderWay: false },
  }
  const ports = portsOf(world)
  const log = (line: string) => void world.logLines.push(line)
  const newRequestId = () => crypto.randomUUID()
  app.use(requestEdge({ now: () => world.clock.ms, newRequestId, log }))
  app.use(apiHeaders(BASE_URL), sameOriginOnly(BASE_URL))
  app.use(identified((headers) => readSender(ports.auth, env.DB, headers)))
  app.route('/', memberRoutes(ports))
  app.onError(onError)
  app.notFound(onNotFound)
  return world
}

function portsOf(world: MembersWorld): MemberPorts {
  const { send } = world.outbox
  const auth = createAuth({
    db: env.DB,
    baseUrl: BASE_URL,
    secret: SECRET,
    newId: () => crypto.randomUUID().replaceAll('-', ''),
    checkSchema: true,
  })
  return {
    db: env.DB,
    markets: ['ru', 'at', 'kz'],
    auth,
    limiter: limiterOf(env.LIMITER),
    sendSms: createSmsc({ base: 'https://sms.test', apiKey: 'key', send }),
    sendMail: createUnisender({
      base: 'https://mail.test',
      apiKey: 'key',
      fromEmail: 'kopilka@kopilka.test',
      fromName: 'Копилка',
      send,
    }),
    secret: SECRET,
    baseUrl: BASE_URL,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    partnerName: async () => 'Молочный двор',
    wallet: {
      exportOf: async (walletId) => ({ walletId, transfers: [] }),
      erasePhotosOf: async () => {},
      balancesOf: async () => [{ ...world.balance }],
    },
  }
}
