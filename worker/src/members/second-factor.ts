import type { Identity } from '../http/actor.ts'
import { Refusal } from '../http/problem.ts'
import { type Doer, recordAction } from '../partners/staff-actions.d1.ts'
import type { FactorAnswer, FactorPassed } from './auth.ts'
import { keyedDigest, refuseUnless } from './codes.ts'
import { logged } from './people.d1.ts'
import type { MemberPorts } from './ports.ts'

/** Longer than the steps (30 s each, one on either side) in which an authenticator code passes. */
const CODE_REUSE_MS = 3 * 60 * 1000

type FactorPorts = Pick<MemberPorts, 'auth' | 'db' | 'limiter' | 'secret'>

interface Enrolment {
  uri: string
  /** Base 32, for typing. */
  secret: string
  backupCodes: string[]
}

/** Makes a new authenticator secret; it counts once a code of it has been proven. */
export async function enrolFactor(
  ports: Pick<MemberPorts, 'auth'>,
  headers: Headers,
): Promise<Enrolment> {
  const { uri, backupCodes } = unwrap(await ports.auth.enrolFactor(headers))
  const secret = new URL(uri).searchParams.get('secret')
  if (secret === null) throw new Error('an otpauth link without a secret')
  return { uri, secret, backupCodes }
}

interface FactorProof {
  secondFactorAt: string
  cookies: readonly string[]
  /** A new bearer token, when the session was rotated. */
  token: string | null
}

/**
 * Proves the second factor for this session, by the authenticator's code or by a backup code.
 * Refuses with `second_factor_invalid`, `second_factor_not_enrolled`, `code_attempts_exhausted`.
 */
export async function proveFactor(
  ports: FactorPorts,
  identity: Identity,
  proof: { method: 'totp' | 'backup'; code: string },
  request: { headers: Headers; nowMs: number },
): Promise<FactorProof> {
  const { headers, nowMs } = request
  // Backup codes of an enrolment that was never finished prove nothing.
  if (proof.method === 'backup' && !identity.secondFactorEnrolled) {
    throw new Refusal('second_factor_not_enrolled')
  }
  const limiter = ports.limiter(`staff:${identity.userId}`)
  refuseUnless(await limiter.admit('factor_attempt', nowMs))
  const verify = proof.method === 'totp' ? ports.auth.verifyTotp : ports.auth.verifyBackupCode
  const passed = unwrap(await verify(proof.code, headers))
  // RFC 6238, 5.2: a code that was accepted once is not accepted again.
  const digest = await keyedDigest(ports.secret, `factor|${proof.code}`)
  if (!(await limiter.spend(digest, nowMs + CODE_REUSE_MS, nowMs))) {
    throw new Refusal('second_factor_invalid')
  }
  await limiter.forgive('factor_attempt')
  const secondFactorAt = new Date(nowMs).toISOString()
  await markSession(ports, identity, passed, secondFactorAt)
  return { secondFactorAt, cookies: passed.cookies, token: passed.rotatedToken }
}

/** better-auth opens a new session at the first proof; the mark goes to the one that lives on. */
async function markSession(
  { db }: FactorPorts,
  identity: Identity,
  passed: FactorPassed,
  at: string,
): Promise<void> {
  const token = passed.rotatedToken?.split('.')[0] ?? identity.sessionToken
  const mark = db
    .prepare('UPDATE sessions SET second_factor_at = ? WHERE token = ?')
    .bind(at, token)
  const firstProof = passed.rotatedToken !== null
  await db.batch(
    firstProof ? [mark, logged(db, identity.userId, 'second_factor_enrolled', at)] : [mark],
  )
}

/**
 * Forgets the authenticator, so that another can be set up: for whoever got in by a backup code.
 * Every session of the person has to prove the new one.
 */
export async function resetFactor({ db }: Pick<MemberPorts, 'db'>, doer: Doer): Promise<void> {
  const { actorId } = doer
  const action = { ...doer, partnerId: null, action: 'second_factor.reset', detail: '' }
  await db.batch([
    db.prepare('DELETE FROM two_factors WHERE user_id = ?').bind(actorId),
    db.prepare('UPDATE users SET two_factor_enabled = 0 WHERE id = ?').bind(actorId),
    db.prepare('UPDATE sessions SET second_factor_at = NULL WHERE user_id = ?').bind(actorId),
    recordAction(db, { ...action, subject: actorId }),
  ])
}

function unwrap<Value>(answer: FactorAnswer<Value>): Value {
  if (!answer.ok) throw new Refusal(answer.code)
  return answer.value
}
