import { CONSENT_VERSIONS, CONSENTS_REQUIRED, type Me } from '#schema/member'
import { sleep } from '../seed/caller.ts'
import { arrivedCode, justNow, sendCode } from '../seed/sign-in.ts'
import { field, press, see } from './acts.ts'
import { addAuthenticator, authenticatorCode } from './outside.ts'
import type { Stage, Visitor } from './stage.ts'
import { WORDS } from './words.ts'

const { shop, desk } = WORDS

/** Another first number each time, so that a network that still runs does not know it. */
let latest = Date.now() % 10_000_000
/** A phone that nobody of this run has. */
export function newPhone(prefix = '+7900'): string {
  latest = (latest + 1) % 10_000_000
  return `${prefix}${String(latest).padStart(7, '0')}`
}

const national = (phone: string) => phone.slice(2)

/** Presses what sends a code, as soon as one may be sent again, and answers the code that arrives. */
export async function codeAfter(
  stage: Stage,
  to: string,
  send: () => Promise<unknown>,
): Promise<string> {
  let since = ''
  await sendCode(to, () => {
    since = justNow()
    return send()
  })
  return arrivedCode(stage.network, to, since)
}

/** On the sign-in page: the phone, the code of the message. */
export async function signInByPhone(stage: Stage, { page }: Visitor, phone: string) {
  await field(page, shop.signIn.phone).fill(national(phone))
  const code = await codeAfter(stage, phone, () => press(page, shop.signIn.getCode))
  await field(page, shop.signIn.code).fill(code)
}

/** Calls the API with the visitor's cookies, as its page would. */
export async function call<Answer>(
  { context }: Visitor,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  data?: unknown,
): Promise<Answer> {
  const response = await context.request.fetch(path, {
    method,
    ...(data === undefined ? {} : { data }),
    headers: { 'content-type': 'application/json' },
  })
  const text = await response.text()
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as Answer
}

/** Signs a shopper in beside the screens, with the consents given: for journeys about other things. */
export async function enterShopper(stage: Stage, visitor: Visitor, phone: string): Promise<Me> {
  const code = await codeAfter(stage, phone, () =>
    call(visitor, 'POST', '/v1/auth/phone/send', { phone }),
  )
  await call(visitor, 'POST', '/v1/auth/phone/verify', { phone, code })
  const items = CONSENTS_REQUIRED.map((purpose) => {
    return { purpose, granted: true, textVersion: CONSENT_VERSIONS[purpose] }
  })
  await call(visitor, 'PUT', '/v1/me/consents', { items })
  return call<Me>(visitor, 'GET', '/v1/me')
}

/** Signs staff in beside the screens: the mailed code, then the authenticator. */
async function enterStaff(stage: Stage, visitor: Visitor, email: string): Promise<Me> {
  const code = await codeAfter(stage, email, () =>
    call(visitor, 'POST', '/v1/auth/mail/send', { email }),
  )
  type SignedIn = { me: Me }
  const body = { email, code }
  const { me } = await call<SignedIn>(visitor, 'POST', '/v1/auth/mail/verify', body)
  if (!me.secondFactor.enrolled) {
    const path = '/v1/auth/second-factor/enrol'
    const { uri } = await call<{ uri: string }>(visitor, 'POST', path, {})
    const first = await addAuthenticator(stage.network.sandbox, uri, email)
    await call(visitor, 'POST', '/v1/auth/second-factor/verify', { code: first })
  } else await proveFactor(stage, visitor, email)
  return call<Me>(visitor, 'GET', '/v1/me')
}

const entered = new Map<string, Promise<Cookies>>()
type Cookies = Awaited<ReturnType<Visitor['context']['cookies']>>

/** The same person of the staff at one more screen: signed in once for all journeys of a run. */
export async function enterDesk(stage: Stage, visitor: Visitor, email: string): Promise<void> {
  const cookies = entered.get(email) ?? signIn()
  entered.set(email, cookies)
  await visitor.context.addCookies(await cookies)

  async function signIn(): Promise<Cookies> {
    await enterStaff(stage, visitor, email)
    return visitor.context.cookies()
  }
}

/** A code of the authenticator passes once; the next one comes within half a minute. */
const FACTOR_TRIES = 7
const FACTOR_PAUSE_MS = 5_000

async function proveFactor(stage: Stage, visitor: Visitor, email: string): Promise<void> {
  for (let left = FACTOR_TRIES; ; left -= 1) {
    const code = await authenticatorCode(stage.network.sandbox, email)
    const path = '/v1/auth/second-factor/verify'
    const answer = await visitor.context.request.post(path, { data: { code } })
    if (answer.ok()) return
    if (left <= 1) throw new Error(`the second factor of ${email} answers ${answer.status()}`)
    await sleep(FACTOR_PAUSE_MS)
  }
}

/** On the staff's sign-in page: the address and the code of the letter. */
export async function signInByMail(stage: Stage, { page }: Visitor, email: string) {
  await field(page, desk.signIn.email).fill(email)
  const code = await codeAfter(stage, email, () => press(page, desk.signIn.send))
  await field(page, desk.signIn.code).fill(code)
}

/** On the page after it, at the first sign-in: the account goes into the authenticator. */
export async function enrolByScreen(stage: Stage, { page }: Visitor, email: string) {
  await see(page, desk.factor.enrolTitle)
  const secret = ((await page.locator('code').first().textContent()) ?? '').replace(/\s/g, '')
  const code = await addAuthenticator(stage.network.sandbox, secret, email)
  await page.getByLabel(desk.factor.backupKept).check()
  await field(page, desk.factor.enrolCode).fill(code)
}
