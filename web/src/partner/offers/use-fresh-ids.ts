import { useEffect, useRef, useState } from 'react'

/** How long a row that has just arrived is marked, ms. */
const FRESH_MS = 12_000

const NONE: ReadonlySet<string> = new Set()

/** Ids of rows that arrived after the first reading, for a few seconds each. */
export function useFreshIds(rows: readonly { id: string }[] | undefined): ReadonlySet<string> {
  const known = useRef<Set<string> | null>(null)
  const [fresh, setFresh] = useState(NONE)
  useEffect(() => {
    if (!rows) return
    const ids = rows.map((row) => row.id)
    const before = known.current
    known.current = new Set([...(before ?? []), ...ids])
    if (before === null) return
    const arrived = ids.filter((id) => !before.has(id))
    if (arrived.length === 0) return
    setFresh((now) => new Set([...now, ...arrived]))
    setTimeout(() => {
      setFresh((now) => new Set([...now].filter((id) => !arrived.includes(id))))
    }, FRESH_MS)
  }, [rows])
  return fresh
}
