'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import layout from './layout.module.css'
import { ProblemNotice } from './problem-notice.tsx'

interface CodeFormProps {
  label: string
  hint?: string
  /** Said when the code is not complete. */
  short: string
  submit: string
  action: { busy: boolean; problem: unknown; clear: () => void }
  /** Words for a wrong code instead of the general ones. */
  wrong?: string | undefined
  valid: (code: string) => boolean
  onCode: (code: string) => void
  /** Digits only, sent by itself when complete. */
  digits?: boolean
  /** Why the code may not be sent yet. */
  blocked?: string | undefined
}

/** One code to type: six digits go out by themselves, as soon as they are there. */
export function CodeForm(props: CodeFormProps) {
  const { label, hint, action, valid, onCode, digits = true } = props
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | null>(null)

  function change(text: string) {
    const next = digits ? text.replace(/\D/g, '').slice(0, 6) : text.trim().slice(0, 20)
    setCode(next)
    setError(null)
    action.clear()
    if (digits && next !== code && valid(next) && !props.blocked) onCode(next)
  }

  function send(event: FormEvent) {
    event.preventDefault()
    if (!valid(code)) setError(props.short)
    else if (props.blocked) setError(props.blocked)
    else onCode(code)
  }

  const wrong = action.problem ? props.wrong : undefined
  return (
    <form onSubmit={send} noValidate className={layout.stack}>
      <Field
        label={label}
        hint={hint}
        error={error ?? wrong}
        value={code}
        onChange={(event) => change(event.target.value)}
        inputMode={digits ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        autoFocus
      />
      {wrong ? null : <ProblemNotice problem={action.problem} />}
      <Button look="primary" wide type="submit" busy={action.busy}>
        {props.submit}
      </Button>
    </form>
  )
}
