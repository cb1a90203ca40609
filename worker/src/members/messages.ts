import type { Locale } from '#schema/market'
import type { PartnerRole } from '#schema/partner'
import type { CodePurpose } from './limits.ts'

/** The texts of codes and invitations. A code's last line lets phones fill it in (WebOTP). */

type LocalTexts<Key extends string> = Readonly<Record<Key, Readonly<Record<Locale, string>>>>

const CODE_TEXTS: LocalTexts<CodePurpose> = {
  sign_in: {
    ru: 'код для входа в Копилку. Никому его не сообщайте.',
    en: 'is your Kopilka sign-in code. Do not share it.',
  },
  reauthenticate: {
    ru: 'код подтверждения в Копилке. Если вы ничего не подтверждаете, никому его не сообщайте.',
    en: 'confirms that it is you at Kopilka. If you did not ask for it, do not share it.',
  },
  phone_change: {
    ru: 'код, чтобы сделать этот номер вашим номером в Копилке. Никому его не сообщайте.',
    en: 'makes this your phone number at Kopilka. Do not share it.',
  },
}

/** The SMS with a code. */
export function codeSms(
  purpose: CodePurpose,
  code: string,
  locale: Locale,
  baseUrl: string,
): string {
  const { host } = new URL(baseUrl)
  return `${code} ${joint(locale)}${CODE_TEXTS[purpose][locale]}\n\n@${host} #${code}`
}

/** The mail with a sign-in code. */
export function codeMail(code: string, locale: Locale): { subject: string; text: string } {
  return {
    subject: locale === 'ru' ? `${code} — код для входа в Копилку` : `${code} is your Kopilka code`,
    text: `${code} ${joint(locale)}${CODE_TEXTS.sign_in[locale]}`,
  }
}

/** The SMS to the number that has just been replaced. */
export function phoneChangedSms(locale: Locale): string {
  return locale === 'ru'
    ? 'Номер телефона в Копилке изменён. Если это были не вы, напишите в поддержку.'
    : 'Your phone number at Kopilka was changed. If it was not you, write to support.'
}

const ROLE_NAMES: LocalTexts<PartnerRole> = {
  owner: { ru: 'владелец', en: 'owner' },
  marketer: { ru: 'маркетолог', en: 'marketer' },
  finance: { ru: 'финансы', en: 'finance' },
  cashier: { ru: 'кассир', en: 'cashier' },
  viewer: { ru: 'наблюдатель', en: 'viewer' },
}

/** The mail that invites somebody to a partner's staff, in both languages: theirs is unknown. */
export function invitationMail(
  partner: string | null,
  role: PartnerRole,
  baseUrl: string,
): { subject: string; text: string } {
  const link = new URL('/partner', baseUrl).href
  const ru = partner === null ? 'партнёра' : `партнёра «${partner}»`
  const en = partner === null ? 'a partner' : partner
  return {
    subject: 'Приглашение в Копилку / Invitation to Kopilka',
    text: [
      `Вас пригласили в кабинет ${ru}, роль: ${ROLE_NAMES[role].ru}.`,
      `Войдите с этим адресом почты: ${link}`,
      '',
      `You are invited to the account of ${en}, role: ${ROLE_NAMES[role].en}.`,
      `Sign in with this e-mail address: ${link}`,
    ].join('\n'),
  }
}

function joint(locale: Locale): string {
  return locale === 'ru' ? '— ' : ''
}
