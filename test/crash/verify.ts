// Verifies the results of a storm: each fact with a 202 has exactly one email, of the right kind.

import type { Fact } from './facts.ts'
import type { Accepted } from './inbox.ts'

export type Results = {
  facts: readonly Fact[]
  /** Webhook ids with a 202, and those that never got one. */
  stored: ReadonlySet<string>
  refused: ReadonlySet<string>
  /** Webhook ids of the events in Redis. */
  kept: ReadonlySet<string>
  emails: readonly Accepted[]
  /** Number of entries still due. */
  due: number
  /** Unexpected ends of processes. */
  deaths: readonly string[]
}

const MAX_NAMED = 20

const named = (claim: string, ids: readonly string[]): string[] =>
  ids.length === 0
    ? []
    : [
        `${ids.length} ${claim}: ${ids.slice(0, MAX_NAMED).join(', ')}${ids.length > MAX_NAMED ? ', …' : ''}`,
      ]

const repeated = (values: readonly string[]): string[] => {
  const seen = new Set<string>()
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))]
}

export const verify = ({ facts, stored, refused, kept, emails, due, deaths }: Results) => {
  const byAddress = new Map(emails.map((email) => [email.address, email]))
  const addresses = new Set(facts.map(({ address }) => address))
  const lost = facts.filter(({ address }) => !byAddress.has(address))
  const twice = repeated(emails.map(({ address }) => address))
  const otherKind = facts.filter(({ address, kind }) => {
    const email = byAddress.get(address)
    return email && email.kind !== kind
  })
  return {
    lost: lost.length,
    twice: twice.length,
    problems: [
      ...named(
        'facts without an email',
        lost.map(({ address, kind }) => `${address} (${kind})`),
      ),
      ...named('addresses mailed twice', twice),
      ...named('messages sent twice', repeated(emails.map(({ message }) => message))),
      ...named(
        'emails of another kind',
        otherKind.map(({ address, kind }) => `${address} (${kind})`),
      ),
      ...named(
        'emails to unknown addresses',
        [...byAddress.keys()].filter((address) => !addresses.has(address)),
      ),
      ...named(
        'webhooks answered with 202 and not stored',
        [...stored].filter((id) => !kept.has(id)),
      ),
      ...named('webhooks never answered with 202', [...refused]),
      ...named('processes that ended by themselves', deaths),
      ...(due > 0 ? [`${due} things still due`] : []),
    ],
  }
}
