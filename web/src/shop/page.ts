import type { NextPage } from 'next'
import type { PageWords } from '../i18n/provider.tsx'

/** A shopper page, with the words that only it needs. */
export type ShopPage = NextPage & { words?: PageWords }
