import type { Words } from '../../i18n/words.ts'
import type { verdict as ru } from '../ru/verdict.ts'

export const verdict: Words<typeof ru> = {}
