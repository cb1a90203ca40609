import { common } from './common.ts'
import { desk } from './desk.ts'
import { partner } from './partner.ts'
import { problem } from './problem.ts'
import { shop } from './shop.ts'
import { verdict } from './verdict.ts'

/** The English words of the partner pages. */
export const words = { common, desk, partner, problem, shop, verdict }
