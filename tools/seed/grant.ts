import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { getPlatformProxy } from 'wrangler'
import { makeId } from '#schema/id'
import type { Database } from '#worker/members/database'
import { grantOperator } from '#worker/members/staff.d1'
import { ROOT } from '../local/place.ts'
import { OPERATORS } from './people.ts'

/**
 * `node tools/seed/grant.ts STATE AT` gives the operator's first people their roles, straight in
 * the local database: nobody is there yet who could invite them. A program of its own, because the
 * platform's proxy warns at length about the objects that it does not run.
 */
const [state, at] = process.argv.slice(2)
if (state === undefined || at === undefined) throw new Error('name the state and the time')

const platform = await getPlatformProxy<{ DB: Database }>({
  configPath: path.join(ROOT, 'wrangler.toml'),
  persist: { path: path.join(state, 'v3') },
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
