'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { minorOfEuros } from '#schema/currency'
import { MARKETS } from '#schema/market'
import type { Invoice } from '#schema/partner'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { usePartner } from '../partner-context.tsx'

/** What partners usually pay in: about so many euros. */
const USUAL_EUROS = [500, 1_000, 3_000]

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
  const { path, partner } = usePartner()
  const { currency, invoiceMinorMin, invoiceMinorMax } = MARKETS[partner.market]
  const action = useAction({ quiet: true })
  const [text, setText] = useState('')
  const hint = t('amountHint', {
    least: format.amount(invoiceMinorMin),
    most: format.amount(invoiceMinorMax),
  })
  const [error, setError] = useState<string | undefined>()

  async function send(event: FormEvent) {
    event.preventDefault()
    const amountMinor = format.typed(text)
    if (amountMinor === null) return setError(wrong)
    if (amountMinor < invoiceMinorMin || amountMinor > invoiceMinorMax) return setError(hint)
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
          {USUAL_EUROS.map((euros) => minorOfEuros(currency, euros)).map((minor) => (
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
