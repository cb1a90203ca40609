import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { getPlatformProxy } from 'wrangler'
import { makeId } from '#schema/id'
import type { Database } from '#worker/members/database'
import { grantOperator } from '#worker/members/staff.d1'
import { stateOf } from '../local/network.ts'
import { type Place, ROOT } from '../local/place.ts'
import { OPERATORS } from './people.ts'

/**
 * Gives the operator's first people their roles, straight in the database of a place whose Workers
 * do not run: nobody is there yet who could invite them.
 */
export async function grantFirstOperators(place: Place, at: string): Promise<void> {
  const platform = await getPlatformProxy<{ DB: Database }>({
    configPath: path.join(ROOT, 'wrangler.toml'),
    persist: { path: path.join(stateOf(place), 'v3') },
    remoteBindings: false,
  })
  try {
    for (const { email, role } of OPERATORS) {
      const newUserId = makeId('user', randomBytes(20))
      await grantOperator(platform.env.DB, { email, role, newUserId, at })
    }
  } finally {
    await platform.dispose()
  }
}
