/** A stretch of time, ISO 8601. */
export type Window = { since: string; until: string }

export const windowOf = (since: number, until: number): Window => ({
  since: new Date(since).toISOString(),
  until: new Date(until).toISOString(),
})

export const isWithin = ({ since, until }: Window, at: string): boolean =>
  Date.parse(at) >= Date.parse(since) && Date.parse(at) <= Date.parse(until)
