import type { ReactNode } from 'react'
import css from './torn-receipt.module.css'

/** A receipt that looks like one: a strip of paper with a torn lower edge. */
export function TornReceipt({ children, label }: { children: ReactNode; label: string }) {
  return (
    <section className={css.strip} aria-label={label}>
      {children}
    </section>
  )
}

/** The dashed rule between the parts of a receipt. */
export function DashedRule() {
  return <hr className={css.rule} />
}
