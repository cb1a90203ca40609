'use client'
import { useTranslations } from 'use-intl'
import type { FiscalKey, FiscalKeyState } from '#schema/fiscal-key'
import { useFormat } from '../i18n/use-format.ts'
import type { DataColumn } from '../ui/data-table.tsx'
import { KeyStateChip, PROVIDER_NAMES } from './key-facts.tsx'
import layout from './layout.module.css'

/** The columns of a list of keys; the operator's also says whose each is. */
export function useKeyColumns(withPartner: boolean): DataColumn<FiscalKey>[] {
  const t = useTranslations('desk.tillKey')
  const format = useFormat()
  const partner: DataColumn<FiscalKey> = {
    id: 'partner',
    header: t('partner'),
    value: (one) => one.partnerName ?? t('authority'),
  }
  return [
    {
      id: 'key',
      header: t('keyId'),
      value: (one) => one.keyId,
      cell: (one) => <span className={layout.cellCode}>{shortened(one.keyId)}</span>,
    },
    ...(withPartner ? [partner] : []),
    {
      id: 'provider',
      header: t('provider'),
      value: (one) => PROVIDER_NAMES[one.provider] ?? one.provider,
    },
    {
      id: 'state',
      header: t('state'),
      choice: true,
      value: (one) => one.state,
      words: (state) => t(`states.${state as FiscalKeyState}`),
      cell: (one) => <KeyStateChip state={one.state} />,
    },
    {
      id: 'until',
      header: t('until'),
      value: (one) => one.validUntil,
      cell: (one) => (one.validUntil ? format.instant(one.validUntil, 'dayYear') : '—'),
    },
    {
      id: 'asked',
      header: t('asked'),
      value: (one) => one.askedAt,
      cell: (one) => format.instant(one.askedAt),
    },
  ]
}

/** A German key's number is 64 characters long. */
const shortened = (id: string) => (id.length > 24 ? `${id.slice(0, 12)}…${id.slice(-8)}` : id)
