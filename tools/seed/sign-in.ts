import { CONSENT_VERSIONS, CONSENTS_REQUIRED, type Me, type SignedIn } from '#schema/member'
import { type Caller, CallFailed, callerOf, sleep } from './caller.ts'

/** The two origins that the seed talks to. */
export type World = { readonly origin: string; readonly sandbox: string }

/** Somebody signed in, with the bearer token of the session. */
export type Person = Caller & { readonly me: Me; readonly token: string }

const ARRIVAL_MS_MAX = 15_000
const ASK_AGAIN_MS = 150
/** An authenticator code passes once; the next one comes within this. */
const STEP_MS = 30_000

/** One phone or address gets one code a minute, whoever of this process asks for it. */
const RESEND_MS = 61_000
const sentAt = new Map<string, number>()

/** Sends a code as soon as one may be sent to this phone or address again. */
export async function sendCode(to: string, send: () => Promise<unknown>): Promise<void> {
  await sleep(Math.max(0, (sentAt.get(to) ?? 0) + RESEND_MS - Date.now()))
  await send()
  sentAt.set(to, Date.now())
}

/** Codes of messages that reached this phone or address after `since` (ISO), newest first. */
export async function arrivedCode(world: World, to: string, since: string): Promise<string> {
  type Outbox = { items: { at: string; to: string; code: string | null }[] }
  const path = `/api/outbox?to=${encodeURIComponent(to)}&limit=1`
  const deadline = Date.now() + ARRIVAL_MS_MAX
  while (Date.now() < deadline) {
    const { items } = await callerOf(world.sandbox, null).call<Outbox>('GET', path)
    const code = items.find((message) => message.to === to && message.at >= since)?.code
    if (code) return code
    await sleep(ASK_AGAIN_MS)
  }
  throw new Error(`no code has reached ${to}`)
}

/** The outbox and we read the same clock, but not in the same millisecond. */
export function justNow(): string {
  return new Date(Date.now() - 1_000).toISOString()
}

async function personOf(world: World, token: string): Promise<Person> {
  const caller = callerOf(world.origin, token)
  return { ...caller, token, me: await caller.call<Me>('GET', '/v1/me') }
}

/** Asks for a code, reads it from the sandbox's outbox and hands it in. */
async function proveAddress(
  world: World,
  caller: Caller,
  route: string,
  to: string,
  named: Record<string, string>,
): Promise<Response> {
  let since = ''
  await sendCode(to, () => {
    since = justNow()
    return caller.call('POST', `${route}/send`, named)
  })
  const code = await arrivedCode(world, to, since)
  return caller.send('POST', `${route}/verify`, { ...named, code })
}

/** Signs a shopper in by the code of an SMS; a new phone gets an account. */
export async function signInShopper(world: World, phone: string): Promise<Person> {
  const nobody = callerOf(world.origin, null)
  const answer = await proveAddress(world, nobody, '/v1/auth/phone', phone, { phone })
  const { token } = (await answer.json()) as SignedIn
  return personOf(world, token)
}

/** Gives the two consents without which no receipt is taken. */
export async function consent(shopper: Person): Promise<void> {
  const items = CONSENTS_REQUIRED.map((purpose) => {
    return { purpose, granted: true, textVersion: CONSENT_VERSIONS[purpose] }
  })
  await shopper.call('PUT', '/v1/me/consents', { items })
}

/** Signs staff in: the mailed code, then the code of the sandbox's authenticator. */
export async function signInStaff(world: World, email: string): Promise<Person> {
  const nobody = callerOf(world.origin, null)
  const answer = await proveAddress(world, nobody, '/v1/auth/mail', email, { email })
  const { token, me } = (await answer.json()) as SignedIn
  const caller = callerOf(world.origin, token)
  const proven = me.secondFactor.enrolled
    ? await proveFactor(world, caller, email)
    : await enrolFactor(world, caller)
  return personOf(world, proven.headers.get('set-auth-token') ?? token)
}

/** Puts the account into the sandbox's authenticator, as a person scans the QR code. */
async function enrolFactor(world: World, caller: Caller): Promise<Response> {
  const { uri } = await caller.call<{ uri: string }>('POST', '/v1/auth/second-factor/enrol', {})
  const phone = callerOf(world.sandbox, null)
  const { code } = await phone.call<{ code: string }>('POST', '/api/authenticator', { text: uri })
  return caller.send('POST', '/v1/auth/second-factor/verify', { code })
}

async function proveFactor(world: World, caller: Caller, email: string): Promise<Response> {
  type Codes = { items: { label: string; code: string; secondsLeft: number }[] }
  const path = `/api/authenticator?account=${encodeURIComponent(email)}`
  for (let tries = 3; ; tries -= 1) {
    const { items } = await callerOf(world.sandbox, null).call<Codes>('GET', path)
    const shown = items.find((account) => account.label === email)
    if (!shown) throw new Error(`the sandbox's authenticator does not know ${email}`)
    try {
      return await caller.send('POST', '/v1/auth/second-factor/verify', { code: shown.code })
    } catch (error) {
      const isUsed = error instanceof CallFailed && error.code === 'second_factor_invalid'
      if (!isUsed || tries <= 1) throw error
      await sleep(Math.min(STEP_MS, shown.secondsLeft * 1_000 + 500))
    }
  }
}
