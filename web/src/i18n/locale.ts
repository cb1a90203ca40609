import { stored } from '../stored.ts'

export const LOCALES = ['ru', 'en'] as const
export type WebLocale = (typeof LOCALES)[number]

/** The chosen language; Russian until someone chooses. `public/boot.js` reads the same key. */
export const locale = stored<WebLocale>('kopilka.locale', LOCALES, 'ru')
