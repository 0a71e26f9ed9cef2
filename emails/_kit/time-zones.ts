// The day and the time where a customer lives, as far as the country of the billing address says.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The first and the last to see a day end: the edges of the time zones in which people live. */
const EVERYWHERE = ['Etc/GMT+11', 'Etc/GMT-14']

/** ICU's answers, by country: it searches all its zones each time. */
const knownZones = new Map<string, readonly string[]>()

const zonesByIcu = (country: string): readonly string[] => {
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined
    timeZones?: string[]
  }
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

/** The time zones of a country, by ICU's data; empty where nobody knows them. @param country two letters, as in ISO 3166. */
export const zonesOf = (country: string | null): readonly string[] => {
  if (country === null || !/^[A-Z]{2}$/.test(country)) return []
  const known = knownZones.get(country) ?? zonesByIcu(country)
  knownZones.set(country, known)
  return known
}

const DAY_AND_TIME = /^(\d{4}-\d\d-\d\d)\D+(\d\d):(\d\d)$/

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
  formats.set(timeZone, made)
  return made
}

/** The day such as `2026-11-25`, and the milliseconds since midnight to the minute. @param at milliseconds. */
export const localTime = (at: number, timeZone: string): { day: string; time: number } => {
  const [, day = '', hours, minutes] = DAY_AND_TIME.exec(formatOf(timeZone).format(at)) ?? []
  return { day, time: Number(hours) * HOUR + Number(minutes) * MINUTE }
}

const daysIn = (at: number, zones: readonly string[]): string[] =>
  zones.map((zone) => localTime(at, zone).day).toSorted()

/** The day of an instant where the customer lives; the day in UTC where that is not known, or differs within the country. */
export const dayOf = (iso: string, country: string | null): string => {
  const at = Date.parse(iso)
  const [first, ...others] = daysIn(at, zonesOf(country))
  return first !== undefined && others.every((day) => day === first)
    ? first
    : new Date(at).toISOString().slice(0, 10)
}

/**
 * The last day that is over before an instant, wherever in the country the customer lives: acting at any time on that day is in
 * time. `null` where that day may be over already.
 */
export const lastDayBefore = (iso: string, country: string | null, now: string): string | null => {
  const known = zonesOf(country)
  const zones = known.length > 0 ? known : EVERYWHERE
  const [first = ''] = daysIn(Date.parse(iso), zones)
  const last = new Date(Date.parse(first) - DAY).toISOString().slice(0, 10)
  const today = daysIn(Date.parse(now), zones).at(-1) ?? ''
  return today <= last ? last : null
}
