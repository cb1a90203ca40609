import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import { PageQuery } from '#schema/page'
import { PARTNER_ROLES } from '#schema/partner'
import { publishAfterEdit } from '../offers/publish-snapshot.ts'
import type { ControlPorts } from './ports.ts'
import type { Doer } from './staff-actions.d1.ts'

/** Parts that the control plane's routes share. */

/** A partner's own staff, by what they may do. */
export const ANY_ROLE = { partner: PARTNER_ROLES }
export const EDITORS = { partner: ['owner', 'marketer'] } as const
export const TREASURERS = { partner: ['owner', 'finance'] } as const

export const OfPartner = z.object({ partnerId: idOf('partner') })
export const OfOffer = z.object({ partnerId: idOf('partner'), offerId: idOf('offer') })

/** What a person typed into a search box. */
export const SearchText = z.string().trim().max(80).default('')

export const SearchPageQuery = PageQuery.extend({ q: SearchText })

/** Why staff did it; it stays in the audit log. */
export const Reason = z.string().trim().min(3).max(300)

/** Lets an edit of shops or goods take effect: the snapshot follows it. */
export async function published<Result>(
  ports: ControlPorts,
  doer: Doer,
  edit: Promise<Result>,
): Promise<Result> {
  const result = await edit
  await publishAfterEdit(ports, doer.at)
  return result
}
