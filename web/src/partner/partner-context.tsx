'use client'
import { createContext, useContext } from 'react'
import type { Me } from '#schema/member'
import type { Partner, PartnerRole } from '#schema/partner'
import { mayDo, type Right } from './rights.ts'

export interface PartnerDesk {
  me: Me
  partner: Partner
  role: PartnerRole
  /** Goes back to the choice of the organisation. */
  onChange: (() => void) | null
  /** Opens the application of one more organisation. */
  onAdd: () => void
}

export const PartnerDeskContext = createContext<PartnerDesk | null>(null)

/** The organisation that the pages speak of; only below `PartnerArea`. */
export function usePartner() {
  const desk = useContext(PartnerDeskContext)
  if (!desk) throw new Error('usePartner outside PartnerArea')
  return {
    ...desk,
    /** `/stores` → the API path of this partner's stores. */
    path: (rest: string) => `/partners/${desk.partner.id}${rest}`,
    /** For reads that name no partner in their path: in whose name they are made. */
    asPartner: { 'x-partner-id': desk.partner.id },
    may: (right: Right) => mayDo(desk.role, right),
  }
}
