'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TransferRow } from '#schema/operator'
import { query } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { useQueryId } from '../../desk/use-query-id.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { TransfersTable } from '../transfers-table.tsx'

/** Transfers of all books; the account and the reference are asked of the server, in full. */
export function TransfersCard() {
  const t = useTranslations('operator.books')
  const account = useQueryId('account') ?? ''
  const reference = useQueryId('reference') ?? ''
  const path = `/operator/books/transfers${query({ account, reference })}`
  const transfers = usePages<TransferRow>(path, { everyMs: 10_000 })
  return (
    <div className={layout.stack}>
      <Card>
        <Filter key={`${account} ${reference}`} account={account} reference={reference} />
      </Card>
      <Card flush>
        {transfers.problem && !transfers.rows ? (
          <FailedState problem={transfers.problem} onRetry={transfers.refresh} />
        ) : (
          <TransfersTable
            name={t('tabs.transfers')}
            rows={transfers.rows}
            onMore={transfers.more}
            empty={<EmptyState title={t('transfersEmpty')}>{t('transfersEmptyWhy')}</EmptyState>}
          />
        )}
      </Card>
    </div>
  )
}

function Filter({ account, reference }: { account: string; reference: string }) {
  const t = useTranslations('operator.books')
  const router = useRouter()
  const [typed, setTyped] = useState({ account, reference })
  const show = (fields: typeof typed) =>
    router.replace(
      `/operator/books${query({
        view: 'transfers',
        account: fields.account.trim(),
        reference: fields.reference.trim(),
      })}`,
    )
  function send(event: FormEvent) {
    event.preventDefault()
    show(typed)
  }
  return (
    <form onSubmit={send} className={layout.stack}>
      <div className={layout.columns}>
        <Field
          label={t('filterAccount')}
          hint={t('filterAccountHint')}
          maxLength={120}
          value={typed.account}
          onChange={(event) => setTyped({ ...typed, account: event.target.value })}
        />
        <Field
          label={t('filterReference')}
          hint={t('filterReferenceHint')}
          maxLength={160}
          value={typed.reference}
          onChange={(event) => setTyped({ ...typed, reference: event.target.value })}
        />
      </div>
      <div className={layout.row}>
        <Button look="primary" type="submit">
          {t('filter')}
        </Button>
        {account || reference ? (
          <Button onClick={() => show({ account: '', reference: '' })}>{t('reset')}</Button>
        ) : null}
      </div>
    </form>
  )
}
