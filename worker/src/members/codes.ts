import { makeId } from '#schema/id'
import type { Locale } from '#schema/market'
import { CODE_DIGITS, type CodeSent } from '#schema/member'
import { Refusal } from '../http/problem.ts'
import { CODE_MS, type CodePurpose, type Verdict } from './limits.ts'
import { codeMail, codeSms } from './messages.ts'
import { maskMail, maskPhone } from './phone.ts'
import type { MemberPorts } from './ports.ts'

/** Where a code goes: a phone (E.164) or a mail address. */
export type Destination = { channel: 'phone' | 'mail'; to: string }

type CodePorts = Pick<
  MemberPorts,
  'limiter' | 'sendSms' | 'sendMail' | 'secret' | 'baseUrl' | 'random'
>

interface CodeRequest {
  destination: Destination
  purpose: CodePurpose
  locale: Locale
  /** Network address, when known. */
  ip: string | null
  nowMs: number
}

/**
 * Sends a code, within the limits of the network address and of the phone or mail.
 * Refuses with `code_resend_too_soon`, `code_sends_exhausted` or `upstream_unavailable`.
 */
export async function sendCode(ports: CodePorts, request: CodeRequest): Promise<CodeSent> {
  const { destination, purpose, locale, ip, nowMs } = request
  if (ip !== null) refuseUnless(await ports.limiter(`ip:${ip}`).admit('network_send', nowMs))
  const code = makeCode(ports.random)
  const digest = await digestOf(ports.secret, destination, purpose, code)
  const verdict = await ports.limiter(keyOf(destination)).issueCode(purpose, digest, nowMs)
  if (!verdict.allowed) throw refusalOf(verdict)
  await deliver(ports, destination, purpose, locale, code)
  return {
    to: destination.channel === 'phone' ? maskPhone(destination.to) : maskMail(destination.to),
    resendAt: iso(verdict.resendAt),
    expiresAt: iso(nowMs + CODE_MS),
  }
}

/** Uses a code up. Refuses with `code_invalid`, `code_expired` or `code_attempts_exhausted`. */
export async function proveCode(
  ports: Pick<MemberPorts, 'limiter' | 'secret'>,
  destination: Destination,
  purpose: CodePurpose,
  code: string,
  nowMs: number,
): Promise<void> {
  const digest = await digestOf(ports.secret, destination, purpose, code)
  const verdict = await ports.limiter(keyOf(destination)).tryCode(purpose, digest, nowMs)
  if (verdict.outcome === 'right') return
  if (verdict.outcome === 'expired') throw new Refusal('code_expired')
  if (verdict.outcome === 'wrong') {
    throw new Refusal('code_invalid', { attemptsLeft: verdict.attemptsLeft })
  }
  throw new Refusal('code_attempts_exhausted', { retryAt: iso(verdict.retryAt) })
}

/** Throws the refusal that a limit's verdict stands for. */
export function refuseUnless(verdict: Verdict): void {
  if (!verdict.allowed) throw refusalOf(verdict)
}

/** HMAC-SHA-256 in hex: what is kept instead of a code. */
export async function keyedDigest(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ])
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function refusalOf(verdict: Extract<Verdict, { allowed: false }>): Refusal {
  return new Refusal(verdict.code, { retryAt: iso(verdict.retryAt) })
}

async function deliver(
  ports: CodePorts,
  { channel, to }: Destination,
  purpose: CodePurpose,
  locale: Locale,
  code: string,
): Promise<void> {
  const id = makeId('message', ports.random(20))
  try {
    if (channel === 'phone') {
      await ports.sendSms({ id, to, text: codeSms(purpose, code, locale, ports.baseUrl) })
    } else {
      await ports.sendMail({ id, to, ...codeMail(code, locale) })
    }
  } catch (cause) {
    throw new Refusal('upstream_unavailable', {}, cause)
  }
}

/** The largest multiple of a million below 2^32: above it a remainder would favour low codes. */
const FAIR_BELOW = 4_294_000_000

function makeCode(random: (bytes: number) => Uint8Array): string {
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = random(4)
    const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
    if (value < FAIR_BELOW) return String(value % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0')
  }
}

function keyOf({ channel, to }: Destination): string {
  return `${channel}:${to}`
}

function digestOf(
  secret: string,
  destination: Destination,
  purpose: CodePurpose,
  code: string,
): Promise<string> {
  return keyedDigest(secret, `${keyOf(destination)}|${purpose}|${code}`)
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
