import { useTranslations } from 'use-intl'
import { moneyWords } from '../src/messages/pages/money.ts'
import { peopleWords } from '../src/messages/pages/people.ts'
import { WithdrawPage } from '../src/shop/money/withdraw-page.tsx'
import type { ShopPage } from '../src/shop/page.ts'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'
import { SkeletonList } from '../src/ui/states.tsx'

const WithdrawRoute: ShopPage = () => {
  const t = useTranslations('shop.withdraw')
  const shopper = useShopper()
  return (
    <Shell title={t('title')} back="/wallet">
      {shopper?.walletId ? (
        <WithdrawPage me={shopper} walletId={shopper.walletId} />
      ) : shopper === null ? (
        <SignInPrompt />
      ) : (
        <SkeletonList rows={3} height={72} />
      )}
    </Shell>
  )
}

WithdrawRoute.words = { shop: { ...moneyWords.shop, ...peopleWords.shop } }
export default WithdrawRoute
