import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'
import css from './entry-card.module.css'
import { PreferencePickers } from './preferences.tsx'

/** The page before the pages: sign-in, second factor, choice of the organisation. */
export function EntryCard({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return (
    <main className={css.page}>
      <div className={wide ? css.wideColumn : css.column}>
        <Brand />
        <div className={css.card}>{children}</div>
        <PreferencePickers />
      </div>
    </main>
  )
}
