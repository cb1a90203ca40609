import type { Words } from '../../i18n/words.ts'
import type { shop as ru } from '../ru/shop.ts'

export const shop: Words<typeof ru> = {}
