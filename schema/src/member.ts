import { z } from 'zod'
import { Locale, MarketCode } from './market.ts'
import { OperatorRole, PartnerRole } from './partner.ts'
import { Instant } from './receipt.ts'

/** People as the API shows them: sign-in, profile, consents, sessions. Instants are ISO, UTC. */

export const CODE_DIGITS = 6
export const Code = z.string().regex(/^\d{6}$/)

/** What a shopper may agree to; each is asked, kept and withdrawn apart from the others. */
export const CONSENT_PURPOSES = [
  'terms',
  'personal_data',
  'marketing_sms',
  'marketing_push',
  'partner_sharing',
] as const
export const ConsentPurpose = z.enum(CONSENT_PURPOSES)
export type ConsentPurpose = z.infer<typeof ConsentPurpose>

/** The version of each text in force; a new text gets a new version and is asked again. */
export const CONSENT_VERSIONS: Readonly<Record<ConsentPurpose, string>> = {
  terms: '2026-11',
  personal_data: '2026-11',
  marketing_sms: '2026-11',
  marketing_push: '2026-11',
  partner_sharing: '2026-11',
}

/** Without these two no receipt is taken: there would be no ground to process it on. */
export const CONSENTS_REQUIRED: readonly ConsentPurpose[] = ['terms', 'personal_data']

export const Consent = z.strictObject({
  purpose: ConsentPurpose,
  required: z.boolean(),
  granted: z.boolean(),
  /** The version last answered; null when never asked. */
  textVersion: z.string().nullable(),
  currentVersion: z.string(),
  changedAt: Instant.nullable(),
})
export type Consent = z.infer<typeof Consent>
export const Consents = z.strictObject({ items: z.array(Consent) })

export const ConsentAnswer = z.strictObject({
  purpose: ConsentPurpose,
  granted: z.boolean(),
  textVersion: z.string().max(20),
})
export type ConsentAnswer = z.infer<typeof ConsentAnswer>
export const ConsentAnswers = z.strictObject({
  items: z.array(ConsentAnswer).min(1).max(CONSENT_PURPOSES.length),
})

const MemberKind = z.enum(['anonymous', 'shopper', 'newcomer', 'partner', 'operator'])

export const Me = z.strictObject({
  kind: MemberKind,
  userId: z.string().nullable(),
  name: z.string().nullable(),
  locale: Locale.nullable(),
  phoneMasked: z.string().nullable(),
  email: z.string().nullable(),
  walletId: z.string().nullable(),
  /** The market that the phone belongs to, where nothing else is asked. */
  market: MarketCode.nullable(),
  adultConfirmedAt: Instant.nullable(),
  phoneChangedAt: Instant.nullable(),
  reauthenticatedAt: Instant.nullable(),
  consents: z.array(Consent),
  partners: z.array(z.strictObject({ partnerId: z.string(), role: PartnerRole })),
  operatorRole: OperatorRole.nullable(),
  secondFactor: z.strictObject({
    required: z.boolean(),
    enrolled: z.boolean(),
    verifiedAt: Instant.nullable(),
  }),
})
export type Me = z.infer<typeof Me>

export const MePatch = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  locale: Locale.optional(),
})
export type MePatch = z.infer<typeof MePatch>

const PhoneText = z.string().trim().min(5).max(32)
const MailAddress = z.email().max(254).toLowerCase()

export const PhoneSend = z.strictObject({ phone: PhoneText, locale: Locale.optional() })
export const PhoneVerify = z.strictObject({
  phone: PhoneText,
  code: Code,
  locale: Locale.optional(),
})
export const MailSend = z.strictObject({ email: MailAddress, locale: Locale.optional() })
export const MailVerify = z.strictObject({
  email: MailAddress,
  code: Code,
  locale: Locale.optional(),
})

/** A code has left: to whom (masked), when another may be asked for, when this one dies. */
export const CodeSent = z.strictObject({
  to: z.string(),
  resendAt: Instant,
  expiresAt: Instant,
})
export type CodeSent = z.infer<typeof CodeSent>

export const SignedIn = z.strictObject({ token: z.string(), created: z.boolean(), me: Me })
export type SignedIn = z.infer<typeof SignedIn>

export const CodeOnly = z.strictObject({ code: Code })
export const BackupCode = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/),
})

export const SecondFactorEnrolment = z.strictObject({
  /** `otpauth://totp/…` for the QR code. */
  uri: z.string(),
  /** The same secret in base 32, for typing. */
  secret: z.string(),
  backupCodes: z.array(z.string()),
})
export const SecondFactorPassed = z.strictObject({ secondFactorAt: Instant })

export const AdultRequest = z.strictObject({ dateOfBirth: z.iso.date() })
export const AdultConfirmed = z.strictObject({ adultConfirmedAt: Instant })
export const Reauthenticated = z.strictObject({ reauthenticatedAt: Instant })
export const PhoneChange = z.strictObject({ phone: PhoneText })
export const PhoneChangeVerify = z.strictObject({ phone: PhoneText, code: Code })
export const PhoneChanged = z.strictObject({ phoneMasked: z.string(), phoneChangedAt: Instant })

export const SessionView = z.strictObject({
  id: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  current: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>
export const Sessions = z.strictObject({ items: z.array(SessionView) })

/** `forfeit`: the shopper gives up what is still in the wallet. */
export const EraseRequest = z.strictObject({ forfeit: z.boolean() })

export const Staff = z.strictObject({
  userId: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: PartnerRole,
  state: z.enum(['invited', 'active']),
  invitedAt: Instant,
  joinedAt: Instant.nullable(),
})
export type Staff = z.infer<typeof Staff>
export const StaffList = z.strictObject({ items: z.array(Staff) })
export const StaffInvite = z.strictObject({ email: MailAddress, role: PartnerRole })
export const StaffChange = z.strictObject({ role: PartnerRole })
