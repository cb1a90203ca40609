'use client'
import { Component, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { EmptyState } from './states.tsx'

interface BoundaryProps {
  /** Runs before the page is loaded again, for example to drop answers of an older version. */
  onReload?: () => Promise<void>
  children: ReactNode
}

/** Catches what a page throws while it is drawn, says so in words and offers to load it again. */
export class ErrorBoundary extends Component<BoundaryProps, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return <Broken onReload={this.props.onReload} />
  }
}

function Broken({ onReload }: { onReload: BoundaryProps['onReload'] }) {
  const t = useTranslations('common.failed')

  async function reload() {
    await onReload?.()
    window.location.reload()
  }

  return (
    <main>
      <EmptyState
        heading="h1"
        title={t('title')}
        action={
          <Button look="primary" onClick={() => void reload()}>
            {t('reload')}
          </Button>
        }
      >
        {t('page')}
      </EmptyState>
    </main>
  )
}
