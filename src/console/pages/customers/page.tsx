// The page of one customer: what is known, and what an operator can do.

import { Fragment } from 'react'
import type { KnownCustomer } from '../../../operator/customers.ts'
import { erasureSays, goneSays, isErased } from '../../../operator/erasure-words.ts'
import { languageName } from '../../../operator/words.ts'
import type { PauseState } from '../../../resend/pause.ts'
import { customerPath } from '../../ui/links.tsx'
import {
  Action,
  Badge,
  Card,
  CarefulAction,
  Fields,
  Id,
  Said,
  Time,
  WholeAddress,
} from '../../ui/parts.tsx'
import { Events, Links, Messages, Subscriptions, Suppressed } from './lists.tsx'
import { CUSTOMERS } from './search.tsx'

const lineOf = (address: string) => (
  <div key={address}>
    <WholeAddress of={address} />
  </div>
)

const Known = ({ id, state, messages }: KnownCustomer) => {
  const addresses = new Set(messages.shown.map(({ message }) => message.recipient.address))
  const members = Object.keys(state.members ?? {}).length
  const [latest] = messages.shown
  const locale = latest?.message.recipient.locale
  const gone = goneSays(state)
  return (
    <Card title="Customer">
      <div className="body">
        <Fields
          of={[
            ['Id at Polar', <Id key="id" of={id} />],
            ['Your own id', state.externalId],
            ['Name', latest?.message.recipient.name],
            ['Mailed at', addresses.size > 0 ? [...addresses].map(lineOf) : null],
            ['Language', locale && languageName(locale)],
            ['Members', members > 0 ? members : null],
            ['Last event', state.lastSeenAt ? <Time key="seen" at={state.lastSeenAt} /> : null],
            [
              'Gone',
              gone && (
                <Badge key="gone" tone="bad">
                  nobody is mailed any more
                </Badge>
              ),
            ],
          ]}
        />
        {gone && (
          <p className="quiet small">
            <Said says={gone} />
          </p>
        )}
      </div>
    </Card>
  )
}

/** A customer who is gone has no link that signs in. */
const Actions = (customer: KnownCustomer) => {
  const { id, state } = customer
  return (
    <Card title="Actions">
      <div className="body">
        <Action path={`${customerPath(id)}/export`} label="Export as JSON" />
        {state.deletedAt === null && (
          <CarefulAction
            path={`${customerPath(id)}/revoke`}
            summary="Revoke all links"
            label="Revoke all links"
            look="danger"
            because="No link that this customer has so far signs in any more, in emails too. Links in later emails work."
          />
        )}
        <CarefulAction
          path={`${customerPath(id)}/forget`}
          summary="Erase the customer"
          label="Erase for good"
          look="danger"
          because={erasureSays(customer).map((says, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the sentences have no other order
            <Fragment key={at}>
              {at > 0 && <br />}
              <Said says={says} />
            </Fragment>
          ))}
        >
          <label>
            Type the customer id to confirm
            <input name="confirm" required autoComplete="off" spellCheck={false} />
          </label>
        </CarefulAction>
      </div>
    </Card>
  )
}

/** @param now milliseconds. */
export const customerPage = (customer: KnownCustomer, pause: PauseState, now: number) => {
  const { subscriptions, messages, events, links, suppressions } = customer
  const name = messages.shown[0]?.message.recipient.name
  return {
    title: name ?? 'Customer',
    section: 'Customers' as const,
    parent: { path: CUSTOMERS, name: 'Customers' },
    body: isErased(customer) ? (
      <Known {...customer} />
    ) : (
      <>
        <div className="columns">
          <Known {...customer} />
          <Actions {...customer} />
        </div>
        <Suppressed suppressions={suppressions} />
        <Subscriptions subscriptions={subscriptions} />
        <Messages {...{ messages, pause }} />
        <Events events={events} />
        <Links links={links} now={now} />
      </>
    ),
  }
}
