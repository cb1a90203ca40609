import type { AreaWords } from '../i18n/provider.tsx'
import { common } from './ru/common.ts'
import { problem } from './ru/problem.ts'
import { shop } from './ru/shop.ts'
import { verdict } from './ru/verdict.ts'

/** The words of the shop pages; the English ones are a chunk of their own. */
export const shopWords: AreaWords = {
  ru: { common, shop, problem, verdict },
  loadEn: () => import('./en/shop-words.ts').then((module) => module.words),
}
