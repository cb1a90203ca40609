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
  /** What the money side answers about every wallet. */
  balance: WalletBalance
}

export const BASE_URL = 'https://kopilka.test'
const SECRET = 'a secret of the tests, longer than thirty-two characters'

/** Empties the storage, migrates it, and builds the application anew. */
export async function createMembersWorld(): Promise<MembersWorld> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  const clock = { ms: Date.now() }
  const messages: MembersWorld['messages'] = []
  const logLines: string[] = []
  const balance = { amountMinor: 0, currency: 'RUB', payoutUnderWay: false }
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const auth = createAuth({
    db: env.DB,
    baseUrl: BASE_URL,
    secret: SECRET,
    newId: () => crypto.randomUUID().replaceAll('-', ''),
    checkSchema: true,
  })
  const ports: MemberPorts = {
    db: env.DB,
    auth,
    limiter: limiterOf(env.LIMITER),
    sendSms: async ({ to, text }) => void messages.push({ to, text }),
    sendMail: async ({ to, text }) => void messages.push({ to, text }),
    secret: SECRET,
    baseUrl: BASE_URL,
    random,
    partnerName: async () => 'Молочный двор',
    wallet: {
      exportOf: async (walletId) => ({ walletId, transfers: [] }),
      balanceOf: async () => ({ ...balance }),
    },
  }
  const app = createRouter()
  app.use(
    requestEdge({
      now: () => clock.ms,
      newRequestId: () => crypto.randomUUID(),
      log: (line) => {
        logLines.push(line)
        if (line.includes('"level":"error"')) console.error(line)
      },
    }),
  )
  app.use(apiHeaders(BASE_URL), sameOriginOnly(BASE_URL))
  app.use(identified((headers) => readSender(auth, env.DB, headers)))
  app.route('/', memberRoutes(ports))
  app.onError(onError)
  app.notFound(onNotFound)
  return {
    fetch: async (request) => app.fetch(request),
    lastCode: async (to) => codeIn(messages.findLast((message) => message.to === to)?.text),
    db: env.DB,
    clock,
    messages,
    logLines,
    balance,
  }
}

function codeIn(text: string | undefined): string {
  const code = text?.match(/\d{6}/)?.[0]
  if (code === undefined) throw new Error('no code has left for them')
  return code
}
