import { useTranslations } from 'use-intl'
import { receiptWords } from '../src/messages/pages/receipt.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { QueuedList } from '../src/shop/receipts/queued-list.tsx'
import { ReceiptsList } from '../src/shop/receipts/receipts-list.tsx'
import { ReviewedPhotos } from '../src/shop/receipts/reviewed-photos.tsx'
import { useKeptPhotos, useQueue } from '../src/shop/scan/use-queue.ts'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'

const ReceiptsPage: ShopPage = () => {
  const t = useTranslations('shop.receipts')
  const shopper = useShopper()
  const queue = useQueue() ?? []
  const photos = useKeptPhotos() ?? []
  const isEmpty = queue.length + photos.length === 0
  return (
    <Shell title={t('title')}>
      {isEmpty ? null : <QueuedList scans={queue} photos={photos} />}
      {shopper === null ? null : <ReviewedPhotos />}
      {shopper === null ? <SignInPrompt /> : <ReceiptsList queueEmpty={isEmpty} />}
    </Shell>
  )
}

ReceiptsPage.words = receiptWords
export default ReceiptsPage
