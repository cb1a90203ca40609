import type { ReactNode } from 'react'
import { Field } from '../../ui/field.tsx'
import { phoneDigits, phoneMask } from './phone-digits.ts'

/**
 * A Russian mobile number: +7 stands there, the rest is grouped while typing; pasting takes any
 * form.
 */
export function PhoneField({
  label,
  digits,
  onDigits,
  error,
  hint,
  autoFocus,
}: {
  label: string
  digits: string
  onDigits: (digits: string) => void
  error?: ReactNode
  hint?: ReactNode
  autoFocus?: boolean
}) {
  return (
    <Field
      label={label}
      prefix="+7"
      type="tel"
      inputMode="tel"
      autoComplete="tel-national"
      placeholder="999 123-45-67"
      className="number"
      value={phoneMask(digits)}
      onChange={(event) => onDigits(phoneDigits(event.target.value))}
      error={error}
      hint={hint}
      autoFocus={autoFocus ?? false}
    />
  )
}
