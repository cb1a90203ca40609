/** The money box: a box with a slot and a coin going in. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="8" r="6" fill="#e3a62f" />
      <rect x="2" y="9" width="28" height="20" rx="7" fill="var(--brand)" />
      <rect x="9" y="13" width="14" height="3.4" rx="1.7" fill="var(--on-brand)" />
    </svg>
  )
}
