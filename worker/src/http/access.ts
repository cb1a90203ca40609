import type { MiddlewareHandler } from 'hono'
import type { OperatorRole, PartnerRole } from '#schema/partner'
import { type Actor, actorOf, type KeyScope, type RoleWanted, secondFactorFresh } from './actor.ts'
import type { AppEnv } from './env.ts'
import { Refusal } from './problem.ts'

/**
 * Who may call a route. `signed-in`: anybody with a session, second factor or not. `staff`: any
 * e-mail account with a fresh second factor. A list admits whoever one of its members admits.
 */
type AccessRule =
  | 'public'
  | 'signed-in'
  | 'shopper'
  | 'staff'
  /** Staff before the second factor: enrolment and the code itself. */
  | 'staff-unproven'
  | { partner: readonly PartnerRole[] }
  | { operator: readonly OperatorRole[] }
  /** A partner's own system, by a key of that scope. */
  | { key: KeyScope }
export type Access = AccessRule | readonly AccessRule[]

type AccessVerdict = 'allowed' | 'sign_in_required' | 'second_factor_required' | 'role_not_allowed'

/** The rules of a route as a list. */
function rulesOf(access: Access): readonly AccessRule[] {
  return isList(access) ? access : [access]
}

function isList(access: Access): access is readonly AccessRule[] {
  return Array.isArray(access)
}

/** Decides from the actor alone; pure, so that a generated matrix can ask it too. */
export function judgeAccess(access: Access, actor: Actor, nowMs: number): AccessVerdict {
  const verdicts = rulesOf(access).map((rule) => judgeRule(rule, actor, nowMs))
  for (const verdict of ['allowed', 'second_factor_required', 'role_not_allowed'] as const) {
    if (verdicts.includes(verdict)) return verdict
  }
  return 'sign_in_required'
}

function judgeRule(rule: AccessRule, actor: Actor, nowMs: number): AccessVerdict {
  if (rule === 'public') return 'allowed'
  if (actor.kind === 'anonymous') return 'sign_in_required'
  if (actor.kind === 'key') return keyAdmitted(rule, actor.scope) ? 'allowed' : 'sign_in_required'
  if (rule === 'signed-in') return 'allowed'
  if (rule === 'shopper') return actor.kind === 'shopper' ? 'allowed' : 'sign_in_required'
  if (actor.kind === 'shopper') return 'sign_in_required'
  if (rule === 'staff-unproven') return 'allowed'
  if (rule !== 'staff' && !roleAdmitted(rule, actor)) {
    return kindMatches(rule, actor) ? 'role_not_allowed' : 'sign_in_required'
  }
  return secondFactorFresh(actor.secondFactorAt, nowMs) ? 'allowed' : 'second_factor_required'
}

const keyAdmitted = (rule: AccessRule, scope: KeyScope) =>
  typeof rule === 'object' && 'key' in rule && rule.key === scope

type StaffRule = Exclude<AccessRule, string>
type StaffActor = Exclude<Actor, { kind: 'anonymous' | 'shopper' | 'key' }>

function roleAdmitted(rule: StaffRule, actor: StaffActor): boolean {
  if ('partner' in rule) return actor.kind === 'partner' && rule.partner.includes(actor.role)
  return 'operator' in rule && actor.kind === 'operator' && rule.operator.includes(actor.role)
}

function kindMatches(rule: StaffRule, actor: StaffActor): boolean {
  if ('key' in rule) return false
  return 'partner' in rule ? actor.kind === 'partner' : actor.kind === 'operator'
}

/**
 * Guards a route. A partner named in the URL (`:partnerId`) that the person does not serve
 * answers 404 like one that does not exist. `sessionAgeMsMax` lets a hot route believe a session
 * that was read so long ago.
 */
export function allow(access: Access, sessionAgeMsMax = 0): MiddlewareHandler<AppEnv> {
  const rules = rulesOf(access)
  const isPublic = rules.includes('public')
  const operator = rules.some((rule) => typeof rule === 'object' && 'operator' in rule)
  const keyed = rules.some((rule) => typeof rule === 'object' && 'key' in rule)
  return async function checkAccess(c, next) {
    if (isPublic) return next()
    const inUrl = c.req.param('partnerId') ?? null
    const wanted: RoleWanted = {
      partnerId: inUrl ?? c.req.header('x-partner-id') ?? null,
      operator,
      market: c.req.header('x-market') ?? null,
    }
    const holder = keyed ? await c.var.keyHolder() : null
    const actor = holder ?? actorOf(await c.var.identify(sessionAgeMsMax), wanted)
    c.set('actor', actor)
    const verdict = judgeAccess(access, actor, c.var.nowMs)
    if (inUrl !== null && foreign(actor, inUrl, verdict)) throw new Refusal('not_found')
    if (verdict !== 'allowed') throw new Refusal(verdict)
    return next()
  }
}

/** Staff of somebody else, asking about a partner by its id. */
function foreign(actor: Actor, partnerId: string, verdict: AccessVerdict): boolean {
  if (actor.kind === 'partner' || actor.kind === 'key') return actor.partnerId !== partnerId
  return actor.kind === 'newcomer' && verdict !== 'allowed'
}
