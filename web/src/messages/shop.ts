import type { AreaWords } from '../i18n/provider.tsx'
import { common } from './ru/common.ts'
import { problem } from './ru/problem.ts'
import { home, nav, offer } from './ru/shop-home.ts'

/**
 * The words that every shopper page ships with. What only one page says is in `shop-pages.ts`, so
 * that the first load stays small; the English words are one chunk.
 */
export const shopWords: AreaWords = {
  ru: { common, problem, shop: { nav, home, offer } },
  loadEn: () => import('./en/shop-words.ts').then((module) => module.words),
}
