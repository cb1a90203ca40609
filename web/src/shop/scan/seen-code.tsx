import { useTranslations } from 'use-intl'
import { CURRENCIES } from '#schema/currency'
import { formatAmount } from '../../format.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName } from '../../market.ts'
import type { SeenCode } from './read-code.ts'

/** Whose receipt it is, over how much, and what will be done to believe it. */
export function SeenCodeWords({ seen }: { seen: SeenCode }) {
  const t = useTranslations('shop.scan.seen')
  const { locale } = useFormat()
  const currency = CURRENCIES.find((one) => one === seen.currency)
  const amount =
    seen.totalMinor === null || !currency
      ? null
      : formatAmount(seen.totalMinor, locale, false, currency)
  return (
    <>
      <strong className="number">
        {[countryName(seen.country, locale), amount].filter(Boolean).join(' · ')}
      </strong>{' '}
      {t(seen.proof)}
    </>
  )
}
