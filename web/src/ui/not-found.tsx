'use client'
import { SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ButtonLink } from './button.tsx'
import { EmptyState } from './states.tsx'

/** A page that does not exist. */
export function NotFound({ home = '/' }: { home?: string }) {
  const t = useTranslations('common.failed')
  return (
    <main>
      <EmptyState
        icon={<SearchX aria-hidden="true" />}
        heading="h1"
        title={t('notFound')}
        action={
          // The home page belongs to the other router, which has nothing to fetch ahead.
          <ButtonLink look="primary" href={home} prefetch={false}>
            {t('home')}
          </ButtonLink>
        }
      >
        {t('notFoundWhy')}
      </EmptyState>
    </main>
  )
}
