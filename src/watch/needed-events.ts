// The types of Polar's events that Postern lives on: what the plan has a row for, and what the customer state is made of.
// Polar's newer types, such as `subscription.migrated`, come beside one of these, so an endpoint may lack them.

const VERBS = {
  order: ['created', 'updated', 'paid', 'refunded'],
  subscription: [
    ...['created', 'updated', 'active', 'canceled', 'uncanceled', 'cycled', 'revoked'],
    ...['past_due', 'paused', 'resumed'],
  ],
  refund: ['created', 'updated'],
  customer: ['created', 'updated', 'deleted'],
  customer_seat: ['assigned', 'claimed', 'revoked'],
  member: ['created', 'updated', 'deleted'],
}

export const NEEDED_EVENTS: readonly string[] = Object.entries(VERBS).flatMap(([noun, verbs]) =>
  verbs.map((verb) => `${noun}.${verb}`),
)
