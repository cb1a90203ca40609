import { ChevronDown, CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import css from './field.module.css'

interface FrameProps {
  label: ReactNode
  /** A muted word after the label, for example "optional". */
  aside?: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** The label is for assistive technology only. */
  labelHidden?: boolean
}

function describedBy(id: string, { hint, error }: FrameProps) {
  const ids = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function Frame({ id, frame, children }: { id: string; frame: FrameProps; children: ReactNode }) {
  return (
    <div className={css.field}>
      <label htmlFor={id} className={frame.labelHidden ? 'visually-hidden' : css.label}>
        {frame.label} {frame.aside ? <span className={css.aside}>{frame.aside}</span> : null}
      </label>
      {children}
      {frame.error ? (
        <p id={`${id}-error`} className={css.error} role="alert">
          <CircleAlert size={16} aria-hidden="true" />
          {frame.error}
        </p>
      ) : null}
      {frame.hint ? (
        <p id={`${id}-hint`} className={css.hint}>
          {frame.hint}
        </p>
      ) : null}
    </div>
  )
}

/** Takes the frame's own props off, so that the rest can go onto the control. */
function split<Props extends FrameProps>(props: Props) {
  const { label, aside, hint, error, labelHidden, ...control } = props
  return { frame: { label, aside, hint, error, labelHidden } as FrameProps, control }
}

type FieldProps = FrameProps & ComponentProps<'input'> & { prefix?: string; suffix?: ReactNode }

/**
 * A labelled input with hint and error, wired for assistive technology. Spread `register()` on it.
 */
export function Field(props: FieldProps) {
  const made = useId()
  const { frame, control } = split(props)
  const { prefix, suffix, className, ...input } = control
  const id = input.id ?? made
  const element = (
    <input
      autoComplete="off"
      {...input}
      id={id}
      className={classes(css.control, className)}
      aria-invalid={frame.error ? true : undefined}
      aria-describedby={describedBy(id, frame)}
    />
  )
  return (
    <Frame id={id} frame={frame}>
      {prefix || suffix ? (
        <div className={css.prefixed}>
          {prefix ? <span className={css.prefix}>{prefix}</span> : null}
          {element}
          {suffix ? <span className={css.suffix}>{suffix}</span> : null}
        </div>
      ) : (
        element
      )}
    </Frame>
  )
}

/** A labelled text of several lines. */
export function TextArea(props: FrameProps & ComponentProps<'textarea'>) {
  const made = useId()
  const { frame, control } = split(props)
  const id = control.id ?? made
  return (
    <Frame id={id} frame={frame}>
      <textarea
        {...control}
        id={id}
        className={classes(css.control, control.className)}
        aria-invalid={frame.error ? true : undefined}
        aria-describedby={describedBy(id, frame)}
      />
    </Frame>
  )
}

/** A labelled native select: the phone's own picker is the best one. */
export function Select(props: FrameProps & ComponentProps<'select'>) {
  const made = useId()
  const { frame, control } = split(props)
  const id = control.id ?? made
  return (
    <Frame id={id} frame={frame}>
      <div className={css.select}>
        <select
          {...control}
          id={id}
          className={classes(css.control, control.className)}
          aria-invalid={frame.error ? true : undefined}
          aria-describedby={describedBy(id, frame)}
        />
        <ChevronDown aria-hidden="true" />
      </div>
    </Frame>
  )
}

/** A check box with its words; the whole row is the target. */
export function Checkbox(props: FrameProps & ComponentProps<'input'>) {
  const made = useId()
  const { frame, control } = split(props)
  const id = control.id ?? made
  return (
    <div>
      <label htmlFor={id} className={css.check}>
        <input
          {...control}
          id={id}
          type="checkbox"
          aria-invalid={frame.error ? true : undefined}
          aria-describedby={describedBy(id, frame)}
        />
        <span className={css.checkWords}>
          <span>
            {frame.label} {frame.aside ? <span className={css.aside}>{frame.aside}</span> : null}
          </span>
          {frame.hint ? (
            <span id={`${id}-hint`} className={css.hint}>
              {frame.hint}
            </span>
          ) : null}
        </span>
      </label>
      {frame.error ? (
        <p id={`${id}-error`} className={css.error} role="alert">
          <CircleAlert size={16} aria-hidden="true" />
          {frame.error}
        </p>
      ) : null}
    </div>
  )
}
