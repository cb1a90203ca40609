/**
 * Wall-clock arithmetic. A receipt carries the wall clock of the shop without a zone, and offers
 * are written in wall clock too, so the two are compared as text; an instant is turned into a wall
 * clock only where a person's own action (submitting, activating, publishing) meets a purchase.
 * workerd has no Temporal: the zone data comes from Intl.
 */

const MS_PER_DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formatters are dear to make and hold no state: one per zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** True when the platform knows the zone: `Europe/Moscow`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone)
    return true
  } catch {
    return false
  }
}

/**
 * The wall-clock minute `YYYY-MM-DDTHH:MM` of an ISO instant in a zone. Throws on an unknown zone.
 */
export function wallMinuteIn(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) throw new RangeError(`not an instant: ${instant}`)
  const parts: Record<string, string> = {}
  for (const part of formatOf(timeZone).formatToParts(at)) parts[part.type] = part.value
  const year = (parts.year ?? '').padStart(4, '0')
  return `${year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

/**
 * The instant at which a zone's clock shows a wall-clock minute, as ISO text. A minute that the
 * clock skips is read as the one that comes as much later; of a minute that it shows twice the
 * first is taken.
 */
export function instantOfWall(wallMinute: string, timeZone: string): string {
  const wanted = Date.parse(`${wallMinute}:00Z`)
  const offsetAt = (at: number) =>
    Date.parse(`${wallMinuteIn(new Date(at).toISOString(), timeZone)}:00Z`) - at
  const before = offsetAt(wanted - MS_PER_DAY)
  const after = offsetAt(wanted + MS_PER_DAY)
  const early = wanted - before
  const at =
    offsetAt(early) === before || offsetAt(wanted - after) !== after ? early : wanted - after
  return new Date(at).toISOString()
}

/** The calendar day of a wall-clock minute. */
export function dayOf(wallMinute: string): string {
  return wallMinute.slice(0, 10)
}

/**
 * True when day, hour and minute exist in the calendar: the wire pattern alone lets
 * `2026-13-45T99:99` through.
 */
export function isWallMinute(text: string): boolean {
  const at = Date.parse(`${text}:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** `2026-11-30` + 2 → `2026-12-02`. */
export function addDays(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY
  return new Date(at).toISOString().slice(0, 10)
}

/** Monday of the week that a day lies in. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}
