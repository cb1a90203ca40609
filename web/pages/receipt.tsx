import { useTranslations } from 'use-intl'
import type { Receipt } from '#schema/receipt'
import { receiptWords } from '../src/messages/pages/receipt.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { useQueryId } from '../src/shop/query-id.ts'
import { ReceiptPage } from '../src/shop/receipts/receipt-page.tsx'
import { ReceiptStateChip } from '../src/shop/receipts/receipt-state.tsx'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'
import { useApi } from '../src/use-api.ts'

/** `/receipt?id=…` */
const ReceiptRoute: ShopPage = () => {
  const t = useTranslations('shop.receipt')
  const id = useQueryId()
  const shopper = useShopper()
  return (
    <Shell title={t('title')} back="/receipts" aside={<State id={id} />}>
      {shopper === null ? <SignInPrompt /> : <ReceiptPage id={id} />}
    </Shell>
  )
}

function State({ id }: { id: string | null | undefined }) {
  const { data: receipt } = useApi<Receipt>(id ? `/receipts/${id}` : null)
  return receipt ? <ReceiptStateChip state={receipt.state} /> : null
}

ReceiptRoute.words = receiptWords
export default ReceiptRoute
