'use client'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Me } from '#schema/member'
import type { Partner } from '#schema/partner'
import { EntryCard } from '../desk/entry-card.tsx'
import layout from '../desk/layout.module.css'
import { SignOutButton } from '../desk/sign-out.tsx'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { useApi } from '../use-api.ts'
import { choosePartner } from './chosen-partner.ts'
import css from './partner-choice.module.css'
import { PARTNER_TONES } from './tones.ts'

/** For people who serve several organisations: which one the pages should speak of. */
export function PartnerChoice({
  partners,
  onAdd,
}: {
  partners: Me['partners']
  onAdd: () => void
}) {
  const t = useTranslations('partner.choose')
  return (
    <EntryCard>
      <h1>{t('title')}</h1>
      <p className={layout.muted}>{t('lead')}</p>
      <ul className={layout.tight}>
        {partners.map((membership) => (
          <li key={membership.partnerId}>
            <Choice membership={membership} />
          </li>
        ))}
      </ul>
      <Button look="quiet" icon={<Plus size={18} aria-hidden="true" />} onClick={onAdd}>
        {t('add')}
      </Button>
      <SignOutButton />
    </EntryCard>
  )
}

function Choice({ membership }: { membership: Me['partners'][number] }) {
  const t = useTranslations('desk')
  const { data } = useApi<Partner>(`/partners/${membership.partnerId}`)
  return (
    <button
      type="button"
      className={css.choice}
      onClick={() => choosePartner(membership.partnerId)}
    >
      <span>
        <span className={css.name}>{data?.name ?? '…'}</span>
        <span className={css.role}>{t(`roles.${membership.role}`)}</span>
      </span>
      {data && data.state !== 'active' ? (
        <Chip tone={PARTNER_TONES[data.state]}>{t(`partnerState.${data.state}`)}</Chip>
      ) : null}
    </button>
  )
}
