import { useTranslations } from 'use-intl'
import { useFormat } from '../i18n/use-format.ts'
import { chooseMarket, countryName, useMarket } from '../market.ts'
import { Select } from '../ui/field.tsx'
import { useMarkets } from '../use-markets.ts'

/** In which country offers, receipts and money are shown; nothing while there is only one. */
export function MarketSelect() {
  const t = useTranslations('common')
  const { locale } = useFormat()
  const { code } = useMarket()
  const markets = useMarkets()
  if (!markets || markets.length < 2) return null
  return (
    <Select
      label={t('market')}
      hint={t('marketHint')}
      value={code}
      onChange={(event) => {
        const found = markets.find((one) => one.code === event.target.value)
        if (found) chooseMarket(found)
      }}
    >
      {markets.map((one) => (
        <option key={one.code} value={one.code}>
          {countryName(one.code, locale)}
        </option>
      ))}
    </Select>
  )
}
