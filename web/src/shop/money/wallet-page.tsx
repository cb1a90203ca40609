import { ArrowUpRight, Wallet as WalletIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Posting, Wallet } from '#schema/wallet'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useApi } from '../../use-api.ts'
import { usePages } from '../../use-pages.ts'
import { OtherWallets } from '../offers/other-wallets.tsx'
import { PagedList } from '../paged-list.tsx'
import css from './money.module.css'
import { PayoutsList } from './payouts-list.tsx'
import { PostingReason } from './posting-reason.tsx'

/** The wallet: what can be taken, what is coming and when, what is on its way, and every change. */
export function WalletPage() {
  const t = useTranslations('shop.wallet')
  const [tab, setTab] = useState<'history' | 'payouts'>('history')
  const { data: wallet, error, mutate } = useApi<Wallet>('/wallet')
  if (error && !wallet) return <FailedState problem={error} onRetry={() => void mutate()} />
  if (!wallet) return <SkeletonList rows={3} height={110} />
  return (
    <>
      <Balances wallet={wallet} />
      <OtherWallets />
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'history', label: t('history') },
          { id: 'payouts', label: t('payouts') },
        ]}
        chosen={tab}
        onChoose={setTab}
      >
        {tab === 'history' ? <History /> : <PayoutsList />}
      </Tabs>
    </>
  )
}

function Balances({ wallet }: { wallet: Wallet }) {
  const t = useTranslations('shop.wallet')
  const format = useFormat()
  return (
    <section className={css.summary}>
      <p className={css.muted}>{t('available')}</p>
      <Amount minor={wallet.availableMinor} size="hero" />
      <p className={css.muted}>
        {t('earned', { amount: format.amount(wallet.earnedMinor) })}. {t('neverExpires')}
      </p>
      {wallet.availableMinor > 0 ? (
        <ButtonLink
          look="primary"
          wide
          href="/withdraw"
          icon={<ArrowUpRight size={20} aria-hidden="true" />}
        >
          {t('withdraw')}
        </ButtonLink>
      ) : null}
      {wallet.held.length > 0 ? (
        <Card>
          <h2 className={css.cardTitle}>{t('held')}</h2>
          <ul>
            {wallet.held.map((held) => (
              <li key={held.availableAt}>
                {t('heldFrom', {
                  amount: format.amount(held.amountMinor),
                  date: format.instant(held.availableAt, 'day'),
                })}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {wallet.payingMinor > 0 ? (
        <Notice tone="coming">
          <span>
            {t('paying')}: <Amount minor={wallet.payingMinor} size="strong" />
          </span>
        </Notice>
      ) : null}
      {wallet.owedMinor > 0 ? (
        <Notice tone="refusal">
          <span>
            {t('owed')}: <Amount minor={wallet.owedMinor} size="strong" />
          </span>
          <span>{t('owedWhy')}</span>
        </Notice>
      ) : null}
    </section>
  )
}

function History() {
  const t = useTranslations('shop.wallet')
  const pages = usePages<Posting>('/wallet/history', { limit: 30 })
  const [opened, setOpened] = useState<Posting | null>(null)
  return (
    <>
      <PagedList
        pages={pages}
        skeleton={{ rows: 5, height: 48 }}
        empty={
          <EmptyState icon={<WalletIcon aria-hidden="true" />} title={t('none')}>
            {t('noneWhy')}
          </EmptyState>
        }
      >
        {(postings) => (
          <ul className={css.rows}>
            {postings.map((posting) => (
              <li key={posting.id}>
                <PostingRow posting={posting} onOpen={() => setOpened(posting)} />
              </li>
            ))}
          </ul>
        )}
      </PagedList>
      {opened ? <PostingReason posting={opened} onClose={() => setOpened(null)} /> : null}
    </>
  )
}

function PostingRow({ posting, onOpen }: { posting: Posting; onOpen: () => void }) {
  const t = useTranslations('shop.wallet')
  const format = useFormat()
  const offerTitle = posting.offerTitle?.[format.locale] ?? null
  const earned = posting.kind === 'accrual' && offerTitle !== null
  const about = earned ? posting.storeName : (offerTitle ?? posting.storeName)
  const where = [about, format.instant(posting.at)].filter(Boolean).join(' · ')
  return (
    <button type="button" className={css.row} onClick={onOpen} aria-haspopup="dialog">
      <span className={css.title}>{earned ? offerTitle : t(`kind.${posting.kind}`)}</span>
      <PostingAmount posting={posting} />
      <span className={css.muted}>{where}</span>
      <span className={css.muted}>
        {posting.availableAt
          ? t('availableFrom', { date: format.instant(posting.availableAt, 'short') })
          : null}
      </span>
    </button>
  )
}

/** Money that only changed its place is told without a sign: nothing was earned or lost by it. */
const MOVES: readonly Posting['kind'][] = ['hold_released', 'payout_succeeded', 'claim_opened']

function PostingAmount({ posting }: { posting: Posting }) {
  if (MOVES.includes(posting.kind)) {
    const moved = Math.abs(posting.amountMinor)
    return moved === 0 ? <span /> : <Amount minor={moved} tone="muted" />
  }
  const tone = posting.availableAt === null ? 'mine' : 'coming'
  return (
    <Amount
      minor={posting.amountMinor}
      size="strong"
      signed
      {...(posting.amountMinor > 0 ? { tone } : {})}
    />
  )
}
