'use client'
import { RotateCw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OperatorReceipt } from '#schema/operator'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { useOperator } from '../operator-context.tsx'

type Step = OperatorReceipt['actions'][number]

const DONE = { retry: 'retried', release: 'released' } as const

/** What may be done with the receipt now; each asks for a reason. */
export function ReceiptActions({
  journey,
  onChanged,
}: {
  journey: OperatorReceipt
  onChanged: (journey: OperatorReceipt) => void
}) {
  const t = useTranslations('operator.receipt')
  const { may } = useOperator()
  const [step, setStep] = useState<Step | null>(null)
  const { receipt, actions } = journey
  if (actions.length === 0 || !may('receipts')) {
    return <p className={layout.small}>{t('noActions')}</p>
  }
  return (
    <div className={layout.row}>
      {actions.includes('retry') ? (
        <Button icon={<RotateCw size={18} aria-hidden="true" />} onClick={() => setStep('retry')}>
          {t('retry')}
        </Button>
      ) : null}
      {actions.includes('release') ? (
        <Button
          look="danger"
          icon={<Undo2 size={18} aria-hidden="true" />}
          onClick={() => setStep('release')}
        >
          {t('release')}
        </Button>
      ) : null}
      {step ? (
        <ConfirmDialog
          title={t(`${step}Title`)}
          confirm={t(step)}
          danger={step === 'release'}
          withReason
          done={t(DONE[step])}
          onConfirm={async (reason) => {
            const path = `/operator/receipts/${receipt.id}/${step}`
            onChanged(await api.post<OperatorReceipt>(path, { reason }))
          }}
          onClose={() => setStep(null)}
        >
          <p>{t(`${step}Why`)}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  )
}
