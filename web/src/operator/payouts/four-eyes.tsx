'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { BankFile } from '#schema/bank-file'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/states.tsx'
import { useOperator } from '../operator-context.tsx'

interface FourEyesProps {
  /** What was said and by whom. */
  said: string
  /** Who of the staff may not confirm it, and what they read instead of the button. */
  besides: readonly string[]
  besidesWhy: string
  dialog: { title: string; why: string; done: string }
  /** Where it is confirmed. */
  path: string
  onChanged: (file: BankFile) => unknown
}

/** What somebody has said of a file counts once another person has compared it with the bank. */
export function FourEyes({ said, besides, besidesWhy, dialog, path, onChanged }: FourEyesProps) {
  const t = useTranslations('operator.bank')
  const { me, may } = useOperator()
  const [confirming, setConfirming] = useState(false)
  const isOfMine = besides.some((id) => id === me.userId)
  return (
    <>
      <Notice tone="coming">{said}</Notice>
      {isOfMine ? <span className={layout.small}>{besidesWhy}</span> : null}
      {may('payouts') && !isOfMine ? (
        <div className={layout.row}>
          <Button onClick={() => setConfirming(true)}>{t('confirm')}</Button>
        </div>
      ) : null}
      {confirming ? (
        <ConfirmDialog
          title={dialog.title}
          confirm={t('confirm')}
          done={dialog.done}
          onConfirm={async () => onChanged(await api.post<BankFile>(path))}
          onClose={() => setConfirming(false)}
        >
          <p>{dialog.why}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
