import { type FieldErrors, get } from 'react-hook-form'
import { useTranslations } from 'use-intl'

/** Words by the kind of a zod issue, as `@hookform/resolvers` passes it on. */
const BY_TYPE = {
  too_small: 'tooShort',
  too_big: 'tooLong',
  invalid_type: 'required',
  invalid_union: 'wrong',
  invalid_format: 'wrong',
} as const

/** Words by the last part of a field's path, where the kind alone would say too little. */
const BY_FIELD = {
  email: 'email',
  website: 'url',
  gtin: 'gtin',
  registration: 'sixteen',
  fiscalDrive: 'sixteen',
} as const

/** Finds a field's error and words it; undefined when the field is right. */
export function useFieldWords(errors: FieldErrors): (path: string) => string | undefined {
  const t = useTranslations('desk.form')
  return (path) => {
    const error: unknown = get(errors, path)
    if (typeof error !== 'object' || error === null || !('type' in error)) return undefined
    const field = path.split('.').at(-1) ?? ''
    if (field in BY_FIELD && !isEmpty(error)) return t(BY_FIELD[field as keyof typeof BY_FIELD])
    const type = isEmpty(error) ? 'invalid_type' : String(error.type)
    return t(type in BY_TYPE ? BY_TYPE[type as keyof typeof BY_TYPE] : 'wrong')
  }
}

/** An empty field is too short only in the eyes of the contract; to a person it is empty. */
function isEmpty(error: object): boolean {
  const ref: unknown = 'ref' in error ? error.ref : null
  return typeof ref === 'object' && ref !== null && 'value' in ref && ref.value === ''
}
