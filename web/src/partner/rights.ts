import type { PartnerRole } from '#schema/partner'

/** What the pages let a role do; the server decides, the pages only spare the refusal. */
const RIGHTS = {
  offers: ['owner', 'marketer'],
  catalogue: ['owner', 'marketer'],
  invoices: ['owner', 'finance'],
  staff: ['owner'],
  organisation: ['owner'],
  tillKeys: ['owner'],
} as const satisfies Record<string, readonly PartnerRole[]>

export type Right = keyof typeof RIGHTS

export function mayDo(role: PartnerRole, right: Right): boolean {
  const roles: readonly PartnerRole[] = RIGHTS[right]
  return roles.includes(role)
}
