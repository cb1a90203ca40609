'use client'
import { type ReactNode, useState } from 'react'
import type { Me } from '#schema/member'
import type { Partner } from '#schema/partner'
import { EntryCard } from '../desk/entry-card.tsx'
import { DeskProviders } from '../desk/providers.tsx'
import { SessionGate } from '../desk/session-gate.tsx'
import { SignOutButton } from '../desk/sign-out.tsx'
import { partnerWords } from '../messages/partner.ts'
import { FailedState, SkeletonList } from '../ui/states.tsx'
import { useApi } from '../use-api.ts'
import { ApplicationPage } from './application-page.tsx'
import { choosePartner, useChosenPartner } from './chosen-partner.ts'
import { PartnerChoice } from './partner-choice.tsx'
import { type PartnerDesk, PartnerDeskContext } from './partner-context.tsx'
import { PartnerFrame } from './partner-frame.tsx'
import { PartnerMarket } from './partner-market.tsx'

/** Everything around the partner's pages: words, the way in, the organisation, the rail. */
export function PartnerArea({ children }: { children: ReactNode }) {
  return (
    <DeskProviders words={partnerWords}>
      <SessionGate area="partner">
        {(me) => <Organisation me={me}>{children}</Organisation>}
      </SessionGate>
    </DeskProviders>
  )
}

function Organisation({ me, children }: { me: Me; children: ReactNode }) {
  const chosen = useChosenPartner()
  const [adding, setAdding] = useState(false)
  const only = me.partners.length === 1 ? me.partners[0] : undefined
  const membership = me.partners.find((one) => one.partnerId === chosen) ?? only
  if (adding || me.partners.length === 0) {
    return (
      <EntryCard wide>
        <ApplicationPage onBack={adding ? () => setAdding(false) : null} />
      </EntryCard>
    )
  }
  if (!membership) return <PartnerChoice partners={me.partners} onAdd={() => setAdding(true)} />
  return (
    <Loaded
      key={membership.partnerId}
      partnerId={membership.partnerId}
      desk={{
        me,
        role: membership.role,
        onChange: me.partners.length > 1 ? () => choosePartner(null) : null,
        onAdd: () => setAdding(true),
      }}
    >
      {children}
    </Loaded>
  )
}

interface LoadedProps {
  partnerId: string
  desk: Omit<PartnerDesk, 'partner'>
  children: ReactNode
}

function Loaded({ partnerId, desk, children }: LoadedProps) {
  const { data: partner, error, mutate } = useApi<Partner>(`/partners/${partnerId}`)
  if (!partner) {
    return (
      <EntryCard>
        {error ? (
          <>
            <FailedState problem={error} onRetry={() => mutate()} />
            <SignOutButton />
          </>
        ) : (
          <SkeletonList rows={3} />
        )}
      </EntryCard>
    )
  }
  return (
    <PartnerMarket code={partner.market}>
      <PartnerDeskContext.Provider value={{ ...desk, partner }}>
        <PartnerFrame>{children}</PartnerFrame>
      </PartnerDeskContext.Provider>
    </PartnerMarket>
  )
}
