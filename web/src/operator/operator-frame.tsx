'use client'
import { Keyboard } from 'lucide-react'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FiscalKey } from '#schema/fiscal-key'
import type { Page } from '#schema/page'
import type { Invoice, Partner } from '#schema/partner'
import type { ReviewSummary } from '#schema/review'
import { AccountMenu } from '../desk/account-menu.tsx'
import { Frame } from '../desk/frame.tsx'
import { Button } from '../ui/button.tsx'
import { useApi } from '../use-api.ts'
import { AuthorityChip } from './authority-chip.tsx'
import { GlobalSearch } from './global-search.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { useOperator } from './operator-context.tsx'
import { SECTIONS } from './sections.ts'
import { useShortcuts } from './shortcuts.ts'

const WAITING_MS = 30_000

/** The operator's rail and, above every page, the one search. */
export function OperatorFrame({ children }: { children: ReactNode }) {
  const t = useTranslations('operator')
  const roles = useTranslations('desk.operatorRoles')
  const { me, role } = useOperator()
  const search = useRef<HTMLInputElement>(null)
  const [keys, setKeys] = useState(false)
  const onSearch = useCallback(() => search.current?.focus(), [])
  const onHelp = useCallback(() => setKeys(true), [])
  useShortcuts({ onSearch, onHelp })
  const waiting = useWaiting()
  const nav = SECTIONS.map((section) => ({
    href: section.href,
    label: t(`nav.${section.id}`),
    icon: section.icon,
    waiting: waiting[section.id],
  }))
  return (
    <Frame
      note={t('desk')}
      home="/operator"
      nav={nav}
      dense
      top={<GlobalSearch input={search} />}
      foot={
        <>
          <AuthorityChip />
          <AccountMenu me={me} role={roles(role)}>
            <Button icon={<Keyboard size={18} aria-hidden="true" />} onClick={onHelp}>
              {t('keys.title')}
            </Button>
          </AccountMenu>
        </>
      }
    >
      {children}
      {keys ? <KeysDialog onClose={() => setKeys(false)} /> : null}
    </Frame>
  )
}

/** What waits for a decision; a page's worth is counted, more is "99". */
function useWaiting(): Partial<Record<string, number>> {
  const { may } = useOperator()
  const options = { refreshInterval: WAITING_MS }
  const partners = useApi<Page<Partner>>('/operator/partners?state=applied&limit=99', options)
  const invoices = useApi<Page<Invoice>>('/operator/invoices?state=issued&limit=99', options)
  const keys = useApi<Page<FiscalKey>>('/operator/fiscal-keys?state=asked&limit=99', options)
  const reviews = useApi<Page<ReviewSummary>>(
    may('receipts') ? '/operator/reviews?limit=99' : null,
    options,
  )
  return {
    markets: keys.data?.items.length ?? 0,
    review: reviews.data?.items.length ?? 0,
    partners: partners.data?.items.length ?? 0,
    invoices: invoices.data?.items.length ?? 0,
  }
}
