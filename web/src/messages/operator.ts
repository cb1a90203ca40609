import type { AreaWords } from '../i18n/provider.tsx'
import { common } from './ru/common.ts'
import { desk } from './ru/desk.ts'
import { operator } from './ru/operator.ts'
import { problem } from './ru/problem.ts'
import { verdict } from './ru/verdict.ts'

/** The words of the operator pages; the English ones are a chunk of their own. */
export const operatorWords: AreaWords = {
  ru: { common, desk, operator, problem, verdict },
  loadEn: () => import('./en/operator-words.ts').then((module) => module.words),
}
