import { household } from './journeys/household.ts'
import { offers } from './journeys/offers.ts'
import { profile } from './journeys/profile.ts'
import { sessions } from './journeys/sessions.ts'
import { shopper } from './journeys/shopper.ts'
import type { Journey } from './stage.ts'

/** Every journey, the longest first: a few are played at once. */
export const JOURNEYS: readonly Journey[] = [shopper, sessions, household, profile, offers]
