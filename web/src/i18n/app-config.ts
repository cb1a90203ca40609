import type { ru } from '../messages/ru.ts'
import type { WebLocale } from './locale.ts'

declare module 'use-intl' {
  /** Types of the message keys and their arguments, from the Russian words. */
  interface AppConfig {
    Locale: WebLocale
    Messages: typeof ru
  }
}
