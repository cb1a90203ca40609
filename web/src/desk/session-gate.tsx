'use client'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Me } from '#schema/member'
import { ButtonLink } from '../ui/button.tsx'
import { FailedState, SkeletonList } from '../ui/states.tsx'
import { EntryCard } from './entry-card.tsx'
import { type DeskArea, gateOf } from './gate.ts'
import { VerifyFactor } from './second-factor.tsx'
import { SignIn } from './sign-in.tsx'
import { SignOutButton } from './sign-out.tsx'
import { useMe } from './use-me.ts'
import { useNow } from './use-now.ts'

const EnrolFactor = dynamic(() => import('./enrol-factor.tsx').then((made) => made.EnrolFactor), {
  ssr: false,
  loading: () => <SkeletonList rows={3} />,
})

/** How often the page looks at the age of the second factor, ms. */
const LOOK_MS = 60_000

/** Shows the pages of an area to those who may see them, and the way in to everybody else. */
export function SessionGate({
  area,
  children,
}: {
  area: DeskArea
  children: (me: Me) => ReactNode
}) {
  const { data: me, error, mutate } = useMe()
  const nowMs = useNow(LOOK_MS)
  if (!me && error) {
    return (
      <EntryCard>
        <FailedState problem={error} onRetry={() => mutate()} />
      </EntryCard>
    )
  }
  if (!me || nowMs === null) {
    return (
      <EntryCard>
        <SkeletonList rows={3} />
      </EntryCard>
    )
  }
  const gate = gateOf(me, area, nowMs)
  if (gate === 'open') return children(me)
  return (
    <EntryCard>
      {gate === 'sign-in' ? <SignIn area={area} shopper={me.kind === 'shopper'} /> : null}
      {gate === 'enrol' ? <EnrolFactor /> : null}
      {gate === 'verify' ? <VerifyFactor /> : null}
      {gate === 'other-area' ? <OtherArea area={area} me={me} /> : null}
    </EntryCard>
  )
}

function OtherArea({ area, me }: { area: DeskArea; me: Me }) {
  const t = useTranslations('desk.signIn')
  const toOperator = area === 'partner'
  return (
    <>
      <h1>{t('wrongArea')}</h1>
      {toOperator ? null : <p>{t('wrongAreaOperator', { email: me.email ?? '' })}</p>}
      <ButtonLink look="primary" href={toOperator ? '/operator' : '/partner'}>
        {toOperator ? t('toOperator') : t('toPartner')}
      </ButtonLink>
      <SignOutButton />
    </>
  )
}
