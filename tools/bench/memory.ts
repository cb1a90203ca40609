import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory of every workerd below this process, MB; 0 where /proc is not there. */
export function workerdMegabytes(): number {
  let total = 0
  for (const pid of workerdPids()) {
    const status = readOr(`/proc/${pid}/status`)
    total += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
  }
  return Math.round(total)
}

/** Processes named workerd that descend from this one. */
export function workerdPids(): number[] {
  const parents = new Map<number, { parent: number; name: string }>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = readOr(`/proc/${entry}/stat`)
    const fields = /^\d+ \((.*)\) \S (\d+)/.exec(stat)
    if (fields) parents.set(Number(entry), { name: fields[1] ?? '', parent: Number(fields[2]) })
  }
  return [...parents].flatMap(([pid, { name }]) =>
    name.startsWith('workerd') && descends(parents, pid) ? pid : [],
  )
}

function descends(parents: ReadonlyMap<number, { parent: number }>, pid: number): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)?.parent) {
    if (at === process.pid) return true
  }
  return false
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
