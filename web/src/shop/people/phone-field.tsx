import type { ReactNode } from 'react'
import { Field } from '../../ui/field.tsx'
import { anyPhoneDigits, phoneDigits, phoneMask } from './phone-digits.ts'

/**
 * A mobile number: +7 stands there, the rest is grouped while typing; pasting takes any form. With
 * `abroad` also one of another country, which begins with its `+` and code.
 */
export function PhoneField({
  label,
  digits,
  onDigits,
  error,
  hint,
  autoFocus,
  abroad,
}: {
  label: string
  digits: string
  onDigits: (digits: string) => void
  error?: ReactNode
  hint?: ReactNode
  autoFocus?: boolean
  abroad?: boolean
}) {
  const isAbroad = digits.startsWith('+')
  function read(text: string): string {
    if (!abroad) return phoneDigits(text)
    return anyPhoneDigits(isAbroad && text !== '' ? `+${text.replace(/^\+/, '')}` : text)
  }
  return (
    <Field
      label={label}
      prefix={isAbroad ? '+' : '+7'}
      type="tel"
      inputMode="tel"
      autoComplete="tel-national"
      placeholder="999 123-45-67"
      className="number"
      value={phoneMask(digits)}
      onChange={(event) => onDigits(read(event.target.value))}
      error={error}
      hint={hint}
      autoFocus={autoFocus ?? false}
    />
  )
}
