import { Secret, TOTP, URI } from 'otpauth'

const TEXT_CHARS_MAX = 500
const LABEL_CHARS_MAX = 120
/** RFC 4226, 4: a shared secret of at least 128 bits, 26 characters of base 32; 16 are common. */
const SECRET = /^[A-Z2-7]{16,128}$/

/** An account as an authenticator app keeps it. */
export type Account = {
  /** Who asks for the codes, e.g. `Kopilka`. */
  issuer: string
  /** Whose codes they are, mostly an e-mail address. */
  label: string
  /** `otpauth://totp/…`: everything a code is computed from. */
  uri: string
}

/** A code and how long it still is the one. */
export type CurrentCode = { code: string; secondsLeft: number }

/**
 * Reads what a person adds to the app: the `otpauth://` link of the QR code, or the bare secret in
 * base 32 (blanks and case do not matter) with a label. Null when it is neither.
 */
export function readAccount(text: string, label: string): Account | null {
  const typed = text.trim()
  if (typed.length > TEXT_CHARS_MAX) return null
  if (/^otpauth:/i.test(typed)) return fromLink(typed)
  const secret = typed.replace(/[\s-]/g, '').toUpperCase()
  if (!SECRET.test(secret)) return null
  const otp = new TOTP({
    label: label.trim().slice(0, LABEL_CHARS_MAX) || '—',
    secret: Secret.fromBase32(secret),
  })
  return { issuer: '', label: otp.label, uri: otp.toString() }
}

function fromLink(link: string): Account | null {
  try {
    const otp = URI.parse(link)
    if (!(otp instanceof TOTP)) return null
    return { issuer: otp.issuer, label: otp.label, uri: otp.toString() }
  } catch {
    return null
  }
}

/** The code of an account at `now` (epoch milliseconds). Throws on an account that is not one. */
export function currentCode(account: Account, now: number): CurrentCode {
  const otp = URI.parse(account.uri)
  if (!(otp instanceof TOTP)) throw new Error('an account of the authenticator is time-based')
  return {
    code: otp.generate({ timestamp: now }),
    secondsLeft: Math.ceil(otp.remaining({ timestamp: now }) / 1_000),
  }
}
