const DIGITS = 10
const E164_DIGITS = 15

/**
 * The ten digits of a Russian mobile number out of what a person typed or pasted: `8 999…`, `+7
 * 999…`,
 * `999…`. Fewer than ten come back as they are, for the next key.
 */
export function phoneDigits(text: string): string {
  const digits = text.replace(/\D/g, '')
  const national = digits.length > DIGITS && /^[78]/.test(digits) ? digits.slice(1) : digits
  return national.slice(0, DIGITS)
}

/** The same, and of numbers of other countries, which begin with `+`, all their digits. */
export function anyPhoneDigits(text: string): string {
  const abroad = /^\s*\+(?!7)/.test(text)
  return abroad ? `+${text.replace(/\D/g, '').slice(0, E164_DIGITS)}` : phoneDigits(text)
}

/** `9991234567` → `999 123-45-67`, also while it is being typed; other countries as they are. */
export function phoneMask(digits: string): string {
  if (digits.startsWith('+')) return digits.slice(1)
  const parts = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8, 10)]
  const [area, ...rest] = parts
  const tail = rest.filter(Boolean).join('-')
  return tail ? `${area} ${tail}` : (area ?? '')
}

/** E.164, or null while digits are missing. */
export function phoneE164(digits: string): string | null {
  if (digits.startsWith('+')) return digits.length > DIGITS ? digits : null
  return digits.length === DIGITS ? `+7${digits}` : null
}
