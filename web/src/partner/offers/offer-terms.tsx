'use client'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import layout from '../../desk/layout.module.css'
import { useTaxWords } from '../../desk/use-tax-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { usePartner } from '../partner-context.tsx'

/** The text of the offer, generated from its rule. */
export function OfferTerms({ offer }: { offer: Offer }) {
  const t = useTranslations('partner')
  const format = useFormat()
  const { legal } = offer.draft
  const { partner } = usePartner()
  const tax = useTaxWords(partner.market)
  return (
    <Card className={layout.stack} aria-labelledby="terms">
      <h2 id="terms">{t('offers.terms')}</h2>
      <p>{offer.text[format.locale]}</p>
      <dl className={layout.facts}>
        <dt>{t('editor.s.organiser')}</dt>
        <dd>{legal.organiser || '—'}</dd>
        <dt>{t('editor.s.advertiser', { name: tax.name })}</dt>
        <dd>{legal.advertiserTaxNumber || '—'}</dd>
        {partner.market === 'ru' ? (
          <>
            <dt>{t('editor.s.adToken')}</dt>
            <dd>{legal.adToken || '—'}</dd>
          </>
        ) : null}
        <dt>{t('editor.s.rulesUrl')}</dt>
        <dd>
          {legal.rulesUrl ? (
            <a href={legal.rulesUrl} rel="noreferrer" target="_blank">
              {legal.rulesUrl}
            </a>
          ) : (
            '—'
          )}
        </dd>
        <dt>{t('offers.version')}</dt>
        <dd>{offer.version}</dd>
      </dl>
    </Card>
  )
}
