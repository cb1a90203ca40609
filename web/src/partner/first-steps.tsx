'use client'
import { Circle, CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Page } from '#schema/page'
import type { Product, Store } from '#schema/partner'
import layout from '../desk/layout.module.css'
import { Card } from '../ui/card.tsx'
import { useApi } from '../use-api.ts'
import css from './first-steps.module.css'
import type { Overview } from './overview-data.ts'
import { usePartner } from './partner-context.tsx'

/** What a new partner has to do until the first offer runs; disappears when all is done. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const t = useTranslations('partner.overview')
  const steps = useSteps(overview)
  if (!steps || steps.every((step) => step.done)) return null
  return (
    <Card className={layout.stack} aria-labelledby="first-steps">
      <h2 id="first-steps">{t('start')}</h2>
      <ol className={css.steps}>
        {steps.map((step) => (
          <li key={step.id} className={css.step}>
            {step.done ? (
              <CircleCheck className={css.done} aria-hidden="true" />
            ) : (
              <Circle className={css.open} aria-hidden="true" />
            )}
            {step.done || step.href === null ? (
              <span>{t(`steps.${step.id}`)}</span>
            ) : (
              <Link href={step.href}>{t(`steps.${step.id}`)}</Link>
            )}
            {step.done ? <span className={css.word}>{t('stepDone')}</span> : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}

interface Step {
  id: 'approved' | 'products' | 'stores' | 'money' | 'offer'
  href: string | null
  done: boolean
}

function useSteps({ funds, offers }: Overview): Step[] | null {
  const { partner, path } = usePartner()
  const brand = partner.kind !== 'retailer'
  const catalogue = useApi<Page<Product>>(brand ? path('/products?limit=1') : null)
  const stores = useApi<Page<Store>>(partner.kind === 'brand' ? null : path('/stores?limit=1'))
  if ((brand && !catalogue.data) || (partner.kind !== 'brand' && !stores.data)) return null
  const money = funds.fundsMinor + funds.committedMinor + funds.spentMinor > 0
  const approved: Step = { id: 'approved', href: null, done: partner.state === 'active' }
  const products: Step = {
    id: 'products',
    href: '/partner/products',
    done: (catalogue.data?.items.length ?? 0) > 0,
  }
  const shops: Step = {
    id: 'stores',
    href: '/partner/stores',
    done: (stores.data?.items.length ?? 0) > 0,
  }
  return [
    approved,
    ...(brand ? [products] : []),
    ...(partner.kind === 'brand' ? [] : [shops]),
    { id: 'money', href: '/partner/money', done: money },
    { id: 'offer', href: '/partner/offers', done: offers.live + offers.paused > 0 },
  ]
}
