import { useTranslations } from 'use-intl'
import { moneyWords } from '../src/messages/pages/money.ts'
import { WalletPage } from '../src/shop/money/wallet-page.tsx'
import type { ShopPage } from '../src/shop/page.ts'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'

const WalletRoute: ShopPage = () => {
  const t = useTranslations('shop.wallet')
  const shopper = useShopper()
  return <Shell title={t('title')}>{shopper === null ? <SignInPrompt /> : <WalletPage />}</Shell>
}

WalletRoute.words = moneyWords
export default WalletRoute
