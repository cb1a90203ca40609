import type { KeyId, KeyRing, RegisteredKey } from '#fiscal/signature/key-ring'
import type { Database } from '../members/database.ts'

/** The register of tills' keys and certificates as verification reads it. */

type KeyRow = {
  key: string
  validFrom: string | null
  validUntil: string | null
  revokedAt: string | null
  registeredBy: string
  taxNumber: string | null
}

/** Keys that somebody at the network has checked: asking for one does not make it count. */
const FIND = `SELECT key, valid_from AS validFrom, valid_until AS validUntil,
    revoked_at AS revokedAt, registered_by AS registeredBy, tax_number AS taxNumber
  FROM fiscal_keys LEFT JOIN partners ON partners.id = partner_id
  WHERE country = ? AND provider = ? AND key_id = ?
    AND fiscal_keys.state IN ('registered', 'revoked')`

async function findKey(db: Database, { country, id, provider }: KeyId): Promise<KeyRow | null> {
  return db
    .prepare(FIND)
    .bind(country, provider ?? '', id)
    .first<KeyRow>()
}

export function keyRing(db: Database): KeyRing {
  return {
    async find(id) {
      const row = await findKey(db, id)
      return row && registeredKey(row)
    },
  }
}

function registeredKey({
  key,
  validFrom,
  validUntil,
  revokedAt,
  registeredBy,
}: KeyRow): RegisteredKey {
  const isJwk = key.trimStart().startsWith('{')
  return {
    key: isJwk ? (JSON.parse(key) as Extract<RegisteredKey['key'], object>) : key,
    validFrom,
    validUntil,
    revokedAt,
    registeredBy,
  }
}

/** The tax number of the partner whose tills sign with a key; null for nobody's. */
export async function ownerOfKey(db: Database, id: KeyId): Promise<string | null> {
  return (await findKey(db, id))?.taxNumber ?? null
}
