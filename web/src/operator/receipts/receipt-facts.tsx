'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { OperatorReceipt } from '#schema/operator'
import type { CodeScan, ReceiptScan } from '#schema/receipt'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { hitHref } from '../hit-href.ts'

/** FFD tag 1054, the operation printed on the receipt. */
const KINDS = { 1: 'sale', 2: 'back', 3: 'purchase', 4: 'purchaseBack' } as const

/** What a code of another country proved when it came. */
function Proved({ scan }: { scan: CodeScan }) {
  const t = useTranslations('operator.receipt')
  return (
    <>
      <dt>{t('trust')}</dt>
      <dd>
        {t(`trusts.${scan.trust}`)} · {t(`signatures.${scan.signature}`)}
      </dd>
      <dt>{t('till')}</dt>
      <dd className={layout.code}>{scan.till ?? '—'}</dd>
      {scan.officialPage === null ? null : (
        <>
          <dt>{t('officialPage')}</dt>
          <dd>
            <a href={scan.officialPage} target="_blank" rel="noopener noreferrer">
              {new URL(scan.officialPage).hostname}
            </a>
          </dd>
        </>
      )}
    </>
  )
}

function operationOf(scan: ReceiptScan) {
  if ('fn' in scan) return KINDS[scan.kind]
  return 'operation' in scan ? scan.operation : 'sale'
}

/** By what the receipt is known. */
function useIdentity() {
  const t = useTranslations('operator.receipt')
  return (scan: ReceiptScan): string => {
    if ('fn' in scan) return `${scan.fn}:${scan.i}:${scan.fp}`
    if ('taxNumber' in scan) return t('paperOnly')
    return 'seller' in scan ? t('paper', { seller: scan.seller }) : scan.text
  }
}

/** What the code says, whose receipt it is, and where it lives. */
export function ReceiptFacts({ journey }: { journey: OperatorReceipt }) {
  const t = useTranslations('operator.receipt')
  const format = useFormat()
  const { receipt, walletId } = journey
  const { scan, store } = receipt
  const identityOf = useIdentity()
  return (
    <Card>
      <dl className={layout.facts}>
        <dt>{t('country' in scan ? 'codeText' : 'fiscal')}</dt>
        <dd className={layout.code}>{identityOf(scan)}</dd>
        <dt>{t('kind')}</dt>
        <dd>{t(`kinds.${operationOf(scan)}`)}</dd>
        {'country' in scan ? <Proved scan={scan} /> : null}
        <dt>{t('total')}</dt>
        <dd>{format.amount(receipt.totalMinor)}</dd>
        <dt>{t('reward')}</dt>
        <dd>
          {format.amount(receipt.rewardMinor)}
          {receipt.returnedMinor > 0 ? ` − ${format.amount(receipt.returnedMinor)}` : null}
          {receipt.heldMinor > 0 && receipt.availableAt ? (
            <span className={layout.small}>
              {' '}
              {t('held', {
                date: format.instant(receipt.availableAt, 'short'),
                amount: format.amount(receipt.heldMinor),
              })}
            </span>
          ) : null}
        </dd>
        <dt>{t('store')}</dt>
        <dd>{store ? [store.name, store.address].filter(Boolean).join(', ') : t('noStore')}</dd>
        <dt>{t('shopper')}</dt>
        <dd>{journey.shopperMasked}</dd>
        <dt>{t('wallet')}</dt>
        <dd className={layout.code}>
          <Link href={hitHref({ kind: 'shopper', id: walletId })}>{walletId}</Link>
        </dd>
        <dt>{t('cell')}</dt>
        <dd className={layout.code}>{journey.cell}</dd>
        <dt>{t('snapshot')}</dt>
        <dd>{journey.snapshotVersion ?? '—'}</dd>
        <dt>ID</dt>
        <dd className={layout.code}>{receipt.id}</dd>
      </dl>
    </Card>
  )
}
