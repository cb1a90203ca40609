'use client'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FiscalKey } from '#schema/fiscal-key'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import { KeyFacts } from '../../desk/key-facts.tsx'
import { PageHead } from '../../desk/page-head.tsx'
import { useKeyColumns } from '../../desk/use-key-columns.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { EmptyState, FailedState } from '../../ui/states.tsx'
import { usePages } from '../../use-pages.ts'
import { usePartner } from '../partner-context.tsx'
import { AskDialog } from './ask-dialog.tsx'

/** The keys that the partner's tills sign receipts with, and where each stands. */
export function KeysPage() {
  const t = useTranslations('partner.tillKeys')
  const { path, may } = usePartner()
  const keys = usePages<FiscalKey>(path('/fiscal-keys'))
  const [asking, setAsking] = useState(false)
  const [open, setOpen] = useState<FiscalKey | null>(null)
  const columns = useKeyColumns(false)
  const add = may('tillKeys') ? (
    <Button
      look="primary"
      icon={<KeyRound size={18} aria-hidden="true" />}
      onClick={() => setAsking(true)}
    >
      {t('add')}
    </Button>
  ) : null
  return (
    <>
      <PageHead title={t('title')} question={t('question')}>
        {add}
      </PageHead>
      <Card flush>
        {keys.problem && !keys.rows ? (
          <FailedState problem={keys.problem} onRetry={keys.refresh} />
        ) : (
          <DataTable
            name={t('title')}
            rows={keys.rows}
            columns={columns}
            rowId={(one) => one.id}
            onOpen={setOpen}
            onMore={keys.more}
            empty={
              <EmptyState icon={<KeyRound aria-hidden="true" />} title={t('empty')} action={add}>
                {t('emptyWhy')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {asking ? <AskDialog onAsked={keys.refresh} onClose={() => setAsking(false)} /> : null}
      {open ? (
        <OwnKeyDialog tillKey={open} onChanged={keys.refresh} onClose={() => setOpen(null)} />
      ) : null}
    </>
  )
}

interface OwnKeyProps {
  tillKey: FiscalKey
  onChanged: () => Promise<unknown>
  onClose: () => void
}

function OwnKeyDialog({ tillKey, onChanged, onClose }: OwnKeyProps) {
  const t = useTranslations('partner.tillKeys')
  const { path, may } = usePartner()
  const [revoking, setRevoking] = useState(false)
  const mayRevoke = may('tillKeys') && tillKey.state === 'registered'
  return (
    <Dialog title={t('one')} onClose={onClose}>
      <KeyFacts tillKey={tillKey} />
      {mayRevoke ? (
        <DialogActions>
          <Button look="danger" onClick={() => setRevoking(true)}>
            {t('revoke')}
          </Button>
        </DialogActions>
      ) : null}
      {revoking ? (
        <ConfirmDialog
          title={t('revokeTitle')}
          confirm={t('revoke')}
          danger
          withReason
          done={t('revoked')}
          onConfirm={async (note) => {
            await api.post(path(`/fiscal-keys/${tillKey.id}/revoke`), { note })
            await onChanged()
            onClose()
          }}
          onClose={() => setRevoking(false)}
        >
          <p>{t('revokeWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  )
}
