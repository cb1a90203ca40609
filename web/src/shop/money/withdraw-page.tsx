import { PiggyBank } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Me } from '#schema/member'
import type { Wallet } from '#schema/wallet'
import { useFormat } from '../../i18n/use-format.ts'
import { HOME, useMarket } from '../../market.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { useMarkets } from '../../use-markets.ts'
import { Reauthenticate } from '../people/reauthenticate.tsx'
import { AdultForm } from './adult-form.tsx'
import css from './money.module.css'
import type { LostPayout } from './pending-payout.ts'
import { useWithdraw } from './use-withdraw.ts'
import { WithdrawForm } from './withdraw-form.tsx'

/** Where to, how much, and the checks before money leaves. */
export function WithdrawPage({ me, walletId }: { me: Me; walletId: string }) {
  const words = useProblemWords()
  const { data: wallet, error, mutate } = useApi<Wallet>('/wallet')
  const { code } = useMarket()
  // One wallet id holds a purse in each market: a lost withdrawal is repeated in its own alone.
  const withdraw = useWithdraw(code === HOME.code ? walletId : `${code}.${walletId}`)
  const market = useMarkets()?.find((open) => open.code === code)
  if (error && !wallet) return <FailedState problem={error} onRetry={() => void mutate()} />
  if (!wallet || !market) return <SkeletonList rows={3} height={72} />
  if (market.payoutMethods.length === 0) return <NotOpen minor={wallet.availableMinor} />
  if (wallet.availableMinor === 0 && !withdraw.unfinished) return <NoMoney />
  return (
    <>
      {withdraw.unfinished ? (
        <Unfinished
          request={withdraw.unfinished}
          busy={withdraw.busy}
          onRepeat={() => void withdraw.repeat()}
          onDrop={(lost) => void withdraw.drop(lost)}
        />
      ) : null}
      {withdraw.problem ? (
        <Notice tone="refusal">
          <p>{problemWords()}</p>
        </Notice>
      ) : null}
      {withdraw.unfinished ? null : (
        <WithdrawForm wallet={wallet} market={market} busy={withdraw.busy} onAsk={withdraw.ask} />
      )}
      <Gates withdraw={withdraw} />
    </>
  )

  function problemWords() {
    if (withdraw.problem?.code === 'phone_change_cooldown' && me.phoneChangedAt) {
      return <Cooldown changedAt={me.phoneChangedAt} />
    }
    return words(withdraw.problem)
  }
}

function Cooldown({ changedAt }: { changedAt: string }) {
  const t = useTranslations('shop.withdraw')
  const format = useFormat()
  return <>{t('cooldown', { date: format.instant(changedAt, 'day') })}</>
}

/** The market has no way out for money: said before anything is typed. */
function NotOpen({ minor }: { minor: number }) {
  const t = useTranslations('shop.withdraw')
  const format = useFormat()
  return (
    <EmptyState icon={<PiggyBank aria-hidden="true" />} title={t('notOpen')}>
      {t('notOpenWhy', { amount: format.amount(minor) })}
    </EmptyState>
  )
}

function NoMoney() {
  const t = useTranslations('shop.withdraw')
  const scan = useTranslations('shop.nav')('scan')
  return (
    <EmptyState
      icon={<PiggyBank aria-hidden="true" />}
      title={t('noMoney')}
      action={
        <ButtonLink look="primary" href="/scan">
          {scan}
        </ButtonLink>
      }
    >
      {t('noMoneyWhy')}
    </EmptyState>
  )
}

interface UnfinishedProps {
  request: LostPayout
  busy: boolean
  onRepeat: () => void
  onDrop: (lost: LostPayout) => void
}

function Unfinished({ request, busy, onRepeat, onDrop }: UnfinishedProps) {
  const t = useTranslations('shop.withdraw')
  const format = useFormat()
  return (
    <Notice tone="coming">
      <p>{t('unfinished', { amount: format.amount(request.amountMinor) })}</p>
      {request.destination ? (
        <Button look="primary" wide busy={busy} onClick={onRepeat}>
          {t('repeat')}
        </Button>
      ) : null}
      <Button wide onClick={() => onDrop(request)}>
        {t('drop')}
      </Button>
    </Notice>
  )
}

/** The age and the code, asked for when the server wants them. */
function Gates({ withdraw }: { withdraw: ReturnType<typeof useWithdraw> }) {
  const t = useTranslations('shop.withdraw')
  const { gate } = withdraw
  if (gate === 'adult') {
    return (
      <Dialog title={t('adultTitle')} onClose={withdraw.closeGate}>
        <p className={css.muted}>{t('adultWhy')}</p>
        <AdultForm onDate={withdraw.confirmAdult} />
      </Dialog>
    )
  }
  if (gate === 'code') {
    return (
      <Dialog title={t('codeTitle')} onClose={withdraw.closeGate}>
        <Reauthenticate words={(to) => t('codeWhy', { to })} onDone={withdraw.repeat} />
      </Dialog>
    )
  }
  return null
}
