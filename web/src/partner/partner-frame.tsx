'use client'
import {
  Building2,
  KeyRound,
  Landmark,
  LayoutDashboard,
  Megaphone,
  Package,
  ScanSearch,
  Store,
  UsersRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { KEY_MARKETS } from '#schema/fiscal-key'
import { AccountMenu } from '../desk/account-menu.tsx'
import { Frame, type NavEntry } from '../desk/frame.tsx'
import { Button } from '../ui/button.tsx'
import { FundsCard, FundsGlance } from './funds-card.tsx'
import { ImportProgress } from './import/import-progress.tsx'
import { usePartner } from './partner-context.tsx'
import { StateBanner } from './state-banner.tsx'

/** The partner's rail with the money at its foot, and the page beside it. */
export function PartnerFrame({ children }: { children: ReactNode }) {
  const { me, partner, role, onChange, onAdd } = usePartner()
  const t = useTranslations('partner')
  const roles = useTranslations('desk.roles')
  return (
    <Frame
      note={t('desk')}
      home="/partner"
      nav={useNavigation()}
      glance={<FundsGlance />}
      foot={
        <>
          <ImportProgress />
          <FundsCard />
          <AccountMenu me={me} role={`${partner.name}, ${roles(role)}`}>
            {onChange ? <Button onClick={onChange}>{t('choose.change')}</Button> : null}
            <Button onClick={onAdd}>{t('choose.add')}</Button>
          </AccountMenu>
        </>
      }
    >
      <StateBanner />
      {children}
    </Frame>
  )
}

function useNavigation(): NavEntry[] {
  const { partner } = usePartner()
  const t = useTranslations('partner.nav')
  const stores = { href: '/partner/stores', label: t('stores'), icon: Store }
  const keys = { href: '/partner/keys', label: t('tillKeys'), icon: KeyRound }
  const signs = KEY_MARKETS.some((code) => code === partner.market)
  const sales = { href: '/partner/sales', label: t('sales'), icon: ScanSearch }
  return [
    { href: '/partner', label: t('overview'), icon: LayoutDashboard },
    { href: '/partner/offers', label: t('offers'), icon: Megaphone },
    { href: '/partner/products', label: t('products'), icon: Package },
    ...(partner.kind === 'brand' ? [] : [stores, ...(signs ? [keys] : []), sales]),
    { href: '/partner/money', label: t('money'), icon: Landmark },
    { href: '/partner/staff', label: t('staff'), icon: UsersRound },
    { href: '/partner/organisation', label: t('organisation'), icon: Building2 },
  ]
}
