import { useTranslations } from 'use-intl'
import type { Posting } from '#schema/wallet'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import css from './money.module.css'

/** Why the wallet changed: the sentence, the facts, and the way to the receipt, offer or payout. */
export function PostingReason({ posting, onClose }: { posting: Posting; onClose: () => void }) {
  const t = useTranslations('shop.wallet')
  const format = useFormat()
  return (
    <Dialog title={t(`kind.${posting.kind}`)} onClose={onClose}>
      <Amount
        minor={posting.amountMinor}
        size="large"
        signed={posting.kind === 'accrual' || posting.kind === 'goodwill'}
      />
      <p>{t(`kindWhy.${posting.kind}`)}</p>
      <dl className={css.facts}>
        <dt>{t('when')}</dt>
        <dd>{format.instant(posting.at, 'full')}</dd>
        {posting.storeName ? (
          <>
            <dt>{t('store')}</dt>
            <dd>{posting.storeName}</dd>
          </>
        ) : null}
        {posting.offerTitle ? (
          <>
            <dt>{t('toOffer')}</dt>
            <dd>{posting.offerTitle[format.locale]}</dd>
          </>
        ) : null}
        {posting.availableAt ? (
          <>
            <dt>{t('held')}</dt>
            <dd>{t('availableFrom', { date: format.instant(posting.availableAt, 'day') })}</dd>
          </>
        ) : null}
      </dl>
      <DialogActions>
        {posting.receiptId ? (
          <ButtonLink look="primary" href={`/receipt?id=${posting.receiptId}`}>
            {t('toReceipt')}
          </ButtonLink>
        ) : null}
        {posting.payoutId ? (
          <ButtonLink look="primary" href={`/payout?id=${posting.payoutId}`}>
            {t('toPayout')}
          </ButtonLink>
        ) : null}
        {posting.offerId ? (
          <ButtonLink href={`/offer?id=${posting.offerId}`}>{t('toOffer')}</ButtonLink>
        ) : null}
      </DialogActions>
    </Dialog>
  )
}
