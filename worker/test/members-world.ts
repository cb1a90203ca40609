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
import type { World } from './actors.ts'

/** The members' routes alone, on the real D1 and limiter objects, with a clock to turn. */
export interface MembersWorld extends World {
  clock: { ms: number }
  /** Messages that left, the oldest first. */
  messages: { to: string; text: string }[]
  logLines: string[]
  /** The mail provider answers nothing. */
  mailDown: boolean
  /** What the money side answers about every wallet. */
  balance: WalletBalance
}

export const BASE_URL = 'https://kopilka.test'
const SECRET = 'a secret of the tests, longer than thirty-two characters'

/** Empties the storage, migrates it, and builds the application anew. */
export async function createMembersWorld(): Promise<MembersWorld> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  const app = createRouter()
  const world: MembersWorld = {
    fetch: async (request) => app.fetch(request),
    lastCode: async (to) => codeIn(world.messages.findLast((sent) => sent.to === to)?.text),
    db: env.DB,
    clock: { ms: Date.now() },
    messages: [],
    logLines: [],
    mailDown: false,
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
  const auth = createAuth({
    db: env.DB,
    baseUrl: BASE_URL,
    secret: SECRET,
    newId: () => crypto.randomUUID().replaceAll('-', ''),
    checkSchema: true,
  })
  return {
    db: env.DB,
    auth,
    limiter: limiterOf(env.LIMITER),
    sendSms: async ({ to, text }) => void world.messages.push({ to, text }),
    sendMail: async ({ to, text }) => {
      if (world.mailDown) throw new Error('the mail provider does not answer')
      world.messages.push({ to, text })
    },
    secret: SECRET,
    baseUrl: BASE_URL,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    partnerName: async () => 'Молочный двор',
    wallet: {
      exportOf: async (walletId) => ({ walletId, transfers: [] }),
      balanceOf: async () => ({ ...world.balance }),
    },
  }
}

function codeIn(text: string | undefined): string {
  const code = text?.match(/\d{6}/)?.[0]
  if (code === undefined) throw new Error('no code has left for them')
  return code
}
