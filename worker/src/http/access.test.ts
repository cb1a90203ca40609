import { describe, expect, test } from 'vitest'
import { type Access, judgeAccess } from './access.ts'
import { type Actor, actorOf, type Identity, SECOND_FACTOR_MS_MAX } from './actor.ts'

const NOW = Date.UTC(2026, 10, 21)
const FRESH = new Date(NOW - 1).toISOString()
const STALE = new Date(NOW - SECOND_FACTOR_MS_MAX).toISOString()

const anonymous: Actor = { kind: 'anonymous' }
const shopper: Actor = {
  kind: 'shopper',
  userId: 'usr_a',
  walletId: 'wal_a',
  market: 'ru',
  phone: '+79161234567',
  deviceId: null,
  sessionCreatedAt: FRESH,
  reauthenticatedAt: null,
}
const newcomer: Actor = { kind: 'newcomer', userId: 'usr_b', secondFactorAt: FRESH }
const cashier: Actor = {
  kind: 'partner',
  userId: 'usr_c',
  partnerId: 'prt_a',
  role: 'cashier',
  secondFactorAt: FRESH,
}
const support: Actor = {
  kind: 'operator',
  userId: 'usr_d',
  role: 'support',
  secondFactorAt: FRESH,
}

describe('access', () => {
  const actors = { anonymous, shopper, newcomer, cashier, support }
  const table: [Access, Record<keyof typeof actors, string>][] = [
    ['public', row('allowed', 'allowed', 'allowed', 'allowed', 'allowed')],
    ['signed-in', row('sign_in', 'allowed', 'allowed', 'allowed', 'allowed')],
    ['shopper', row('sign_in', 'allowed', 'sign_in', 'sign_in', 'sign_in')],
    ['staff', row('sign_in', 'sign_in', 'allowed', 'allowed', 'allowed')],
    [{ partner: ['cashier'] }, row('sign_in', 'sign_in', 'sign_in', 'allowed', 'sign_in')],
    [{ partner: ['owner'] }, row('sign_in', 'sign_in', 'sign_in', 'role', 'sign_in')],
    [{ operator: ['admin'] }, row('sign_in', 'sign_in', 'sign_in', 'sign_in', 'role')],
    [
      ['shopper', { operator: ['support'] }],
      row('sign_in', 'allowed', 'sign_in', 'sign_in', 'allowed'),
    ],
  ]
  function row(...verdicts: [string, string, string, string, string]) {
    const [anonymous, shopper, newcomer, cashier, support] = verdicts.map(
      (verdict) =>
        ({ sign_in: 'sign_in_required', role: 'role_not_allowed' })[verdict] ?? 'allowed',
    ) as [string, string, string, string, string]
    return { anonymous, shopper, newcomer, cashier, support }
  }

  test.each(table)('%j admits whom it names, and says why to the others', (access, expected) => {
    const verdicts = Object.fromEntries(
      Object.entries(actors).map(([name, actor]) => [name, judgeAccess(access, actor, NOW)]),
    )
    expect(verdicts).toEqual(expected)
  })

  test('a role without a fresh second factor opens nothing', () => {
    for (const secondFactorAt of [null, STALE]) {
      for (const actor of [cashier, support, newcomer]) {
        const unproven = { ...actor, secondFactorAt } as Actor
        const access: Access = ['staff', { partner: ['cashier'] }, { operator: ['support'] }]
        expect(judgeAccess(access, unproven, NOW)).toBe('second_factor_required')
        expect(judgeAccess('staff-unproven', unproven, NOW)).toBe('allowed')
      }
    }
  })
})

describe('the role in which a person asks', () => {
  const staff: Identity = {
    sessionId: 'ses_a',
    sessionToken: 'token',
    sessionCreatedAt: FRESH,
    reauthenticatedAt: null,
    secondFactorAt: FRESH,
    secondFactorEnrolled: true,
    userId: 'usr_c',
    kind: 'staff',
    phone: null,
    deviceId: null,
    walletId: null,
    partners: [
      { partnerId: 'prt_a', role: 'owner' },
      { partnerId: 'prt_b', role: 'viewer' },
    ],
    operatorRole: null,
  }
  const kindOf = (identity: Identity, partnerId: string | null, operator: boolean) => {
    const actor = actorOf(identity, { partnerId, operator })
    return actor.kind === 'partner' ? `${actor.partnerId} ${actor.role}` : actor.kind
  }

  test('is never that of a partner whom they do not serve', () => {
    expect(kindOf(staff, 'prt_b', false)).toBe('prt_b viewer')
    expect(kindOf(staff, 'prt_z', false)).toBe('newcomer')
    expect(kindOf(staff, null, false)).toBe('newcomer')
  })

  test('is the named partner’s first, and the operator’s where no partner is named', () => {
    const both: Identity = { ...staff, operatorRole: 'admin' }
    expect(kindOf(both, 'prt_a', true)).toBe('prt_a owner')
    expect(kindOf(both, 'prt_z', true)).toBe('operator')
    expect(kindOf(both, null, true)).toBe('operator')
  })
})
