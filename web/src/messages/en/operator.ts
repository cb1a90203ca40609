import type { Words } from '../../i18n/words.ts'
import type { operator as ru } from '../ru/operator.ts'

export const operator: Words<typeof ru> = {}
