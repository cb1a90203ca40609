'use client'
import { useTranslations } from 'use-intl'
import { api } from '../../api.ts'
import { KeyForm } from '../../desk/key-form.tsx'
import layout from '../../desk/layout.module.css'
import { Dialog } from '../../ui/dialog.tsx'
import { usePartner } from '../partner-context.tsx'

/** Asks for a key to be registered; the operator compares it first. */
export function AskDialog({
  onAsked,
  onClose,
}: {
  onAsked: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useTranslations('partner.tillKeys')
  const { path, partner } = usePartner()
  return (
    <Dialog title={t('add')} onClose={onClose}>
      <p className={layout.muted}>{t('addWhy')}</p>
      <KeyForm
        market={partner.market}
        submit={t('send')}
        done={t('asked')}
        onKey={async (draft) => {
          await api.post(path('/fiscal-keys'), draft)
          await onAsked()
        }}
        onClose={onClose}
      />
    </Dialog>
  )
}
