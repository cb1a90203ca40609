import type { Words } from '../../i18n/words.ts'
import type { partner as ru } from '../ru/partner.ts'

export const partner: Words<typeof ru> = {}
