// Finds a customer. The form is posted, so that no address stands in a URL, a log or a browser's history.

import type { MailedCustomer } from '../../../operator/customers.ts'
import { customerPath } from '../../ui/links.tsx'
import { Action, Address, Card, Empty, Table } from '../../ui/parts.tsx'

export const CUSTOMERS = '/console/customers'

const Form = ({ text }: { text: string }) => (
  <Card>
    <div className="body">
      <Action path={CUSTOMERS} label="Find" look="primary">
        <label>
          Address or id
          <input
            name="text"
            required
            maxLength={320}
            defaultValue={text}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        </label>
      </Action>
      <p className="quiet small">
        An email address, or the id of a customer, a member, an order or a subscription at Polar, or
        your own id for the customer. A name finds nothing.
      </p>
    </div>
  </Card>
)

const List = ({ title, customers }: { title: string; customers: readonly MailedCustomer[] }) => (
  <Card title={title}>
    <Table
      caption={title}
      rows={customers}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Customer',
          cell: ({ id, name, address }) => <a href={customerPath(id)}>{name ?? address ?? id}</a>,
        },
        { name: 'Address', cell: ({ address }) => address && <Address of={address} /> },
        { name: 'Id', cell: ({ id }) => <code className="nowrap">{id}</code> },
      ]}
    />
  </Card>
)

type SearchParts = {
  /** The text that was searched for; empty before the first search. */
  text: string
  /** `null` before the first search. */
  found: readonly MailedCustomer[] | null
  lately: readonly MailedCustomer[]
}

const Lately = ({ lately }: Pick<SearchParts, 'lately'>) =>
  lately.length > 0 ? (
    <List title="Customers of the newest messages" customers={lately} />
  ) : (
    <Card>
      <Empty title="No customer has been mailed yet">
        Customers appear here with their first message.
      </Empty>
    </Card>
  )

export const searchPage = ({ text, found, lately }: SearchParts) => ({
  title: 'Customers',
  section: 'Customers' as const,
  lead: 'All that Postern keeps about one customer, on one page.',
  body: (
    <>
      <Form text={text} />
      {found === null ? (
        <Lately lately={lately} />
      ) : found.length === 0 ? (
        <Card>
          <Empty title="No customer is known by this">
            A customer is found once Postern has interpreted an event about it.
          </Empty>
        </Card>
      ) : (
        <List title="Customers found" customers={found} />
      )}
    </>
  ),
})
