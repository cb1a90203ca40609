import { useTranslations } from 'use-intl'
import type { MarketCode } from '#schema/market'

/** The countries whose tax numbers have words of their own. */
const KNOWN = ['ru', 'at', 'kz'] as const

/** How a country's tax number is called and what it looks like. */
export function useTaxWords(market: MarketCode) {
  const t = useTranslations('desk.taxNumber')
  const rule = KNOWN.find((code) => code === market) ?? 'other'
  return { name: t(`name.${rule}`), form: t(`form.${rule}`), wrong: t('wrong') }
}
