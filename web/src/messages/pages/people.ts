import type { PageWords } from '../../i18n/provider.tsx'
import { consent, offline, profile, signIn } from '../ru/shop-people.ts'

/** Words of sign-in, consents and profile. */
export const peopleWords: PageWords = { shop: { consent, offline, profile, signIn } }
