'use client'
import { useTranslations } from 'use-intl'
import { MARKETS, type MarketCode } from '#schema/market'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'

/** What holds in the country for everybody's offers, receipts and withdrawals. */
export function RulesCard({ market }: { market: MarketCode }) {
  const t = useTranslations('operator.markets')
  const category = useTranslations('desk.categories')
  const format = useFormat()
  const rules = MARKETS[market]
  const list = new Intl.ListFormat(format.locale, { type: 'conjunction' })
  const blocked = rules.blockedCategories.map((one) => category(one).toLowerCase())
  const ways = rules.payoutMethods.map((one) => t(`payouts.${one}`))
  const within = (least: number, most: number) =>
    t('within', { least: format.amount(least), most: format.amount(most) })
  return (
    <Card className={layout.stack} aria-labelledby="market-rules">
      <h2 id="market-rules">{t('rulesTitle')}</h2>
      <dl className={layout.facts}>
        <dt>{t('blocked')}</dt>
        <dd>{list.format(blocked)}</dd>
        <dt>{t('submission')}</dt>
        <dd>
          {t('submissionDays', {
            usual: String(rules.submissionDays),
            most: String(rules.submissionDaysMax),
          })}
        </dd>
        <dt>{t('age')}</dt>
        <dd>{t('ageFrom', { years: String(rules.adultAge) })}</dd>
        <dt>{t('ways')}</dt>
        <dd>{ways.length === 0 ? t('waysNone') : list.format(ways)}</dd>
        {ways.length === 0 ? null : (
          <>
            <dt>{t('payoutBounds')}</dt>
            <dd>{within(rules.payoutMinorMin, rules.payoutMinorMax)}</dd>
          </>
        )}
        <dt>{t('invoiceBounds')}</dt>
        <dd>{within(rules.invoiceMinorMin, rules.invoiceMinorMax)}</dd>
        <dt>{t('reviewBounds')}</dt>
        <dd>
          {t('reviewUpTo', {
            receipt: format.amount(rules.reviewedReceiptMinorMax),
            month: format.amount(rules.reviewedMonthMinorMax),
          })}
        </dd>
      </dl>
    </Card>
  )
}
