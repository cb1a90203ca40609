/**
 * Exact limits on codes, attempts and accounts. Pure: facts and the time in, a verdict out; the
 * Limiter object keeps the facts and applies the verdict in one transaction.
 */

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long a code lives and how many guesses it stands. */
export const CODE_MS = 5 * MINUTE_MS
const CODE_ATTEMPTS_MAX = 5

type LimitCode =
  | 'code_resend_too_soon'
  | 'code_sends_exhausted'
  | 'code_attempts_exhausted'
  | 'device_accounts_exhausted'
  | 'invitations_exhausted'
  | 'requests_exhausted'

/** At most `max` events in any `windowMs`; over it, refused with `code`. */
interface Window {
  max: number
  windowMs: number
  code: LimitCode
}

export const LIMITS = {
  /** Codes sent to one phone or address. */
  code_send: [
    { max: 1, windowMs: 60 * SECOND_MS, code: 'code_resend_too_soon' },
    { max: 5, windowMs: HOUR_MS, code: 'code_sends_exhausted' },
    { max: 10, windowMs: DAY_MS, code: 'code_sends_exhausted' },
  ],
  /** Wrong codes for one phone or address, over all its codes. */
  code_failure: [{ max: 10, windowMs: HOUR_MS, code: 'code_attempts_exhausted' }],
  /** Codes asked for from one network address: carriers put thousands of people behind one. */
  network_send: [
    { max: 1_000, windowMs: HOUR_MS, code: 'code_sends_exhausted' },
    { max: 5_000, windowMs: DAY_MS, code: 'code_sends_exhausted' },
  ],
  /** New shopper accounts from one device. */
  device_account: [{ max: 3, windowMs: 30 * DAY_MS, code: 'device_accounts_exhausted' }],
  /** Invitations that one partner sends: each is a mail to a stranger. */
  invitation: [{ max: 50, windowMs: DAY_MS, code: 'invitations_exhausted' }],
  /** Batches of sales that one key sends: a shop with a dozen tills sends one a sale. */
  sales_batch: [{ max: 120, windowMs: MINUTE_MS, code: 'requests_exhausted' }],
  /** Guesses of the second factor that have not succeeded. */
  factor_attempt: [{ max: 10, windowMs: HOUR_MS, code: 'code_attempts_exhausted' }],
} as const satisfies Record<string, readonly Window[]>

export type LimitName = keyof typeof LIMITS

/** Facts older than this matter to no limit. */
export const FACTS_MS_MAX = 30 * DAY_MS

export type Verdict =
  | { allowed: true }
  /** `retryAt`: ms since the epoch, the first moment at which the same request would pass. */
  | { allowed: false; code: LimitCode; retryAt: number }

const ALLOWED: Verdict = { allowed: true }

/** How long events of a limit matter to it, ms. */
export function windowMsOf(name: LimitName): number {
  return Math.max(...LIMITS[name].map(({ windowMs }) => windowMs))
}

/** May one more event happen now? `times` are the earlier events, ms, in any order. */
export function judgeLimit(name: LimitName, times: readonly number[], now: number): Verdict {
  let verdict: Verdict = ALLOWED
  for (const { max, windowMs, code } of LIMITS[name]) {
    const recent = times.filter((at) => at > now - windowMs).sort((a, b) => a - b)
    const oldestCounted = recent.at(-max)
    if (oldestCounted === undefined) continue
    const retryAt = oldestCounted + windowMs
    if (verdict.allowed || retryAt > verdict.retryAt) verdict = { allowed: false, code, retryAt }
  }
  return verdict
}

/** A send that was counted says when the next one would pass, ms. */
export type SendVerdict = { allowed: true; resendAt: number } | Extract<Verdict, { allowed: false }>

/** A code that has left. `digest` is keyed: the code itself is stored nowhere. */
export interface IssuedCode {
  digest: string
  expiresAt: number
  attempts: number
}

interface CodeFacts {
  code: IssuedCode | null
  /** Times of wrong codes, ms. */
  failures: readonly number[]
  /** Times of sends, ms. */
  sends: readonly number[]
}

export type GuessVerdict =
  | { outcome: 'right' }
  | { outcome: 'wrong'; attemptsLeft: number }
  | { outcome: 'expired' }
  | { outcome: 'exhausted'; retryAt: number }

/** Judges one guess. An exhausted code stays dead; the next one may be asked for at `retryAt`. */
export function judgeGuess(facts: CodeFacts, digest: string, now: number): GuessVerdict {
  const failures = judgeLimit('code_failure', facts.failures, now)
  if (!failures.allowed) return { outcome: 'exhausted', retryAt: failures.retryAt }
  const { code } = facts
  if (code === null || code.expiresAt <= now) return { outcome: 'expired' }
  if (code.attempts >= CODE_ATTEMPTS_MAX) {
    const next = judgeLimit('code_send', facts.sends, now)
    return { outcome: 'exhausted', retryAt: next.allowed ? now : next.retryAt }
  }
  if (code.digest === digest) return { outcome: 'right' }
  return { outcome: 'wrong', attemptsLeft: CODE_ATTEMPTS_MAX - code.attempts - 1 }
}

/** What a code is for; one purpose's code never passes for another's. */
export type CodePurpose = 'sign_in' | 'reauthenticate' | 'phone_change'

/**
 * The counter of one key: `phone:<e164>`, `mail:<address>`, `device:<id>`, `ip:<address>`,
 * `staff:<userId>`, `partner:<id>` or `key:<id>`. Each call is one transaction. Times are ms since
 * the epoch.
 */
export interface LimiterPort {
  /** Counts a send and replaces the purpose's code, or refuses and changes nothing. */
  issueCode(purpose: CodePurpose, digest: string, now: number): Promise<SendVerdict>
  /** Judges a guess; a right one uses the code up. */
  tryCode(purpose: CodePurpose, digest: string, now: number): Promise<GuessVerdict>
  /** Counts one event under a limit, or refuses and changes nothing. */
  admit(name: LimitName, now: number): Promise<Verdict>
  /** Forgets the events of a limit: the attempt that followed was right. */
  forgive(name: LimitName): Promise<void>
  /** True for the first caller with this digest until `expiresAt`. */
  spend(digest: string, expiresAt: number, now: number): Promise<boolean>
}

export type LimiterOf = (key: string) => LimiterPort
