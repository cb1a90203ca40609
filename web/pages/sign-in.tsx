import { useTranslations } from 'use-intl'
import { peopleWords } from '../src/messages/pages/people.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { SignIn } from '../src/shop/people/sign-in.tsx'
import { Shell } from '../src/shop/shell.tsx'

const SignInPage: ShopPage = () => {
  const t = useTranslations('shop.signIn')
  return (
    <Shell title={t('title')} back="/">
      <SignIn />
    </Shell>
  )
}

SignInPage.words = peopleWords
export default SignInPage
