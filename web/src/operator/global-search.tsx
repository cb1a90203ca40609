'use client'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SearchHit } from '#schema/operator'
import { useDebounced } from '../desk/use-debounced.ts'
import { Chip } from '../ui/chip.tsx'
import { classes } from '../ui/classes.ts'
import { useApi } from '../use-api.ts'
import css from './global-search.module.css'
import { hitHref } from './hit-href.ts'

const QUERY_CHARACTERS_MIN = 2
const QUERY_CHARACTERS_MAX = 2_000

/** The one search: a combobox by the ARIA pattern; arrows choose, Enter opens, Escape closes. */
export function GlobalSearch({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations('operator.search')
  const list = useId()
  const router = useRouter()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const query = useDebounced(text.trim(), 200)
  const { hits, busy, failed } = useHits(query)
  const shown = open && query.length >= QUERY_CHARACTERS_MIN

  function go(hit: SearchHit | undefined) {
    if (!hit) return
    setOpen(false)
    setText('')
    input.current?.blur()
    router.push(hitHref(hit))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      setOpen(false)
      input.current?.blur()
    } else if (event.key === 'Enter') go(hits[at])
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else return
    event.preventDefault()
  }

  return (
    <search className={css.search}>
      <Search size={18} aria-hidden="true" className={css.icon} />
      <input
        ref={input}
        className={css.input}
        role="combobox"
        aria-label={t('label')}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits[at] ? `${list}-${at}` : undefined}
        placeholder={t('placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={QUERY_CHARACTERS_MAX}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd className={css.key}>/</kbd>
      {shown ? (
        <div className={css.panel}>
          <p className={css.status} role="status">
            {busy ? t('searching') : null}
            {!busy && (failed || hits.length === 0) ? t('nothing') : null}
            {!busy && hits.length > 0 ? t('count', { count: hits.length }) : null}
          </p>
          <Hits id={list} hits={hits} at={at} onGo={go} />
        </div>
      ) : null}
    </search>
  )
}

function useHits(query: string): { hits: SearchHit[]; busy: boolean; failed: boolean } {
  const path =
    query.length >= QUERY_CHARACTERS_MIN ? `/operator/search?q=${encodeURIComponent(query)}` : null
  const { data, error, isLoading } = useApi<{ items: SearchHit[] }>(path)
  return { hits: data?.items ?? [], busy: isLoading, failed: error !== undefined }
}

function Hits({
  id,
  hits,
  at,
  onGo,
}: {
  id: string
  hits: readonly SearchHit[]
  at: number
  onGo: (hit: SearchHit) => void
}) {
  const t = useTranslations('operator.search')
  return (
    <div id={id} role="listbox" aria-label={t('label')}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox takes the keys
        <div
          key={`${hit.kind} ${hit.id}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={classes(css.hit, index === at && css.chosen)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onGo(hit)}
        >
          <Chip>{t(`kinds.${hit.kind}`)}</Chip>
          <span className={css.words}>
            <span className={css.title}>{hit.title}</span>
            <span className={css.detail}>{hit.detail}</span>
          </span>
        </div>
      ))}
    </div>
  )
}
