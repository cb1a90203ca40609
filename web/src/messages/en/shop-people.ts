import type { Words } from '../../i18n/words.ts'
import type {
  consent as ruConsent,
  offline as ruOffline,
  profile as ruProfile,
  signIn as ruSignIn,
} from '../ru/shop-people.ts'

export const signIn: Words<typeof ruSignIn> = {
  title: 'Sign in by phone',
  why: 'We send a code by text message. There is no password to remember.',
  phone: 'Phone',
  phoneWrong: '10 digits of a mobile number are needed',
  getCode: 'Get the code',
  codeTitle: 'Enter the code',
  sentTo: 'The code was sent to {to}',
  code: 'Code from the message',
  resend: 'Send the code again',
  resendIn: 'You can ask for a new code in {seconds} s',
  otherPhone: 'Another number',
  enter: 'Sign in',
  attemptsLeft: '{count, plural, one {# attempt left} other {# attempts left}}',
}

export const consent: Words<typeof ruConsent> = {
  title: 'Your consent',
  why: 'The first two are needed to check receipts and to pay. The rest is up to you and can be changed in the profile.',
  purpose: {
    terms: 'I accept the terms of the programme',
    personal_data: 'I agree to the processing of my personal data',
    marketing_sms: 'Send me offers by text message',
    marketing_push: 'Send me notifications about offers',
    partner_sharing: 'Show partners my purchases as mine',
  },
  hint: {
    terms: 'How rewards are counted and when they are yours',
    personal_data: 'Phone, receipts, withdrawals: what is kept and why',
    marketing_sms: 'At most once a week',
    marketing_push: 'In the app only',
    partner_sharing: 'Otherwise partners see sums over at least 20 people',
  },
  read: 'Read the text',
  requiredMark: 'required',
  requiredError: 'Receipts cannot be taken without this consent',
  agree: 'Agree and continue',
  granted: 'Given on {date}, edition {version}',
  withdrawn: 'Withdrawn on {date}',
  never: 'Not given',
  requiredWhy: 'Ends together with the account',
}

export const profile: Words<typeof ruProfile> = {
  title: 'Profile',
  you: 'About you',
  name: 'Name',
  nameHint: 'How to address you. Nobody else sees it.',
  phone: 'Phone',
  changePhone: 'Change the phone',
  phoneSteps: {
    confirm: 'First confirm that it is you: the code went to {to}.',
    enter: 'Enter the new number; a code will come to it.',
    confirmNew: 'The code was sent to the new number {to}.',
    done: 'The phone is now {phone}. Withdrawals open in a few days.',
    newPhone: 'New phone',
  },
  view: 'Appearance',
  sessions: 'Where you are signed in',
  sessionsNow: 'This device',
  sessionEnd: 'End',
  sessionsEndAll: 'Sign out everywhere',
  sessionSeen: 'last active {date}',
  unknownDevice: 'Unknown device',
  consents: 'Consents',
  data: 'Your data',
  export: 'Download all data',
  exportWhy: 'A JSON file with everything we keep about you.',
  erase: 'Erase the account',
  eraseTitle: 'Erasing the account',
  eraseWhy:
    'We erase the phone, the name, the consents and the sign-in. The law makes us keep money records; they stay without your name. This cannot be undone.',
  eraseBalance: 'There is {amount} in the wallet. Withdraw it first or give it up.',
  eraseWithdraw: 'Withdraw the money',
  eraseForfeit: 'I give up the money in the wallet',
  eraseConfirm: 'Erase for ever',
  eraseDone: 'The account is erased',
  eraseCode: 'The code for erasing was sent to {to}.',
  install: 'Install the app',
  installWhy: 'It opens from its own icon and works offline.',
  texts: 'Terms and data',
  terms: 'Terms of the programme',
  privacy: 'Processing of personal data',
  signOut: 'Sign out',
}

export const offline: Words<typeof ruOffline> = {
  title: 'No connection',
  why: 'This page has not been opened on this device yet. You can scan receipts offline; they go by themselves.',
  scan: 'Scan a receipt',
}
