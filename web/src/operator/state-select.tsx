import css from './state-select.module.css'

/** A choice of state that is asked of the server, so that rare states are found among many rows. */
export function StateSelect<State extends string>({
  label,
  all,
  states,
  words,
  value,
  onChange,
}: {
  label: string
  all: string
  states: readonly State[]
  words: (state: State) => string
  value: State | ''
  onChange: (state: State | '') => void
}) {
  return (
    <select
      className={css.select}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(states.find((state) => state === event.target.value) ?? '')}
    >
      <option value="">{all}</option>
      {states.map((state) => (
        <option key={state} value={state}>
          {words(state)}
        </option>
      ))}
    </select>
  )
}
