import type { Me } from '#schema/member'

export type DeskArea = 'partner' | 'operator'

/** What stands between a person and the pages of an area. */
export type Gate = 'sign-in' | 'enrol' | 'verify' | 'other-area' | 'open'

/** A proven second factor opens the pages for this long; the server holds the same bound. */
const SECOND_FACTOR_MS = 12 * 60 * 60 * 1_000

/** Decides which screen a person sees in an area. `nowMs` is the clock of the page. */
export function gateOf(me: Me, area: DeskArea, nowMs: number): Gate {
  if (me.kind === 'anonymous' || me.kind === 'shopper') return 'sign-in'
  if (!belongs(me, area)) return 'other-area'
  const { required, enrolled, verifiedAt } = me.secondFactor
  if (!required) return 'open'
  if (!enrolled) return 'enrol'
  const fresh = verifiedAt !== null && nowMs - Date.parse(verifiedAt) < SECOND_FACTOR_MS
  return fresh ? 'open' : 'verify'
}

function belongs(me: Me, area: DeskArea): boolean {
  if (area === 'operator') return me.operatorRole !== null
  return me.kind === 'newcomer' || me.kind === 'partner' || me.partners.length > 0
}
