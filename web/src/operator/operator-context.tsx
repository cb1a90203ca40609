'use client'
import { createContext, useContext } from 'react'
import type { Me } from '#schema/member'
import type { OperatorRole } from '#schema/partner'

/** What the pages let a role do; the server decides, the pages only spare the refusal. */
const RIGHTS = {
  partners: ['admin'],
  payments: ['admin', 'finance'],
  receipts: ['admin', 'support'],
  stores: ['admin', 'support'],
  aliases: ['admin', 'support'],
  payouts: ['admin', 'finance'],
  books: ['admin', 'finance'],
  unfreeze: ['admin'],
  markets: ['admin'],
} as const satisfies Record<string, readonly OperatorRole[]>

export type OperatorRight = keyof typeof RIGHTS

export const OperatorContext = createContext<{ me: Me; role: OperatorRole } | null>(null)

/** The member of staff at the desk; only below `OperatorArea`. */
export function useOperator() {
  const desk = useContext(OperatorContext)
  if (!desk) throw new Error('useOperator outside OperatorArea')
  return {
    ...desk,
    may: (right: OperatorRight) => {
      const roles: readonly OperatorRole[] = RIGHTS[right]
      return roles.includes(desk.role)
    },
  }
}
