import { UserRound } from 'lucide-react'
import { useRouter } from 'next/router'
import { useTranslations } from 'use-intl'
import { ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/states.tsx'

/** In place of a page that is someone's, while nobody is signed in. */
export function SignInPrompt() {
  const t = useTranslations('shop.nav')
  const { asPath } = useRouter()
  return (
    <EmptyState
      icon={<UserRound aria-hidden="true" />}
      title={t('signInNeeded')}
      action={
        <ButtonLink look="primary" href={`/sign-in?next=${encodeURIComponent(asPath)}`}>
          {t('signIn')}
        </ButtonLink>
      }
    >
      {t('signInWhy')}
    </EmptyState>
  )
}
