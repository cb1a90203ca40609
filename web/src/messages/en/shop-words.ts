import { common } from './common.ts'
import { problem } from './problem.ts'
import { shop } from './shop.ts'
import { verdict } from './verdict.ts'

/** The English words of the shop pages. */
export const words = { common, shop, problem, verdict }
