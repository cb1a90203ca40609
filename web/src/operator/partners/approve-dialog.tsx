'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Partner } from '#schema/partner'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { parseAmount } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'

const RATE_BPS_MAX = 10_000

/** Approval names the network's fee: percent on the screen, basis points to the server. */
export function ApproveDialog({
  partner,
  onChanged,
  onClose,
}: {
  partner: Partner
  onChanged: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useTranslations('operator.partners')
  const cancel = useTranslations('common')('cancel')
  const action = useAction({ quiet: true })
  const [fee, setFee] = useState(String((partner.feeBps || 500) / 100))
  const [wrong, setWrong] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    const feeBps = parseAmount(fee)
    if (feeBps === null || feeBps > RATE_BPS_MAX) return setWrong(true)
    const sent = await action.run(async () => {
      await api.post(`/operator/partners/${partner.id}/approve`, { feeBps })
      await onChanged()
    }, t('approved'))
    if (sent) onClose()
  }

  return (
    <Dialog title={t('approveTitle', { name: partner.name })} onClose={onClose}>
      <form onSubmit={send} noValidate className={layout.stack}>
        <p>{t('approveWhy')}</p>
        <Field
          label={t('feeLabel')}
          hint={t('feeHint')}
          error={wrong ? t('feeWrong') : undefined}
          suffix="%"
          inputMode="decimal"
          autoFocus
          value={fee}
          onChange={(event) => {
            setFee(event.target.value)
            setWrong(false)
          }}
        />
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button look="primary" type="submit" busy={action.busy}>
            {t('approve')}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
