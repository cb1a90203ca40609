import { common } from './ru/common.ts'
import { desk } from './ru/desk.ts'
import { operator } from './ru/operator.ts'
import { partner } from './ru/partner.ts'
import { problem } from './ru/problem.ts'
import { shop } from './ru/shop.ts'
import { verdict } from './ru/verdict.ts'

/** All Russian words. Pages import the bundle of their area instead, so as not to ship the rest. */
export const ru = { common, shop, desk, partner, operator, verdict, problem } as const
