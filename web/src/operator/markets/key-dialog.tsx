'use client'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FiscalKey, FiscalKeyState } from '#schema/fiscal-key'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import { KeyFacts } from '../../desk/key-facts.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useOperator } from '../operator-context.tsx'

type Step = 'register' | 'decline' | 'revoke'

/** What each state allows next. */
const STEPS: Record<FiscalKeyState, readonly Step[]> = {
  asked: ['register', 'decline'],
  registered: ['revoke'],
  declined: [],
  revoked: [],
}

const DONE = { register: 'registered', decline: 'declined', revoke: 'revoked' } as const

interface KeyDialogProps {
  tillKey: FiscalKey
  onChanged: () => Promise<unknown>
  onClose: () => void
}

/** One key with what to compare, and the decisions that may be taken now. */
export function KeyDialog({ tillKey, onChanged, onClose }: KeyDialogProps) {
  const t = useTranslations('operator.markets')
  const copied = useTranslations('common')('copied')
  const say = useToast()
  const { may } = useOperator()
  const [step, setStep] = useState<Step | null>(null)
  const copy = () => navigator.clipboard.writeText(tillKey.key).then(() => say(copied))
  return (
    <Dialog title={tillKey.partnerName ?? t('authorityKey')} onClose={onClose}>
      <KeyFacts tillKey={tillKey} />
      <DialogActions>
        {may('markets')
          ? STEPS[tillKey.state].map((one) => (
              <Button
                key={one}
                look={one === 'register' ? 'primary' : 'danger'}
                onClick={() => setStep(one)}
              >
                {t(one)}
              </Button>
            ))
          : null}
        <Button icon={<Copy size={18} aria-hidden="true" />} onClick={() => void copy()}>
          {t('copyKey')}
        </Button>
      </DialogActions>
      {step ? (
        <ConfirmDialog
          title={t(`${step}Title`)}
          confirm={t(step)}
          danger={step !== 'register'}
          withReason
          done={t(DONE[step])}
          onConfirm={async (note) => {
            await api.post(`/operator/fiscal-keys/${tillKey.id}/${step}`, { note })
            await onChanged()
          }}
          onClose={() => setStep(null)}
        >
          <p>{t(`${step}Why`)}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  )
}
