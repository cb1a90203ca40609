import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import css from './button.module.css'
import { classes } from './classes.ts'

type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

interface LookProps {
  look?: Look
  /** Full width of its container. */
  wide?: boolean
  small?: boolean
  pill?: boolean
  icon?: ReactNode
}

function lookClasses({ look = 'secondary', wide, small, pill }: LookProps) {
  return classes(css.button, css[look], wide && css.wide, small && css.small, pill && css.pill)
}

type ButtonProps = LookProps & ComponentProps<'button'> & { busy?: boolean }

/**
 * A button; `busy` keeps its place and its focus, tells assistive technology, and takes no clicks.
 */
export function Button(props: ButtonProps) {
  const { look, wide, small, pill, icon, busy, children, className, onClick, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={classes(lookClasses({ look, wide, small, pill } as LookProps), className)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className={css.spinner} aria-hidden="true" /> : icon}
      {children}
    </button>
  )
}

type ButtonLinkProps = LookProps & ComponentProps<typeof Link>

/** A link that looks like a button. */
export function ButtonLink(props: ButtonLinkProps) {
  const { look, wide, small, pill, icon, children, className, ...rest } = props
  return (
    <Link
      {...rest}
      className={classes(lookClasses({ look, wide, small, pill } as LookProps), className)}
    >
      {icon}
      {children}
    </Link>
  )
}

type IconButtonProps = ComponentProps<'button'> & { label: string; look?: Look }

/** A square button with only an icon; `label` is its name for everyone who cannot see it. */
export function IconButton({ label, look, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(css.button, css.icon, look && css[look], className)}
    >
      {children}
    </button>
  )
}
