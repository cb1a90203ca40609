import { useTranslations } from 'use-intl'
import { moneyWords } from '../src/messages/pages/money.ts'
import { PayoutPage } from '../src/shop/money/payout-page.tsx'
import type { ShopPage } from '../src/shop/page.ts'
import { useQueryId } from '../src/shop/query-id.ts'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'

/** `/payout?id=…` */
const PayoutRoute: ShopPage = () => {
  const t = useTranslations('shop.withdraw')
  const id = useQueryId()
  const shopper = useShopper()
  return (
    <Shell title={t('payout')} back="/wallet">
      {shopper === null ? <SignInPrompt /> : <PayoutPage id={id} />}
    </Shell>
  )
}

PayoutRoute.words = moneyWords
export default PayoutRoute
