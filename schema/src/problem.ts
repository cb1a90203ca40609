import { z } from 'zod'

/**
 * The one table of problem codes. An HTTP error is RFC 9457 `application/problem+json` with `code`
 * from here; the screens word each code in both languages. A rejected receipt is not a problem: it
 * is a normal answer with a verdict.
 */
export const PROBLEMS = {
  account_blocked: { status: 403, title: 'The account is blocked' },
  activation_cap_needed: { status: 422, title: 'Activation needs a cap per receipt' },
  adult_confirmation_needed: { status: 403, title: 'Confirm that you are 18 or older' },
  already_staff: { status: 409, title: 'That person is on the staff already' },
  ambiguous_sum: { status: 422, title: 'The sum has no dot: roubles or kopecks?' },
  amount_differs: { status: 422, title: 'The amount is not the one of the invoice' },
  balance_left: { status: 409, title: 'Withdraw the balance first' },
  body_too_large: { status: 413, title: 'The body is too large' },
  budget_exhausted: { status: 409, title: 'The budget of the offer is taken' },
  bank_unknown: { status: 422, title: 'No such bank takes payouts by phone number' },
  card_number_invalid: { status: 422, title: 'The card number does not check' },
  code_attempts_exhausted: { status: 429, title: 'Too many wrong codes' },
  code_expired: { status: 400, title: 'The code has expired' },
  code_invalid: { status: 400, title: 'The code is wrong' },
  code_resend_too_soon: { status: 429, title: 'A code was sent a moment ago' },
  code_sends_exhausted: { status: 429, title: 'Too many codes were sent' },
  consent_needed: { status: 403, title: 'Consent to the terms is needed first' },
  consent_required: { status: 422, title: 'This consent ends only with the account' },
  consent_text_outdated: { status: 422, title: 'The text of the consent has changed' },
  cross_site: { status: 403, title: 'The request came from another site' },
  device_accounts_exhausted: { status: 429, title: 'Too many accounts from this device' },
  foreign_receipt: { status: 422, title: 'A receipt of another country' },
  funds_short: { status: 409, title: 'Not enough money on the partner account' },
  id_reused: { status: 409, title: 'The id was used for another request' },
  internal: { status: 500, title: 'Something broke on our side' },
  invalid_request: { status: 400, title: 'The request does not match the contract' },
  invitations_exhausted: { status: 429, title: 'Too many invitations today' },
  last_owner: { status: 409, title: 'The last owner cannot leave' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  not_a_fiscal_code: { status: 422, title: 'Not a fiscal receipt we know' },
  not_found: { status: 404, title: 'Not found' },
  not_now: { status: 409, title: 'Not allowed in the present state' },
  offer_incomplete: { status: 422, title: 'The offer is not complete' },
  offer_not_live: { status: 409, title: 'The offer is not live' },
  offer_used_up: { status: 409, title: 'The offer pays this shopper no more' },
  overloaded: { status: 503, title: 'Too many requests at once; try again' },
  partner_not_active: { status: 403, title: 'The partner is not active yet' },
  payout_amount_too_large: { status: 422, title: 'More than one payout may carry' },
  payout_amount_too_small: { status: 422, title: 'Less than the smallest payout' },
  payout_under_way: { status: 409, title: 'A payout is still under way' },
  payouts_frozen: { status: 503, title: 'Payouts wait for a check of the books' },
  phone_change_cooldown: { status: 403, title: 'The phone was changed lately' },
  phone_not_supported: { status: 422, title: 'Not a phone number of this market' },
  receipt_incomplete: { status: 422, title: 'The code lacks some of the fields' },
  reauthentication_needed: { status: 403, title: 'Confirm that it is you' },
  role_not_allowed: { status: 403, title: 'The role does not allow this' },
  second_factor_enrolled: { status: 409, title: 'The second factor is set up already' },
  second_factor_invalid: { status: 400, title: 'The code of the second factor is wrong' },
  second_factor_not_enrolled: { status: 409, title: 'Set up the second factor first' },
  second_factor_required: { status: 403, title: 'The second factor is needed' },
  sign_in_required: { status: 401, title: 'Sign in first' },
  submissions_exhausted: { status: 429, title: 'Too many receipts that were not credited' },
  taken: { status: 409, title: 'Belongs to somebody already' },
  under_age: { status: 422, title: 'Only for people of 18 and older' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported' },
  upstream_unavailable: { status: 503, title: 'A service we depend on does not answer' },
  wallet_short: { status: 409, title: 'Not enough money in the wallet' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof PROBLEMS

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  /** When the caller may try again, seconds. */
  retryAfter: z.number().int().optional(),
  /** The same moment on the clock. */
  retryAt: z.iso.datetime().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
