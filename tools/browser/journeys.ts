import { household } from './journeys/household.ts'
import { keyboard } from './journeys/keyboard.ts'
import { austria, kazakhstan } from './journeys/markets.ts'
import { offers } from './journeys/offers.ts'
import { operatorJourney } from './journeys/operator.ts'
import { operatorPages, partnerPages, shopperPages, strangerPages } from './journeys/pages.ts'
import { partnerJourney } from './journeys/partner.ts'
import { photo } from './journeys/photo.ts'
import { profile } from './journeys/profile.ts'
import { review } from './journeys/review.ts'
import { sessions } from './journeys/sessions.ts'
import { shopperJourney } from './journeys/shopper.ts'
import { waiting } from './journeys/waiting.ts'
import { waitingCode } from './journeys/waiting-code.ts'
import type { Journey } from './stage.ts'

/** Every journey. A few are played at once: first those that wait for a second code for a minute. */
export const JOURNEYS: readonly Journey[] = [
  sessions,
  household,
  profile,
  shopperJourney('phone'),
  shopperJourney('desktop'),
  partnerJourney('desktop'),
  partnerJourney('phone'),
  operatorJourney('desktop'),
  operatorJourney('phone'),
  partnerPages,
  operatorPages,
  shopperPages,
  strangerPages,
  keyboard,
  waiting,
  waitingCode,
  photo,
  review,
  offers,
  austria,
  kazakhstan,
]
