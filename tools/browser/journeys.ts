import { shopper } from './journeys/shopper.ts'
import type { Journey } from './stage.ts'

/** Every journey, in the order in which they are played. */
export const JOURNEYS: readonly Journey[] = [shopper]
