'use client'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import layout from '../../desk/layout.module.css'
import { useDeskFormat } from '../../desk/use-desk-format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/states.tsx'
import { useOverview } from '../overview-data.ts'

/** Asks before publishing: what will be held, what is free, and what to do when it is short. */
export function PublishDialog({
  offer,
  onPublish,
  onClose,
}: {
  offer: Offer
  onPublish: () => Promise<unknown>
  onClose: () => void
}) {
  const t = useTranslations('partner.offers')
  const format = useDeskFormat()
  const { data } = useOverview()
  // A later version only moves the difference between the budgets.
  const heldMinor = offer.version === 0 ? 0 : offer.money.budgetMinor
  const holdMinor = Math.max(0, offer.draft.budgetMinor - heldMinor)
  const freeMinor = data?.funds.fundsMinor ?? null
  const shortMinor = freeMinor === null ? 0 : holdMinor - freeMinor
  return (
    <ConfirmDialog
      title={t('publishTitle', { title: offer.draft.title[format.locale] })}
      confirm={t('publish')}
      done={t('published')}
      onConfirm={onPublish}
      onClose={onClose}
    >
      <p>{t('publishWhy')}</p>
      <dl className={layout.facts}>
        <dt>{t('publishHold')}</dt>
        <dd>{format.figure(holdMinor)}</dd>
        <dt>{t('publishFree')}</dt>
        <dd>{freeMinor === null ? '…' : format.figure(freeMinor)}</dd>
        {freeMinor !== null && shortMinor <= 0 ? (
          <>
            <dt>{t('publishLeft')}</dt>
            <dd>{format.figure(freeMinor - holdMinor)}</dd>
          </>
        ) : null}
      </dl>
      {shortMinor > 0 ? (
        <Notice tone="coming">
          <span>{t('publishShort', { amount: format.figure(shortMinor) })}</span>
          <ButtonLink small href="/partner/money">
            {t('publishFund')}
          </ButtonLink>
        </Notice>
      ) : null}
    </ConfirmDialog>
  )
}
