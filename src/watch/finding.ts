// The mistakes that the watch can find between Polar and the webhook endpoint, and how a check opens and ends findings.

export const FINDINGS = [
  'endpoint_missing',
  'endpoint_disabled',
  'endpoint_format',
  'endpoint_secret',
  'endpoint_events',
  'deliveries_failing',
  'silence',
] as const

export type FindingName = (typeof FINDINGS)[number]

/** `says` is what is wrong, `why` what follows, `mend` what to do. */
export type Finding = { name: FindingName; says: string; why: string; mend: string }

/** All of a finding in a few sentences, for a log line or an alert. */
export const sentenceOf = ({ says, why, mend }: Pick<Finding, 'says' | 'why' | 'mend'>): string =>
  `${says} ${why} ${mend}`

/** The result of a check. A finding in none of the lists is well. */
export type Seen = {
  found: readonly Finding[]
  /** The check cannot tell: these stay as they were. */
  unknown: readonly FindingName[]
  /** A graver finding says more: these end, and nobody is told. */
  covered: readonly FindingName[]
}

/** The open findings, each with when it was found (ms). */
export type Open = Partial<Record<FindingName, number>>

export type Change = {
  open: Open
  found: readonly Finding[]
  mended: readonly FindingName[]
}

/** @param now milliseconds. */
export const changeOf = (before: Open, seen: Seen, now: number): Change => {
  const names = new Set(seen.found.map(({ name }) => name))
  const open: Open = {}
  for (const name of FINDINGS) {
    const since = before[name]
    if (names.has(name)) open[name] = since ?? now
    else if (since !== undefined && seen.unknown.includes(name)) open[name] = since
  }
  return {
    open,
    found: seen.found.filter(({ name }) => before[name] === undefined),
    mended: FINDINGS.filter(
      (name) =>
        before[name] !== undefined && open[name] === undefined && !seen.covered.includes(name),
    ),
  }
}
