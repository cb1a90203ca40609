'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { PageHead } from '../../desk/page-head.tsx'
import { useQueryId } from '../../desk/use-query-id.ts'
import { Notice } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useOperator } from '../operator-context.tsx'
import { AccountsCard } from './accounts-card.tsx'
import { AuditsCard } from './audits-card.tsx'
import { TransfersCard } from './transfers-card.tsx'

const VIEWS = ['accounts', 'transfers', 'audits'] as const
type View = (typeof VIEWS)[number]

/** The books of the network: balances, transfers, and the audits that prove them. */
export function BooksPage() {
  const t = useTranslations('operator.books')
  const refused = useTranslations('problem')('role_not_allowed')
  const { may } = useOperator()
  const router = useRouter()
  const asked = useQueryId('view')
  const readable = may('books')
  const view = VIEWS.find((one) => one === asked) ?? (readable ? 'accounts' : 'audits')
  const choose = (next: View) => router.replace(`/operator/books?view=${next}`)
  const tabs = VIEWS.map((id) => ({ id, label: t(`tabs.${id}`) }))
  return (
    <>
      <PageHead title={t('title')} question={t('question')} />
      <Tabs<View> label={t('title')} tabs={tabs} chosen={view} onChoose={choose}>
        {view !== 'audits' && !readable ? <Notice>{refused}</Notice> : null}
        {view === 'accounts' && readable ? <AccountsCard /> : null}
        {view === 'transfers' && readable ? <TransfersCard /> : null}
        {view === 'audits' ? <AuditsCard /> : null}
      </Tabs>
    </>
  )
}
