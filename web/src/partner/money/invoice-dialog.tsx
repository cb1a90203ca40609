'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Invoice, InvoiceDraft } from '#schema/partner'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { usePartner } from '../partner-context.tsx'

const USUAL_MINOR = [50_000_00, 100_000_00, 300_000_00]

/** Asks for an invoice: one amount, then the page to print. */
export function InvoiceDialog({
  onIssued,
  onClose,
}: {
  onIssued: (invoice: Invoice) => void
  onClose: () => void
}) {
  const t = useTranslations('partner.money')
  const wrong = useTranslations('desk.form')('amount')
  const format = useFormat()
  const { path } = usePartner()
  const action = useAction({ quiet: true })
  const [text, setText] = useState('')
  const hint = t('amountHint', {
    least: format.amount(100_00),
    most: format.amount(100_000_000_00),
  })
  const [error, setError] = useState<string | undefined>()

  async function send(event: FormEvent) {
    event.preventDefault()
    const amountMinor = format.typed(text)
    if (amountMinor === null) return setError(wrong)
    if (!InvoiceDraft.safeParse({ amountMinor }).success) return setError(hint)
    await action.run(async () => {
      onIssued(await api.post<Invoice>(path('/invoices'), { amountMinor }))
    })
  }

  return (
    <Dialog title={t('invoice')} onClose={onClose}>
      <form onSubmit={send} noValidate className={layout.stack}>
        <p className={layout.muted}>{t('invoiceLead')}</p>
        <Field
          label={t('amount')}
          hint={hint}
          error={error}
          suffix={format.sign}
          inputMode="decimal"
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setError(undefined)
          }}
        />
        <div className={layout.row}>
          {USUAL_MINOR.map((minor) => (
            <Button
              key={minor}
              small
              pill
              onClick={() => setText(format.decimal(minor).replace(/[.,]00$/, ''))}
            >
              {format.amount(minor).replace(/[.,]00/, '')}
            </Button>
          ))}
        </div>
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button look="primary" type="submit" busy={action.busy}>
            {t('invoice')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
