import { ArrowUpRight, Clock, History, ScanLine, Send } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import type { Wallet } from '#schema/wallet'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName, HOME, useMarket } from '../../market.ts'
import { Amount } from '../../ui/amount.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FailedState, Skeleton } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import css from './offers.module.css'
import { OtherWallets } from './other-wallets.tsx'

/** How many dates of coming money stand on the home page before "more later". */
const COMING_SHOWN = 2

/** How much can be taken now, what is coming and when, and the way to take it. */
export function Balance() {
  const t = useTranslations('shop.home')
  const locale = useLocale()
  const { code } = useMarket()
  const isHome = code === HOME.code
  const { data: wallet, error, mutate } = useApi<Wallet>('/wallet')
  if (error && !wallet) return <FailedState problem={error} onRetry={() => void mutate()} />
  return (
    <section className={css.balance} aria-label={t('canWithdraw')}>
      <p className={css.balanceLabel}>
        {isHome ? t('canWithdraw') : t('canWithdrawIn', { country: countryName(code, locale) })}
      </p>
      {wallet ? (
        <Amount minor={wallet.availableMinor} size="hero" />
      ) : (
        <Skeleton width={210} height={46} />
      )}
      <div className={css.chips}>
        {wallet ? <Coming wallet={wallet} /> : <Skeleton width={150} height={26} />}
      </div>
      <div className={css.actions}>
        <FirstStep empty={wallet?.availableMinor === 0} />
        <ButtonLink href="/wallet" icon={<History size={20} aria-hidden="true" />}>
          {t('history')}
        </ButtonLink>
      </div>
      <OtherWallets />
    </section>
  )
}

/** With nothing to take yet, the first step is a receipt. */
function FirstStep({ empty }: { empty: boolean }) {
  const t = useTranslations('shop')
  if (empty) {
    return (
      <ButtonLink look="primary" href="/scan" icon={<ScanLine size={20} aria-hidden="true" />}>
        {t('home.scan')}
      </ButtonLink>
    )
  }
  return (
    <ButtonLink
      look="primary"
      href="/withdraw"
      icon={<ArrowUpRight size={20} aria-hidden="true" />}
    >
      {t('home.withdraw')}
    </ButtonLink>
  )
}

function Coming({ wallet }: { wallet: Wallet }) {
  const t = useTranslations('shop.home')
  const format = useFormat()
  const later = wallet.held.slice(COMING_SHOWN).reduce((sum, held) => sum + held.amountMinor, 0)
  return (
    <>
      {wallet.held.slice(0, COMING_SHOWN).map((held) => (
        <Chip key={held.availableAt} tone="coming" icon={<Clock aria-hidden="true" />}>
          {t('comingFrom', {
            amount: format.amount(held.amountMinor),
            date: format.instant(held.availableAt, 'short'),
          })}
        </Chip>
      ))}
      {later > 0 ? (
        <Chip tone="coming">{t('comingMore', { amount: format.amount(later) })}</Chip>
      ) : null}
      {wallet.payingMinor > 0 ? (
        <Chip tone="mine" icon={<Send aria-hidden="true" />}>
          {t('paying', { amount: format.amount(wallet.payingMinor) })}
        </Chip>
      ) : null}
    </>
  )
}
