import type { Words } from '../../i18n/words.ts'
import type { home as ruHome, nav as ruNav, offer as ruOffer } from '../ru/shop-home.ts'

export const nav: Words<typeof ruNav> = {
  label: 'Sections',
  offers: 'Offers',
  receipts: 'Receipts',
  scan: 'Scan a receipt',
  wallet: 'Wallet',
  profile: 'Profile',
  signIn: 'Sign in',
  signInNeeded: 'Sign in first',
  signInWhy: 'Sign in by phone: it takes half a minute and no password.',
  queued: '{count, plural, one {# receipt waits to be sent} other {# receipts wait to be sent}}',
  offline: 'No connection: this is what was seen last',
}

export const home: Words<typeof ruHome> = {
  title: 'Offers',
  canWithdraw: 'You can withdraw',
  comingFrom: '{amount} from {date}',
  comingMore: '{amount} more later',
  paying: '{amount} on its way',
  withdraw: 'Withdraw',
  scan: 'Scan',
  history: 'History',
  offers: 'Offers',
  welcome: 'Money back on everyday shopping',
  welcomeHow:
    'Scan the code on a till receipt. The tax service confirms the purchase, and the brand’s money comes to your wallet. Withdraw from one rouble.',
  search: 'Find an offer',
  retailer: 'Shop',
  anyRetailer: 'All shops',
  none: 'No such offers now',
  noneWhy: 'Try another word or another shop.',
  noneAtAll: 'No offers yet',
  noneAtAllWhy: 'You can scan receipts already: they are checked when offers appear.',
  resetSearch: 'Show all offers',
}

export const offer: Words<typeof ruOffer> = {
  title: 'Offer',
  activate: 'Activate',
  activateFor: 'Reserve the reward',
  activated: 'yours until {date}',
  activatedMore: 'Up to {amount} is reserved for you until {date}. Nobody else can take it.',
  activationRequired: 'Activate before you buy',
  activationOptional: 'Works without activation too. Activating reserves the reward for you.',
  left: '{percent}% left',
  leftLabel: 'Budget left in the offer',
  ends: 'until {date}',
  rules: 'Rules',
  where: 'Where it works',
  everywhere: 'In any shop that gives a till receipt',
  finePrint: 'Advertising and organiser',
  organiser: 'Organiser',
  advertiser: 'Advertiser, tax number',
  adToken: 'Ad token',
  fullRules: 'Full rules of the offer',
  gone: 'The offer has ended or is no longer there',
  goneWhy: 'What you earned with it stays yours.',
  toOffers: 'To the offers',
  justActivated: 'Done: the reward is yours until {date}',
}
