import { common } from '../../web/src/messages/ru/common.ts'
import { desk } from '../../web/src/messages/ru/desk.ts'
import { operator } from '../../web/src/messages/ru/operator.ts'
import { partner } from '../../web/src/messages/ru/partner.ts'
import { problem } from '../../web/src/messages/ru/problem.ts'
import { shop } from '../../web/src/messages/ru/shop.ts'
import { verdict } from '../../web/src/messages/ru/verdict.ts'

/** The words that the screens show, so that a journey looks for what a person reads. */
export const WORDS = { common, desk, operator, partner, problem, shop, verdict } as const

/**
 * A pattern for a sentence with values in it: `'Код отправлен на {to}'` finds any value. Plurals
 * and other nested arguments count as any value too.
 */
export function sentence(template: string): RegExp {
  let depth = 0
  let pattern = ''
  for (const letter of template) {
    if (letter === '{') {
      if (depth === 0) pattern += '.+?'
      depth += 1
    } else if (letter === '}') depth -= 1
    else if (depth === 0) pattern += letter.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  }
  return new RegExp(pattern)
}
