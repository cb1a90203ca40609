import { SearchX } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import type { Payout } from '#schema/payout'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useRefresh } from '../../use-api.ts'
import { useLive } from '../live.ts'
import css from './money.module.css'
import { isPayoutSettled, PayoutStateChip, usePayoutReason } from './payout-state.tsx'

/** One withdrawal, followed until the money has arrived or come back. */
export function PayoutPage({ id }: { id: string | null | undefined }) {
  const t = useTranslations('shop.withdraw')
  const notFound = useTranslations('common.failed')('notFound')
  const refresh = useRefresh()
  const {
    data: payout,
    error,
    mutate,
  } = useLive<Payout>(id ? `/payouts/${id}` : null, isPayoutSettled)
  const state = payout?.state

  useEffect(() => {
    if (state) void refresh('/wallet', '/payouts?')
  }, [state, refresh])

  if (id === null || error?.status === 404) {
    return <EmptyState icon={<SearchX aria-hidden="true" />} title={notFound} />
  }
  if (error && !payout) return <FailedState problem={error} onRetry={() => void mutate()} />
  if (!payout) return <SkeletonList rows={3} height={90} />
  return (
    <>
      <section className={css.summary}>
        <Amount minor={payout.amountMinor} size="hero" />
        <div>
          <PayoutStateChip state={payout.state} />
        </div>
      </section>
      <Way payout={payout} />
      <Facts payout={payout} />
      {payout.state === 'came_back' ? (
        <ButtonLink look="primary" wide href="/withdraw">
          {t('again')}
        </ButtonLink>
      ) : null}
      <ButtonLink wide href="/wallet">
        {t('toWallet')}
      </ButtonLink>
    </>
  )
}

function Way({ payout }: { payout: Payout }) {
  const t = useTranslations('shop.withdraw')
  const reasonWords = usePayoutReason()
  const back = payout.state === 'came_back'
  const sent = payout.state !== 'asked'
  const done = isPayoutSettled(payout)
  const tone = back ? 'refusal' : payout.state === 'arrived' ? 'mine' : 'coming'
  return (
    <>
      <ol className={css.steps}>
        <li className={css.step} data-done="true">
          {t('state.asked')}
        </li>
        <li className={css.step} data-done={sent}>
          {t('state.on_its_way')}
        </li>
        <li className={css.step} data-done={done} data-bad={back}>
          {back ? t('state.came_back') : t('state.arrived')}
        </li>
      </ol>
      <div aria-live="polite">
        <Notice tone={tone}>
          <p>{t(whyOf(payout))}</p>
          {payout.reason ? <p>{reasonWords(payout.reason)}</p> : null}
        </Notice>
      </div>
    </>
  )
}

function whyOf({ state, destination }: Payout) {
  const isUnderWay = state === 'asked' || state === 'on_its_way'
  if (destination.code === 'iban' && isUnderWay) return `stateWhyAccount.${state}` as const
  return `stateWhy.${state}` as const
}

function Facts({ payout }: { payout: Payout }) {
  const t = useTranslations('shop.withdraw')
  const format = useFormat()
  const { masked, bankName } = payout.destination
  return (
    <Card>
      <dl className={css.facts}>
        <dt>{t('to')}</dt>
        <dd>{[masked, bankName].filter(Boolean).join(', ')}</dd>
        <dt>{t('asked')}</dt>
        <dd>{format.instant(payout.requestedAt, 'full')}</dd>
        <dt>{t('updated')}</dt>
        <dd>{format.instant(payout.updatedAt, 'full')}</dd>
        <dt>{t('number')}</dt>
        <dd>{payout.id}</dd>
      </dl>
    </Card>
  )
}
