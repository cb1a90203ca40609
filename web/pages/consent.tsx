import { useTranslations } from 'use-intl'
import { peopleWords } from '../src/messages/pages/people.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { ConsentForm } from '../src/shop/people/consent-form.tsx'
import { useMe } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'
import { FailedState, SkeletonList } from '../src/ui/states.tsx'

const ConsentPage: ShopPage = () => {
  const t = useTranslations('shop.consent')
  const { data: me, error, mutate } = useMe()
  return (
    <Shell title={t('title')}>
      {me?.kind === 'shopper' ? (
        <ConsentForm consents={me.consents} />
      ) : me ? (
        <SignInPrompt />
      ) : error ? (
        <FailedState problem={error} onRetry={() => void mutate()} />
      ) : (
        <SkeletonList rows={4} height={64} />
      )}
    </Shell>
  )
}

ConsentPage.words = peopleWords
export default ConsentPage
