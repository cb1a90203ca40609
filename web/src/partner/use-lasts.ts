import { useTranslations } from 'use-intl'

/** Beyond a year the number of days says no more than that. */
const DAYS_MAX = 365

/** How long money lasts, in words; null days mean that nothing is being spent. */
export function useLasts(): (days: number | null) => string {
  const t = useTranslations('partner.funds')
  return (days) => {
    if (days === null) return t('noSpend')
    return days > DAYS_MAX ? t('lastsLong') : t('lasts', { days })
  }
}
