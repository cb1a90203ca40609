'use client'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { IntlProvider, type Messages } from 'use-intl'
import { useMarket } from '../market.ts'
import type {} from './app-config.ts'
import { locale, type WebLocale } from './locale.ts'
import type { SomeWords, Words } from './words.ts'

/** Words of a part of the product, in Russian: they ship with the page that shows them. */
export type PageWords = SomeWords<Messages>

/**
 * The words of one area: Russian ships with the page, English is fetched when chosen, all of it.
 */
export interface AreaWords {
  ru: PageWords
  loadEn: () => Promise<Partial<Words<Messages>>>
}

/** An app that is installed is named in the language that was chosen. */
const MANIFESTS: Record<WebLocale, string> = {
  ru: '/manifest.webmanifest',
  en: '/manifest.en.webmanifest',
}

interface I18nProps {
  words: AreaWords
  /** Words of this page alone, beside those of its area. */
  page?: PageWords | undefined
  children: ReactNode
}

/** Gives every component below the words of the chosen language. */
export function I18nProvider({ words, page, children }: I18nProps) {
  const chosen = locale.use()
  const { timeZone } = useMarket()
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
    document.querySelector('link[rel=manifest]')?.setAttribute('href', MANIFESTS[shown])
    if (shown === chosen) delete document.documentElement.dataset.words
  }, [shown, chosen])

  const russian = useMemo(() => join(words.ru, page), [words, page])
  const messages = shown === 'en' && english ? (english as PageWords) : russian
  return (
    <IntlProvider locale={shown} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  )
}

/** Both trees as one; only the shopper's words are cut finer than by area. */
function join(area: PageWords, page: PageWords | undefined): PageWords {
  return page ? { ...area, ...page, shop: { ...area.shop, ...page.shop } } : area
}
