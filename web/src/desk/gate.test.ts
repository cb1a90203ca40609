import { describe, expect, it } from 'vitest'
import type { Me } from '#schema/member'
import { gateOf } from './gate.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

function me(change: Partial<Me>): Me {
  return {
    kind: 'partner',
    userId: 'usr_aaaaaaaaaa',
    name: null,
    locale: null,
    phoneMasked: null,
    email: 'anna@example.ru',
    walletId: null,
    market: null,
    adultConfirmedAt: null,
    phoneChangedAt: null,
    reauthenticatedAt: null,
    consents: [],
    partners: [{ partnerId: 'prt_aaaaaaaaaa', role: 'owner' }],
    operatorRole: null,
    secondFactor: { required: true, enrolled: true, verifiedAt: '2026-11-21T11:00:00Z' },
    ...change,
  }
}

describe('the pages open', () => {
  it('for partner staff with a second factor of this half-day', () => {
    expect(gateOf(me({}), 'partner', NOW)).toBe('open')
  })

  it('for a newcomer who is about to apply, when the server asks for no second factor', () => {
    const newcomer = me({
      kind: 'newcomer',
      partners: [],
      secondFactor: { required: false, enrolled: false, verifiedAt: null },
    })
    expect(gateOf(newcomer, 'partner', NOW)).toBe('open')
  })

  it('for an operator who also serves a partner, in both areas', () => {
    const both = me({ kind: 'operator', operatorRole: 'admin' })
    expect(gateOf(both, 'partner', NOW)).toBe('open')
    expect(gateOf(both, 'operator', NOW)).toBe('open')
  })
})

describe('the pages stay shut', () => {
  it.each(['anonymous', 'shopper'] as const)('until an %s signs in by e-mail', (kind) => {
    expect(gateOf(me({ kind, partners: [] }), 'partner', NOW)).toBe('sign-in')
  })

  it('until the second factor is enrolled', () => {
    const secondFactor = { required: true, enrolled: false, verifiedAt: null }
    expect(gateOf(me({ secondFactor }), 'partner', NOW)).toBe('enrol')
  })

  it('when the second factor is twelve hours old', () => {
    const secondFactor = { required: true, enrolled: true, verifiedAt: '2026-11-21T00:00:00Z' }
    expect(gateOf(me({ secondFactor }), 'partner', NOW)).toBe('verify')
  })

  it('to a partner in the operator area, and to an operator in the partner area', () => {
    expect(gateOf(me({}), 'operator', NOW)).toBe('other-area')
    expect(
      gateOf(me({ kind: 'operator', operatorRole: 'support', partners: [] }), 'partner', NOW),
    ).toBe('other-area')
  })
})
