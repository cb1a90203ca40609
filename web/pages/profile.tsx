import { useTranslations } from 'use-intl'
import { peopleWords } from '../src/messages/pages/people.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { ProfilePage, TextsCard, ViewCard } from '../src/shop/people/profile-page.tsx'
import { useShopper } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { SignInPrompt } from '../src/shop/sign-in-prompt.tsx'
import { SkeletonList } from '../src/ui/states.tsx'

const ProfileRoute: ShopPage = () => {
  const t = useTranslations('shop.profile')
  const shopper = useShopper()
  return (
    <Shell title={t('title')}>
      {shopper ? (
        <ProfilePage me={shopper} />
      ) : shopper === null ? (
        <>
          <SignInPrompt />
          <ViewCard signedIn={false} />
          <TextsCard />
        </>
      ) : (
        <SkeletonList rows={4} height={120} />
      )}
    </Shell>
  )
}

ProfileRoute.words = peopleWords
export default ProfileRoute
