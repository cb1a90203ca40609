import { common } from './common.ts'
import { desk } from './desk.ts'
import { operator } from './operator.ts'
import { problem } from './problem.ts'
import { verdict } from './verdict.ts'

/** The English words of the operator pages. */
export const words = { common, desk, operator, problem, verdict }
