import type { SessionRead } from '../http/actor.ts'
import { createRouter } from '../http/route.ts'
import type { Auth } from './auth.ts'
import type { Database } from './database.ts'
import { meRoutes } from './me-routes.ts'
import { readIdentity } from './people.d1.ts'
import type { MemberPorts } from './ports.ts'
import { securityRoutes } from './security-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { staffRoutes } from './staff-routes.ts'

/** All routes about people. */
export function memberRoutes(ports: MemberPorts) {
  return createRouter()
    .route('/', signInRoutes(ports))
    .route('/', meRoutes(ports))
    .route('/', securityRoutes(ports))
    .route('/', staffRoutes(ports))
}

/** Reads who sent a request, from its cookie or bearer token; for `identified()`. */
export async function readSender(auth: Auth, db: Database, headers: Headers): Promise<SessionRead> {
  const session = await auth.readSession(headers)
  if (session === null) return { identity: null, cookies: [] }
  return { identity: await readIdentity(db, session), cookies: session.cookies }
}
