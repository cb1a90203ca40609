import type { Words } from '../../i18n/words.ts'
import type { receipt as ruReceipt, receipts as ruReceipts } from '../ru/shop-receipt.ts'

export const receipts: Words<typeof ruReceipts> = {
  title: 'Receipts',
  queuedTitle: 'Waiting to be sent',
  queuedWhy: 'They go by themselves when there is a connection. The scan time is kept.',
  waiting: 'waits',
  sendNow: 'Send now',
  scannedAt: 'Scanned {date}',
  refusedTitle: 'Not sent',
  none: 'No receipts yet',
  noneWhy: 'Scan the code at the bottom of any till receipt. The verdict usually takes seconds.',
  scan: 'Scan a receipt',
  of: 'Receipt for {amount}',
  unknownStore: 'Shop to be named',
}

export const receipt: Words<typeof ruReceipt> = {
  title: 'Receipt',
  strip: 'Shop receipt',
  document: 'No. {number}',
  total: 'Total',
  heldUntil: '{amount} can be withdrawn from {date}',
  nextCheck: 'Next check {date}',
  noOffers: 'No offers for this product',
  why: 'Why',
  wholeReceipt: 'For the whole receipt',
  timeline: 'How it went',
  scanMore: 'Add another receipt',
  toOther: 'Open that receipt',
  numbers: 'Receipt numbers',
  fn: 'Fiscal drive',
  fd: 'Document',
  fp: 'Fiscal sign',
  recognised: 'Recognised as',
  lines: 'Purchases',
  noLines: 'The list of purchases comes with the answer of the tax service.',
  checking: 'Asking the tax service. It usually takes seconds; you may leave this page.',
  otherShopper: 'another shopper',
  disagree: 'Do you disagree?',
  disagreeHow: 'Tell support the number of the receipt; you get an answer within 48 hours.',
  copyId: 'Copy the number',
  quantity: '{count} × {price}',
  state: {
    received: 'Sent',
    verifying: 'Being checked',
    awaiting_authority: 'Waits for the tax service',
    awaiting_budget: 'Being credited',
    credited: 'Confirmed',
    no_reward: 'Confirmed',
    duplicate: 'Already used',
    rejected: 'Not accepted',
    released: 'Cancelled',
  },
  reason: {
    already_claimed:
      'This receipt was already sent on {at}. Sender: {by}. A receipt counts once in the whole network.',
    already_claimed_by_you: 'You have sent this receipt before. Here it is.',
    not_a_sale: 'This is not a sale. Rewards are for purchases, and a return reverses them.',
    from_the_future: 'The time on the receipt has not come yet. Check it if you typed it.',
    too_old: 'The receipt is too old. Scan on the day of purchase and it is always in time.',
    forged:
      'The tax service did not confirm the fiscal sign. If you typed it, check the digits and send again.',
    differs_from_authority:
      'The data differs from what the tax service keeps. Check the receipt and scan the code again.',
    not_delivered_yet:
      'The till has not delivered the receipt yet. This happens when a shop is offline, for up to 30 days. We check again by ourselves, no need to rescan.',
    never_delivered:
      'The shop did not deliver the receipt to the tax service within 30 days. Ask the shop or the tax service.',
    authority_unavailable:
      'The tax service does not answer. We ask again by ourselves; your time of sending is kept.',
    authority_quota:
      'The tax service asks to wait. We ask again by ourselves; your time of sending is kept.',
    daily_limit: 'The largest number of receipts for today is reached. Tomorrow you can go on.',
    till_limit: 'The largest number of receipts of this till for today is reached.',
    nothing_matched: 'There are no offers for these products now. The receipt is checked and kept.',
    being_compared:
      'A receipt like this was credited by a photo. A person will compare the two; the answer comes here.',
    staff_released: 'Support cancelled the decision on this receipt. You may send it again.',
  },
  step: {
    submitted: 'Receipt sent',
    claimed: 'Receipt reserved for you',
    duplicate: 'There was such a receipt already',
    asked_authority: 'Tax service asked',
    reviewed: 'Reviewed by a person',
    authority_answered: 'Tax service answered',
    awaiting_authority: 'Not at the tax service yet, waiting',
    judged: 'Compared with the offers',
    awaiting_budget: 'Waiting for the offer’s money',
    budget_granted: 'The offer’s money has come',
    credited: 'Reward credited',
    no_reward: 'Decided, no reward',
    rejected: 'Receipt not accepted',
    released: 'Decision cancelled',
    retried: 'Checked once more',
  },
}
