// What is wrong at the end of a storm, if anything: each fact that was answered for has its one email, of the right kind.

import type { Fact } from './facts.ts'
import type { Accepted } from './inbox.ts'

export type Evidence = {
  facts: readonly Fact[]
  /** Webhook ids that were answered with 202; and those never were, however often they were sent. */
  stored: ReadonlySet<string>
  refused: ReadonlySet<string>
  /** Webhook ids whose event is in Redis. */
  kept: ReadonlySet<string>
  emails: readonly Accepted[]
  /** How much Postern still meant to do. */
  due: number
  /** Ends of processes that nobody meant. */
  deaths: readonly string[]
}

const MOST_NAMED = 20

const named = (claim: string, ids: readonly string[]): string[] =>
  ids.length === 0
    ? []
    : [
        `${ids.length} ${claim}: ${ids.slice(0, MOST_NAMED).join(', ')}${ids.length > MOST_NAMED ? ', …' : ''}`,
      ]

const repeated = (values: readonly string[]): string[] => {
  const seen = new Set<string>()
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))]
}

export const judge = ({ facts, stored, refused, kept, emails, due, deaths }: Evidence) => {
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
        'emails to nobody we know',
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
