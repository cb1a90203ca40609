import { useTranslations } from 'use-intl'
import type { ReceiptReason } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'

/** A receipt's reason with the values that it carries, in one line. */
export function useReasonWords(): (reason: ReceiptReason) => string {
  const t = useTranslations('operator.receiptReason')
  const format = useFormat()
  return (reason) =>
    t(reason.code, {
      by: reason.by ?? '—',
      at: reason.at ? format.instant(reason.at) : '—',
      seen: reason.seen ?? '—',
      needed: reason.needed ?? '—',
      fields: reason.fields?.join(', ') ?? '—',
    })
}
