import { useTranslations } from 'use-intl'
import type { MarketCode } from '#schema/market'
import { hasTaxForm, printedTaxNumber } from '#schema/tax-number'

/** The countries whose tax numbers have words of their own. */
const KNOWN = ['ru', 'at', 'kz'] as const

/** The seller's tax number in a form: how the country calls it and what it looks like. */
export function useTaxField(market: MarketCode) {
  const t = useTranslations('shop.scan.tax')
  const rule = KNOWN.find((code) => code === market) ?? 'other'
  return {
    label: t(`label.${rule}`),
    hint: t(`hint.${rule}`),
    inputMode: rule === 'ru' || rule === 'kz' ? ('numeric' as const) : ('text' as const),
    /** Empty is allowed: not every number can be read. */
    validate: (text: string) => {
      const number = printedTaxNumber(market, text)
      return number === '' || hasTaxForm(market, number) || t(`wrong.${rule}`)
    },
  }
}
