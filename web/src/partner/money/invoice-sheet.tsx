'use client'
import { useTranslations } from 'use-intl'
import type { Invoice } from '#schema/partner'
import { Brand } from '../../desk/brand.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { useApi } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import css from './invoice-sheet.module.css'

/** Where the money goes: set by whoever runs the network. */
interface Requisites {
  name: string
  taxNumber: string
  registrationReasonCode: string
  bankName: string
  bankCode: string
  account: string
  correspondentAccount: string
}

/** The sheet itself; its Russian form is what a Russian bank expects. */
export function InvoiceSheet({ invoice }: { invoice: Invoice }) {
  const t = useTranslations('partner.invoice')
  const format = useFormat()
  const { partner } = usePartner()
  return (
    <article className={css.sheet}>
      <header className={css.head}>
        <Brand />
        <p className={css.title}>
          {t('title', { number: invoice.number })}{' '}
          {t('of', { date: format.instant(invoice.issuedAt, 'dayYear') })}
        </p>
      </header>
      <dl className={css.parties}>
        <dt>{t('supplier')}</dt>
        <dd>
          <Payee />
        </dd>
        <dt>{t('payer')}</dt>
        <dd>
          {partner.legalName}, {t('taxNumber', { number: partner.taxNumber })}
        </dd>
        <dt>{t('purpose')}</dt>
        <dd className={css.purpose}>
          {t('purposeText', { number: invoice.number })}
          <small>{t('purposeWhy')}</small>
        </dd>
      </dl>
      <table className={css.lines}>
        <thead>
          <tr>
            <th scope="col">{t('lineNo')}</th>
            <th scope="col">{t('lineName')}</th>
            <th scope="col" className={css.sum}>
              {t('lineSum')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>1</td>
            <td>{t('line')}</td>
            <td className={css.sum}>{format.decimal(invoice.amountMinor)}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('total')}
            </th>
            <td className={css.total}>{format.amount(invoice.amountMinor)}</td>
          </tr>
        </tfoot>
      </table>
      <p className={css.remark}>{t('noVat')}</p>
    </article>
  )
}

function Payee() {
  const t = useTranslations('partner.invoice')
  const { path } = usePartner()
  const { data, error } = useApi<Requisites>(path('/requisites'))
  if (error && !data) return <>{t('requisitesByMail')}</>
  if (!data) return <>…</>
  return (
    <dl className={css.requisites}>
      <dt className="visually-hidden">{t('supplier')}</dt>
      <dd>
        {data.name}, {t('taxNumber', { number: data.taxNumber })}
        {data.registrationReasonCode
          ? `, ${t('reasonCode', { number: data.registrationReasonCode })}`
          : ''}
      </dd>
      <dt className="visually-hidden">{t('bank')}</dt>
      <dd>
        {t('account', { number: data.account })}, {data.bankName},{' '}
        {t('bankCode', { number: data.bankCode })},{' '}
        {t('correspondent', { number: data.correspondentAccount })}
      </dd>
    </dl>
  )
}
