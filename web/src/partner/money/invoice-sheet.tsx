'use client'
import { useTranslations } from 'use-intl'
import type { Invoice } from '#schema/partner'
import { Brand } from '../../desk/brand.tsx'
import { useTaxWords } from '../../desk/use-tax-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { usePartner } from '../partner-context.tsx'
import css from './invoice-sheet.module.css'

/** The sheet itself. The payee's bank details stand in the contract between it and the partner. */
export function InvoiceSheet({ invoice }: { invoice: Invoice }) {
  const t = useTranslations('partner.invoice')
  const format = useFormat()
  const { partner } = usePartner()
  const tax = useTaxWords(partner.market)
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
        <dd>{t('supplierText')}</dd>
        <dt>{t('payer')}</dt>
        <dd>
          {partner.legalName}, {t('taxNumber', { name: tax.name, number: partner.taxNumber })}
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
              {t('lineSum', { sign: format.sign })}
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
