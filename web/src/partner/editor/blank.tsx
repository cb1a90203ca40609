'use client'
import { type ComponentProps, useId, useState } from 'react'
import { parseAmount } from '../../format.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { classes } from '../../ui/classes.ts'
import css from './blank.module.css'

/** A gap in the sentence: an input as wide as what is in it. `label` is its name. */
function Blank({
  label,
  invalid,
  characters,
  className,
  ...rest
}: ComponentProps<'input'> & {
  label: string
  invalid?: boolean | undefined
  characters: number
}) {
  return (
    <input
      autoComplete="off"
      {...rest}
      aria-label={label}
      aria-invalid={invalid || undefined}
      size={characters}
      className={classes(css.blank, className)}
    />
  )
}

interface NumberBlankProps {
  label: string
  /** Null stands for an empty gap: no limit, no condition. */
  value: number | null
  onChange: (value: number | null) => void
  /** Reads what was typed; null when it is no such number. */
  parse: (text: string) => number | null
  print: (value: number) => string
  placeholder?: string | undefined
  invalid?: boolean | undefined
}

/** Keeps the text as typed while it is being typed; prints the number again when it is left. */
function NumberBlank(props: NumberBlankProps) {
  const { label, value, onChange, parse, print, placeholder, invalid } = props
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null ? '' : print(value))
  const wrong = typed !== null && typed.trim() !== '' && parse(typed) === null
  return (
    <Blank
      label={label}
      inputMode="decimal"
      className={css.number}
      characters={Math.max(shown.length, placeholder?.length ?? 0, 3)}
      placeholder={placeholder}
      value={shown}
      invalid={invalid || wrong}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(event.target.value.trim() === '' ? null : parse(event.target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

type PlainProps = Omit<NumberBlankProps, 'parse' | 'print'>

/** Whole units on the screen, minor ones in the draft. */
export function MoneyBlank(props: PlainProps) {
  const format = useFormat()
  const print = (minor: number) => format.decimal(minor).replace(/[.,]00$/, '')
  return <NumberBlank {...props} parse={format.typed} print={print} />
}

/** Percent on the screen, basis points in the draft. */
export function RateBlank(props: PlainProps) {
  const format = useFormat()
  return (
    <NumberBlank {...props} parse={parseAmount} print={(rate) => format.number(rate / 100, 2)} />
  )
}

export function CountBlank(props: PlainProps) {
  const parse = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null)
  return <NumberBlank {...props} parse={parse} print={String} />
}

/** A gap with a wall-clock minute in it. */
export function MomentBlank({
  label,
  value,
  onChange,
  invalid,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  invalid?: boolean | undefined
}) {
  return (
    <Blank
      label={label}
      type="datetime-local"
      characters={16}
      className={css.moment}
      value={value}
      invalid={invalid}
      onChange={(event) => onChange(event.target.value.slice(0, 16))}
    />
  )
}

/** A gap with words in it and suggestions under it. */
export function WordsBlank({
  label,
  value,
  onChange,
  suggestions,
  placeholder,
  invalid,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  suggestions: readonly string[]
  placeholder: string
  invalid?: boolean | undefined
}) {
  const list = useId()
  return (
    <>
      <Blank
        label={label}
        list={list}
        maxLength={80}
        characters={Math.min(28, Math.max(value.length, placeholder.length))}
        placeholder={placeholder}
        value={value}
        invalid={invalid}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {suggestions.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </>
  )
}

/** A gap filled by choice. */
export function ChoiceBlank<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <select
      aria-label={label}
      className={classes(css.blank, css.choice)}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen) onChange(chosen.value)
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
