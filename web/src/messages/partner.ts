import type { AreaWords } from '../i18n/provider.tsx'
import { common } from './ru/common.ts'
import { desk } from './ru/desk.ts'
import { partner } from './ru/partner.ts'
import { problem } from './ru/problem.ts'
import { offer } from './ru/shop-home.ts'
import { verdict } from './ru/verdict.ts'

/** The words of the partner pages; the English ones are a chunk of their own. */
export const partnerWords: AreaWords = {
  ru: { common, desk, partner, problem, shop: { offer }, verdict },
  loadEn: () => import('./en/partner-words.ts').then((module) => module.words),
}
