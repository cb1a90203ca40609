'use client'
import { useTranslations } from 'use-intl'
import layout from '../../desk/layout.module.css'
import { Card } from '../../ui/card.tsx'
import { usePartner } from '../partner-context.tsx'
import css from './sales.module.css'

/** How a till's programme sends its sales by itself: one request that can be copied and run. */
export function SalesApi() {
  const t = useTranslations('partner.sales')
  const { partner } = usePartner()
  const origin = typeof location === 'undefined' ? '' : location.origin
  return (
    <Card className={layout.stack} aria-labelledby="sales-api">
      <h2 id="sales-api">{t('api')}</h2>
      <p className={layout.muted}>{t('apiLead')}</p>
      <section className={css.example} aria-label={t('apiExample')}>
        <pre>{exampleOf(origin, partner.id)}</pre>
      </section>
      <ul className={css.rules}>
        <li>{t('apiNumber')}</li>
        <li>{t('apiFiscal')}</li>
        <li>{t('apiReturn')}</li>
        <li>{t('apiLimits')}</li>
      </ul>
    </Card>
  )
}

const exampleOf = (
  origin: string,
  partnerId: string,
) => `curl ${origin}/v1/partners/${partnerId}/sales \\
  -H 'authorization: Bearer kpk_…' \\
  -H 'content-type: application/json' \\
  -d '{ "sales": [{
    "till": "0000000001012345",
    "number": "2026-000017",
    "time": "2026-11-21T18:42",
    "totalMinor": 25900,
    "operation": "sale",
    "fiscal": null,
    "lines": [{
      "name": "Молоко 3,2 % 930 мл",
      "gtin": "4607025392408",
      "quantityMicro": 1000000,
      "priceMinor": 25900,
      "sumMinor": 25900
    }]
  }] }'`
