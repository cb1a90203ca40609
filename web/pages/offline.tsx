import { WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { peopleWords } from '../src/messages/pages/people.ts'
import type { ShopPage } from '../src/shop/page.ts'
import { Shell } from '../src/shop/shell.tsx'
import { ButtonLink } from '../src/ui/button.tsx'
import { EmptyState } from '../src/ui/states.tsx'

/** Shown by the service worker in place of a page that is not on the device. */
const OfflinePage: ShopPage = () => {
  const t = useTranslations('shop.offline')
  return (
    <Shell title={t('title')}>
      <EmptyState
        icon={<WifiOff aria-hidden="true" />}
        title={t('title')}
        action={
          <ButtonLink look="primary" href="/scan">
            {t('scan')}
          </ButtonLink>
        }
      >
        {t('why')}
      </EmptyState>
    </Shell>
  )
}

OfflinePage.words = peopleWords
export default OfflinePage
