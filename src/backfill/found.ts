// An event that Polar knows of, in the shape of its webhook: as it would have come, or made of an object that was read.

import type { Window } from './window.ts'

export type Found = {
  /** Its `webhook-id`, or an id of Postern's own. */
  id: string
  body: string
}

/** No `webhook-id` of Polar's begins with it. */
const OWN = 'backfill/'

/** The id of an event that is made of an object; `name` tells apart two events of a type. */
export const ownId = (type: string, name: string): string => `${OWN}${type}/${name}`

/** The event that an object of Polar's stands for. @param at when it happened, ISO 8601. */
export const foundIn = (type: string, name: string, at: string, data: unknown): Found => ({
  id: ownId(type, name),
  body: JSON.stringify({ type, timestamp: at, data }),
})

/** `next` is the cursor of the page that follows; `null`: none does. */
export type FoundPage = { found: readonly Found[]; next: string | null }

/** A place at Polar where lost events are looked for, a page at a time. */
export type Source = {
  name: string
  /**
   * @param cursor `null` for the first page.
   * @throws {PolarUnavailableError} where it may not be read, or should be asked again later.
   */
  page: (window: Window, cursor: string | null) => Promise<FoundPage>
}
