// The customers of the lean Polar. Each is a number, which both its id and its address contain.

const HEAD = 'c11c0000-0000-4000-8000-'

export const customerId = (n: number) => HEAD + n.toString(16).padStart(12, '0')

/** The address of a customer by its id. */
export const addressOf = (id: string) =>
  `c-${Number.parseInt(id.slice(HEAD.length), 16)}@example.com`
