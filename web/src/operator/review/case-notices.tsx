'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { ReviewCase } from '#schema/review'
import { useFormat } from '../../i18n/use-format.ts'
import { Checkbox } from '../../ui/field.tsx'
import { Notice } from '../../ui/states.tsx'

/** What has to be known before anything else: a dispute, a first approval, a receipt alike. */
export function CaseNotices({
  review,
  apart,
  onApart,
}: {
  review: ReviewCase
  apart: boolean
  onApart: (apart: boolean) => void
}) {
  const t = useTranslations('operator.review')
  const receipts = useTranslations('operator')
  const format = useFormat()
  const { claims, collisions, declined, isDispute, disputeNote, approvals, kind } = review
  return (
    <>
      {review.scan ? <CodeWaits waiting={review.waiting} /> : null}
      {kind === 'collision' ? (
        <Notice tone="coming">{t(isOfMoment(claims) ? 'otherNumberWhy' : 'collisionWhy')}</Notice>
      ) : null}
      {claims.length > 0 ? <Claims claims={claims} /> : null}
      {isDispute && declined ? (
        <Notice tone="refusal">
          {t('disputed', {
            at: format.instant(declined.at),
            reason: t(`reasons.${declined.reason}`),
            note: declined.note || '—',
            said: disputeNote,
          })}
        </Notice>
      ) : null}
      {approvals > 0 ? <Notice tone="coming">{t('secondWhy')}</Notice> : null}
      {collisions.length > 0 ? (
        <Notice tone="refusal">
          <div>
            <p>{t('collisions')}</p>
            <ul>
              {collisions.map((one) => (
                <li key={one.receiptId}>
                  <Link href={`/operator/receipts/receipt?id=${one.receiptId}`}>
                    {one.storeName ?? t(one.isPaper ? 'byPhoto' : 'byScan')}
                  </Link>
                  {', '}
                  {receipts(`receiptState.${one.state}`)}
                  {one.isSameWallet ? `, ${t('sameWallet')}` : ''}
                </li>
              ))}
            </ul>
            {kind === 'photo' && collisions.every(({ isSameWallet }) => !isSameWallet) ? (
              <Checkbox
                label={t('apart')}
                checked={apart}
                onChange={(event) => onApart(event.currentTarget.checked)}
              />
            ) : null}
          </div>
        </Notice>
      ) : null}
    </>
  )
}

const isOfMoment = (claims: ReviewCase['claims']) =>
  new Set(claims.map(({ numbering }) => numbering)).size > 1

/** Everybody who has brought what may be the receipt of the case, side by side. */
function Claims({ claims }: Pick<ReviewCase, 'claims'>) {
  const t = useTranslations('operator.review')
  const receipts = useTranslations('operator')
  const format = useFormat()
  return (
    <Notice tone="refusal">
      <div>
        <p>{t(isOfMoment(claims) ? 'claimsOfMoment' : 'claimsOfCode')}</p>
        <ul>
          {claims.map((one) => (
            <li key={one.receiptId}>
              <Link href={`/operator/receipts/receipt?id=${one.receiptId}`}>
                {one.isOwn ? t('claimOwn') : one.shopperMasked}
              </Link>
              {`, ${receipts(`receiptState.${one.state}`)}, ${format.instant(one.submittedAt)}`}
              {one.numbering === null ? '' : `, ${one.numbering.toUpperCase()}`}
              {one.officialPage === null ? null : (
                <>
                  {', '}
                  <a href={one.officialPage} target="_blank" rel="noopener noreferrer">
                    {t('claimPage')}
                  </a>
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  )
}

/** What is decided of a code, and what whoever could vouch for it has said so far. */
function CodeWaits({ waiting }: Pick<ReviewCase, 'waiting'>) {
  const t = useTranslations('operator.review')
  const receipts = useTranslations('operator.receiptReason')
  const undelivered = waiting?.undelivered ?? 0
  return (
    <Notice tone={undelivered > 0 ? 'refusal' : 'coming'}>
      <div>
        <p>{t('codeWaits')}</p>
        {waiting && waiting.reason !== 'not_confirmed_yet' ? (
          <p>{t('waitsWhy', { reason: receipts(waiting.reason) })}</p>
        ) : null}
        {undelivered > 0 ? <p>{t('undelivered', { count: undelivered })}</p> : null}
      </div>
    </Notice>
  )
}
