import { useTranslations } from 'use-intl'
import { FINAL_RECEIPT_STATES, type ReceiptReason, type ReceiptSummary } from '#schema/receipt'
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

/** The shop's name; a receipt that is not verified yet has none, which is not the shop's fault. */
export function useStoreWords(): (
  receipt: Pick<ReceiptSummary, 'storeName' | 'state'>,
) => string | null {
  const unknown = useTranslations('operator.receipts')('unknownStore')
  return ({ storeName, state }) =>
    storeName ?? (FINAL_RECEIPT_STATES.includes(state) ? unknown : null)
}
