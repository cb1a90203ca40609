'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { IntlProvider, type Messages } from 'use-intl'
import type {} from './app-config.ts'
import { locale, MARKET_TIME_ZONE, type WebLocale } from './locale.ts'
import type { Words } from './words.ts'

/** The words of one area of the product: Russian ships with the page, English is fetched when chosen. */
export interface AreaWords {
  ru: Partial<Messages>
  loadEn: () => Promise<Partial<Words<Messages>>>
}

/** Gives every component below the words of the chosen language. */
export function I18nProvider({ words, children }: { words: AreaWords; children: ReactNode }) {
  const chosen = locale.use()
  const [english, setEnglish] = useState<Partial<Words<Messages>> | null>(null)
  const shown: WebLocale = chosen === 'en' && english ? 'en' : 'ru'

  useEffect(() => {
    if (chosen !== 'en') return
    let wanted = true
    words.loadEn().then(
      (loaded) => wanted && setEnglish(loaded),
      () => {
        delete document.documentElement.dataset.words
      },
    )
    return () => {
      wanted = false
    }
  }, [chosen, words])

  useEffect(() => {
    document.documentElement.lang = shown
    if (shown === chosen) delete document.documentElement.dataset.words
  }, [shown, chosen])

  const messages = shown === 'en' && english ? (english as Partial<Messages>) : words.ru
  return (
    <IntlProvider locale={shown} messages={messages} timeZone={MARKET_TIME_ZONE}>
      {children}
    </IntlProvider>
  )
}
