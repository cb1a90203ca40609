'use client'
import { useTranslations } from 'use-intl'
import type { Redemption } from '#schema/offer'
import { useFormat } from '../../i18n/use-format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { VerdictRecord } from '../../verdicts/verdict-details.tsx'

/** One redemption with the record that the shopper and the operator see, of this offer alone. */
export function RedemptionDialog({
  redemption,
  onClose,
}: {
  redemption: Redemption
  onClose: () => void
}) {
  const t = useTranslations('partner.offers')
  const format = useFormat()
  const { lineName, storeName, at, sumMinor, offerId, ...said } = redemption
  const place = [storeName, format.instant(at, 'full'), format.amount(sumMinor)]
  const verdict = { ...said, offerId, offerVersion: null, offerTitle: null, line: null }
  return (
    <Dialog title={lineName || t('wholeReceipt')} onClose={onClose}>
      <p>{place.filter(Boolean).join(' · ')}</p>
      <VerdictRecord verdict={verdict} />
    </Dialog>
  )
}
