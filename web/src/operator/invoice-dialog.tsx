'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Invoice } from '#schema/partner'
import { api } from '../api.ts'
import { ConfirmDialog } from '../desk/confirm-dialog.tsx'
import layout from '../desk/layout.module.css'
import { ProblemNotice } from '../desk/problem-notice.tsx'
import { useAction } from '../desk/use-action.ts'
import { useFormat } from '../i18n/use-format.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogActions } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { useOperator } from './operator-context.tsx'

/** A bank's reference of a payment, characters; the contract takes 3 to 80. */
const REFERENCE_MIN = 3

interface InvoiceDialogProps {
  invoice: Invoice
  onChanged: () => Promise<unknown>
  onClose: () => void
}

/** One invoice; while it is unpaid, the confirmation with what the bank's statement says. */
export function InvoiceDialog({ invoice, onChanged, onClose }: InvoiceDialogProps) {
  const t = useTranslations('operator.invoices')
  const { may } = useOperator()
  const [cancelling, setCancelling] = useState(false)
  return (
    <Dialog title={t('confirmTitle', { number: invoice.number })} onClose={onClose}>
      <InvoiceFacts invoice={invoice} />
      {invoice.state === 'issued' && may('payments') ? (
        <ConfirmPayment
          invoice={invoice}
          onChanged={onChanged}
          onClose={onClose}
          onCancel={() => setCancelling(true)}
        />
      ) : null}
      {cancelling ? (
        <ConfirmDialog
          title={t('cancelTitle', { number: invoice.number })}
          confirm={t('cancel')}
          done={t('cancelled')}
          danger
          onConfirm={async () => {
            await api.post(`/operator/invoices/${invoice.id}/cancel`, {})
            await onChanged()
            onClose()
          }}
          onClose={() => setCancelling(false)}
        >
          <p>{t('cancelWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  )
}

function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const t = useTranslations('operator.invoices')
  const states = useTranslations('desk.invoiceState')
  const format = useFormat()
  return (
    <dl className={layout.facts}>
      <dt>{t('partner')}</dt>
      <dd>{invoice.partnerName}</dd>
      <dt>{t('amount')}</dt>
      <dd>{format.amount(invoice.amountMinor)}</dd>
      <dt>{t('state')}</dt>
      <dd>{states(invoice.state)}</dd>
      <dt>{t('issued')}</dt>
      <dd>{format.instant(invoice.issuedAt, 'full')}</dd>
      {invoice.paidAt ? (
        <>
          <dt>{t('paid')}</dt>
          <dd>{format.instant(invoice.paidAt, 'full')}</dd>
          <dt>{t('reference')}</dt>
          <dd>{invoice.bankReference}</dd>
        </>
      ) : null}
    </dl>
  )
}

function ConfirmPayment({
  invoice,
  onChanged,
  onClose,
  onCancel,
}: InvoiceDialogProps & { onCancel: () => void }) {
  const t = useTranslations('operator.invoices')
  const words = useTranslations('desk.form')
  const format = useFormat()
  const action = useAction({ quiet: true })
  const [reference, setReference] = useState('')
  const [amount, setAmount] = useState('')
  const [tried, setTried] = useState(false)
  const seenMinor = format.typed(amount)
  const differs = seenMinor !== null && seenMinor !== invoice.amountMinor
  const amountError = seenMinor === null ? words('amount') : differs ? differsWords() : undefined

  function differsWords() {
    const needed = format.amount(invoice.amountMinor)
    return t('amountDiffers', { needed, seen: format.amount(seenMinor ?? 0) })
  }

  async function send(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (reference.trim().length < REFERENCE_MIN || amountError) return
    const sent = await action.run(async () => {
      const body = { bankReference: reference.trim(), amountMinor: seenMinor }
      await api.post(`/operator/invoices/${invoice.id}/confirm`, body)
      await onChanged()
    }, t('confirmed'))
    if (sent) onClose()
  }

  return (
    <form onSubmit={send} noValidate className={layout.stack}>
      <p className={layout.muted}>{t('confirmWhy')}</p>
      <Field
        label={t('confirmReference')}
        hint={t('confirmReferenceHint')}
        error={tried && reference.trim().length < REFERENCE_MIN ? words('tooShort') : undefined}
        maxLength={80}
        autoFocus
        value={reference}
        onChange={(event) => setReference(event.target.value)}
      />
      <Field
        label={t('confirmAmount')}
        error={tried ? amountError : undefined}
        suffix={format.sign}
        inputMode="decimal"
        value={amount}
        onChange={(event) => setAmount(event.target.value)}
      />
      <ProblemNotice problem={action.problem} />
      <DialogActions>
        <Button look="primary" type="submit" busy={action.busy}>
          {t('confirm')}
        </Button>
        <Button look="danger" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </DialogActions>
    </form>
  )
}
