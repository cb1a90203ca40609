import {
  CONSENT_PURPOSES,
  CONSENT_VERSIONS,
  CONSENTS_REQUIRED,
  type Consent,
  type ConsentAnswer,
  type ConsentPurpose,
} from '#schema/member'
import { Refusal } from '../http/problem.ts'
import type { Database, Statement } from './database.ts'

interface ConsentRow {
  purpose: ConsentPurpose
  granted: number
  text_version: string
  at: string
}

const LATEST = `SELECT purpose, granted, text_version, at FROM consent_log
  WHERE id IN (SELECT MAX(id) FROM consent_log WHERE user_id = ? GROUP BY purpose)`

/** Where each consent stands: the last answer, or never asked. */
export async function readConsents(db: Database, userId: string): Promise<Consent[]> {
  const { results } = await db.prepare(LATEST).bind(userId).all<ConsentRow>()
  const answers = new Map(results.map((row) => [row.purpose, row]))
  return CONSENT_PURPOSES.map((purpose) => {
    const answer = answers.get(purpose)
    return {
      purpose,
      required: CONSENTS_REQUIRED.includes(purpose),
      granted: answer?.granted === 1,
      textVersion: answer?.text_version ?? null,
      currentVersion: CONSENT_VERSIONS[purpose],
      changedAt: answer?.at ?? null,
    }
  })
}

/** Whether the person has agreed to the texts in force without which no receipt is taken. */
export async function hasRequiredConsents(db: Database, userId: string): Promise<boolean> {
  const consents = await readConsents(db, userId)
  return consents
    .filter((consent) => consent.required)
    .every((consent) => consent.granted && consent.textVersion === consent.currentVersion)
}

interface ConsentOrigin {
  ip: string | null
  at: string
}

/**
 * Appends the answers that change something, with text version, time and address.
 * Refuses with `consent_text_outdated` or `consent_required`.
 */
export async function answerConsents(
  db: Database,
  userId: string,
  answers: readonly ConsentAnswer[],
  origin: ConsentOrigin,
): Promise<Consent[]> {
  for (const answer of answers) refuseWrongAnswer(answer)
  const before = await readConsents(db, userId)
  const changes = answers.filter((answer) => {
    const stands = before.find((consent) => consent.purpose === answer.purpose)
    return stands?.granted !== answer.granted || stands.textVersion !== answer.textVersion
  })
  const statements = changes.flatMap((answer) => appended(db, userId, answer, origin))
  if (statements.length > 0) await db.batch(statements)
  return readConsents(db, userId)
}

function refuseWrongAnswer(answer: ConsentAnswer): void {
  const { purpose, granted, textVersion } = answer
  const currentVersion = CONSENT_VERSIONS[purpose]
  if (textVersion !== currentVersion) {
    throw new Refusal('consent_text_outdated', { purpose, currentVersion })
  }
  if (!granted && CONSENTS_REQUIRED.includes(purpose)) {
    throw new Refusal('consent_required', { purpose })
  }
}

function appended(
  db: Database,
  userId: string,
  { purpose, granted, textVersion }: ConsentAnswer,
  { ip, at }: ConsentOrigin,
): Statement[] {
  const answer = db
    .prepare(
      `INSERT INTO consent_log (user_id, purpose, granted, text_version, at)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .bind(userId, purpose, granted ? 1 : 0, textVersion, at)
  if (ip === null) return [answer]
  const address = db
    .prepare(
      `INSERT INTO consent_addresses (consent_id, user_id, ip)
       VALUES (last_insert_rowid(), ?, ?)`,
    )
    .bind(userId, ip)
  return [answer, address]
}
