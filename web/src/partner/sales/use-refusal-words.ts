import { useTranslations } from 'use-intl'
import type { SaleRefusal } from '#schema/sale'

/** Why a sale was refused, in words, with the field that is wrong. */
export function useRefusalWords() {
  const t = useTranslations('partner.sales')
  return ({ code, path }: Pick<SaleRefusal, 'code' | 'path'>) =>
    path === '' ? t(`codes.${code}`) : `${t(`codes.${code}`)} (${path})`
}
