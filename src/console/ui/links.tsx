// Links to the pages of what has an id.

export const messagePath = (id: string) => `/console/messages/${id}`

/** An id from the backfill has slashes. */
export const eventPath = (id: string) => `/console/events/${encodeURIComponent(id)}`

export const customerPath = (id: string) => `/console/customers/${encodeURIComponent(id)}`

export const SUPPRESSIONS = '/console/suppressions'

/** Leads to the suppression of the address that a message was for: an address belongs into no URL. */
export const suppressionPath = (messageId: string) => `${SUPPRESSIONS}?of=${messageId}`

export const MessageLink = ({ id }: { id: string }) => (
  <a className="mono" href={messagePath(id)}>
    {id}
  </a>
)

export const EventLink = ({ id }: { id: string }) => (
  <a className="mono" href={eventPath(id)}>
    {id}
  </a>
)

/** Leads to all messages and events that an id of Polar's names. */
export const SearchLink = ({ id }: { id: string }) => (
  <a className="mono id" href={`/console/search?id=${encodeURIComponent(id)}`}>
    {id}
  </a>
)

export const CustomerLink = ({ id }: { id: string }) => (
  <a className="mono id" href={customerPath(id)}>
    {id}
  </a>
)
