const DIGITS = 10

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

/** `9991234567` → `999 123-45-67`, also while it is being typed. */
export function phoneMask(digits: string): string {
  const parts = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8, 10)]
  const [area, ...rest] = parts
  const tail = rest.filter(Boolean).join('-')
  return tail ? `${area} ${tail}` : (area ?? '')
}

/** E.164, or null while digits are missing. */
export function phoneE164(digits: string): string | null {
  return digits.length === DIGITS ? `+7${digits}` : null
}
