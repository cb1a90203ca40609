'use client'
import { useTranslations } from 'use-intl'
import { PARTNER_ROLES, type PartnerRole } from '#schema/partner'
import { Select } from '../../ui/field.tsx'

/** A choice of role that says what the role may do. */
export function RoleSelect({
  role,
  onChange,
}: {
  role: PartnerRole
  onChange: (role: PartnerRole) => void
}) {
  const t = useTranslations('partner.staff')
  const roles = useTranslations('desk.roles')
  return (
    <Select
      label={t('role')}
      hint={t(`rights.${role}`)}
      value={role}
      onChange={(event) => {
        const chosen = PARTNER_ROLES.find((one) => one === event.target.value)
        if (chosen) onChange(chosen)
      }}
    >
      {PARTNER_ROLES.map((one) => (
        <option key={one} value={one}>
          {roles(one)}
        </option>
      ))}
    </Select>
  )
}
