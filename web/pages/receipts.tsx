import { useTranslations } from 'use-intl'
import type { PhotoSummary } from '#schema/photo'
import { receiptWords } from '../src/messages/pages/receipt.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { QueuedList } from '../src/shop/receipts/queued-list.tsx'
import { ReceiptsList } from '../src/shop/receipts/receipts-list.tsx'
import { SentPhotos } from '../src/shop/receipts/sent-photos.tsx'
import { useKeptPhotos, useQueue } from '../src/shop/scan/use-queue.ts'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'
import { usePages } from '../src/use-pages.ts'

const FRESH_MS = 20_000

const ReceiptsPage: ShopPage = () => {
  const t = useTranslations('shop.receipts')
  const shopper = useShopper()
  const queue = useQueue() ?? []
  const kept = useKeptPhotos() ?? []
  const list = { limit: 30, everyMs: FRESH_MS }
  const sent = usePages<PhotoSummary>(shopper ? '/photos' : null, list)
  const isEmpty = queue.length + kept.length === 0
  return (
    <Shell title={t('title')}>
      {isEmpty ? null : <QueuedList scans={queue} photos={kept} />}
      {shopper === null ? null : (
        <SentPhotos pages={sent} hidden={kept.map(({ photoId }) => photoId)} />
      )}
      {shopper === null ? (
        <SignInPrompt />
      ) : (
        <ReceiptsList queueEmpty={isEmpty && (sent.rows ?? []).length === 0} />
      )}
    </Shell>
  )
}

ReceiptsPage.words = receiptWords
export default ReceiptsPage
