import { betterAuth } from 'better-auth'
import { createAuthEndpoint, isAPIError } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { bearer, twoFactor } from 'better-auth/plugins'
import { z } from 'zod'
import type { Database } from './database.ts'

/**
 * better-auth as a library: sessions, their cookies and bearer tokens, the authenticator app. Its
 * own HTTP handler is not mounted; our routes call it (docs/decisions/0003-better-auth.md).
 */

/** A session lives this long after its last use, seconds. */
const SESSION_SECONDS = 60 * 60 * 24 * 60
/** Its end is moved at most once in this time, seconds. */
const SESSION_RENEWAL_SECONDS = 60 * 60 * 24

interface AuthConfig {
  db: Database
  /** The public origin; cookies are Secure when it is https. */
  baseUrl: string
  /** At least 32 characters; signs cookies and encrypts authenticator secrets. */
  secret: string
  /** Random lower-case text for ids of sessions and factors. */
  newId: () => string
  /**
   * Compares the tables with what better-auth writes before the first use. Tests do; in service it
   * would cost every new isolate a dozen queries for an answer that a release cannot change.
   */
  checkSchema: boolean
}

/** A session that was opened or changed: headers to hand to the browser, and its signed token. */
export interface OpenedSession {
  cookies: readonly string[]
  token: string
}

export interface AuthSession {
  userId: string
  sessionId: string
  token: string
  createdAt: string
  cookies: readonly string[]
}

type FactorRefusal =
  | 'second_factor_invalid'
  | 'second_factor_enrolled'
  | 'second_factor_not_enrolled'

export type FactorAnswer<Value> = { ok: true; value: Value } | { ok: false; code: FactorRefusal }

export interface FactorPassed {
  /** Empty unless the session was rotated. */
  cookies: readonly string[]
  /** The signed token of the session that passed, when it was rotated. */
  rotatedToken: string | null
}

/** Everything the rest of the application asks of better-auth. */
export interface Auth {
  /** Resolves when better-auth has set itself up; to be awaited where it was created. */
  ready(): Promise<void>
  openSession(userId: string, deviceId: string | null, headers: Headers): Promise<OpenedSession>
  readSession(headers: Headers): Promise<AuthSession | null>
  /** Ends the session of the request; answers the cookies that clear it. */
  signOut(headers: Headers): Promise<readonly string[]>
  enrolFactor(headers: Headers): Promise<FactorAnswer<{ uri: string; backupCodes: string[] }>>
  verifyTotp(code: string, headers: Headers): Promise<FactorAnswer<FactorPassed>>
  verifyBackupCode(code: string, headers: Headers): Promise<FactorAnswer<FactorPassed>>
}

/** Builds the adapter; one per isolate is enough. */
export function createAuth(config: AuthConfig): Auth {
  const { api, $context } = createBetterAuth(config)
  return {
    async ready() {
      await $context
    },
    async openSession(userId, deviceId, headers) {
      const answer = await api.openSession({
        body: { userId, deviceId },
        headers,
        returnHeaders: true,
      })
      return { cookies: answer.headers.getSetCookie(), token: signedToken(answer.headers) }
    },
    async readSession(headers) {
      const answer = await api.getSession({ headers, returnHeaders: true })
      const found = answer.response
      if (!found) return null
      return {
        userId: found.user.id,
        sessionId: found.session.id,
        token: found.session.token,
        createdAt: new Date(found.session.createdAt).toISOString(),
        cookies: answer.headers.getSetCookie(),
      }
    },
    async signOut(headers) {
      const answer = await api.signOut({ headers, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
    enrolFactor: (headers) =>
      answered(async () => {
        const answer = await api.enableTwoFactor({ body: { method: 'totp' }, headers })
        if (answer.method !== 'totp') throw new Error('an authenticator app was asked for')
        return { uri: answer.totpURI, backupCodes: answer.backupCodes }
      }),
    verifyTotp: (code, headers) =>
      answered(async () => {
        const answer = await api.verifyTOTP({ body: { code }, headers, returnHeaders: true })
        return passed(answer.headers)
      }),
    verifyBackupCode: (code, headers) =>
      answered(async () => {
        const body = { code, disableSession: true }
        const answer = await api.verifyBackupCode({ body, headers, returnHeaders: true })
        return passed(answer.headers)
      }),
  }
}

function createBetterAuth(config: AuthConfig) {
  return betterAuth({
    appName: 'Kopilka',
    baseURL: config.baseUrl,
    basePath: '/v1/auth',
    secret: config.secret,
    database: config.db,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    user: USER_FIELDS,
    session: SESSION_FIELDS,
    account: ACCOUNT_FIELDS,
    verification: VERIFICATION_FIELDS,
    advanced: {
      cookiePrefix: 'kopilka',
      useSecureCookies: config.baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
      database: {
        validateSchema: config.checkSchema,
        generateId: ({ model }) => `${model.slice(0, 3).toLowerCase()}_${config.newId()}`,
      },
    },
    plugins: [
      bearer({ requireSignature: true }),
      twoFactor({ issuer: 'Kopilka', allowPasswordless: true, schema: TWO_FACTOR_FIELDS }),
      codeSessions(),
    ],
  })
}

/** Opens a session for somebody who has proven a code; the server alone can call it. */
function codeSessions() {
  const body = z.object({ userId: z.string(), deviceId: z.string().nullable() })
  return {
    id: 'code-sessions',
    endpoints: {
      openSession: createAuthEndpoint.serverOnly({ method: 'POST', body }, async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (!user) throw new Error(`no user ${ctx.body.userId} to open a session for`)
        const session = await internalAdapter.createSession(user.id, false, {
          deviceId: ctx.body.deviceId,
        })
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ status: true })
      }),
    },
  }
}

function signedToken(headers: Headers): string {
  const token = headers.get('set-auth-token')
  if (token === null) throw new Error('a session was opened without a token')
  return decodeURIComponent(token)
}

function passed(headers: Headers): FactorPassed {
  const rotated = headers.get('set-auth-token')
  return {
    cookies: headers.getSetCookie(),
    rotatedToken: rotated === null ? null : decodeURIComponent(rotated),
  }
}

const FACTOR_REFUSALS: Readonly<Record<string, FactorRefusal>> = {
  INVALID_CODE: 'second_factor_invalid',
  INVALID_BACKUP_CODE: 'second_factor_invalid',
  TOTP_ALREADY_ENABLED: 'second_factor_enrolled',
  TOTP_NOT_ENABLED: 'second_factor_not_enrolled',
  BACKUP_CODES_NOT_ENABLED: 'second_factor_not_enrolled',
}

/** Turns better-auth's expected refusals into values; anything else is a bug and is thrown. */
async function answered<Value>(call: () => Promise<Value>): Promise<FactorAnswer<Value>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    if (isAPIError(error)) {
      // A backup code that a racing request used first.
      if (error.status === 'CONFLICT') return { ok: false, code: 'second_factor_invalid' }
      const code = FACTOR_REFUSALS[error.body?.code ?? '']
      if (code) return { ok: false, code }
    }
    throw error
  }
}

const USER_FIELDS = {
  modelName: 'users',
  fields: {
    emailVerified: 'email_verified',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  additionalFields: { kind: { type: 'string', required: true, input: false } },
} as const

const SESSION_FIELDS = {
  modelName: 'sessions',
  expiresIn: SESSION_SECONDS,
  updateAge: SESSION_RENEWAL_SECONDS,
  fields: {
    userId: 'user_id',
    ipAddress: 'ip',
    userAgent: 'user_agent',
    expiresAt: 'expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  additionalFields: {
    deviceId: { type: 'string', required: false, input: false, fieldName: 'device_id' },
  },
} as const

const ACCOUNT_FIELDS = {
  modelName: 'accounts',
  fields: {
    userId: 'user_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
} as const

const VERIFICATION_FIELDS = {
  modelName: 'verifications',
  fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
} as const

const TWO_FACTOR_FIELDS = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'two_factors',
    fields: {
      userId: 'user_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
} as const
