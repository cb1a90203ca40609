import { useLocale } from 'use-intl'
import type { WebLocale } from '../../i18n/locale.ts'
import css from '../people/people.module.css'
import { Shell } from '../shell.tsx'
import type { LegalText } from './text.ts'

/** A text to be read before agreeing to it. */
export function LegalPage({ texts }: { texts: Readonly<Record<WebLocale, LegalText>> }) {
  const text = texts[useLocale()]
  return (
    <Shell title={text.title} back="/profile">
      <article className={css.legal}>
        <p className={css.muted}>{text.edition}</p>
        {text.parts.map((part) => (
          <section key={part.heading} className={css.legal}>
            <h2>{part.heading}</h2>
            {part.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
      </article>
    </Shell>
  )
}
