import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Wallets } from '#schema/wallet'
import { useFormat } from '../../i18n/use-format.ts'
import { chooseMarket, countryName, useMarket } from '../../market.ts'
import { useApi } from '../../use-api.ts'
import { useMarkets } from '../../use-markets.ts'
import css from './offers.module.css'

type Entry = Wallets['items'][number]

const total = ({ availableMinor, heldMinor, payingMinor }: Entry) =>
  availableMinor + heldMinor + payingMinor

/** Money in other countries, each in its own currency; nothing while there is none. */
export function OtherWallets() {
  const t = useTranslations('shop.home')
  const { code } = useMarket()
  const { data: wallets } = useApi<Wallets>('/wallets')
  const others = wallets?.items.filter((one) => one.market !== code && total(one) > 0) ?? []
  if (others.length === 0) return null
  return (
    <ul className={css.wallets} aria-label={t('otherWallets')}>
      {others.map((one) => (
        <li key={one.market}>
          <OtherWallet wallet={one} />
        </li>
      ))}
    </ul>
  )
}

function OtherWallet({ wallet }: { wallet: Entry }) {
  const markets = useMarkets()
  const there = markets?.find((one) => one.code === wallet.market)
  const format = useFormat(there)
  if (!there) return null
  return (
    <button type="button" className={css.wallet} onClick={() => chooseMarket(there)}>
      <span>{countryName(wallet.market, format.locale)}</span>
      <strong className="number">{format.amount(total(wallet))}</strong>
      <ChevronRight size={18} aria-hidden="true" />
    </button>
  )
}
