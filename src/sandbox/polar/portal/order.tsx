/** @jsxImportSource hono/jsx */
// The page of one order: its items, its amounts, and the retry button if it is unpaid.

import { isRetryable } from '../cards.ts'
import type { Card, Order, Refund } from '../shapes/rows.ts'
import type { World } from '../world.ts'
import { Badge, SignedIn } from './layout.tsx'
import { OrderRows } from './overview.tsx'
import type { Visit } from './visit.ts'
import { cardName, date, money, orderState } from './words.ts'

type Props = { visit: Visit; world: World }

export const Orders = ({ visit, world }: Props) => (
  <SignedIn title="Orders" tab="/orders" visit={visit}>
    <h1>Orders</h1>
    <section class="sheet">
      <OrderRows orders={world.ordersOf(visit.customer.id)} visit={visit} />
    </section>
  </SignedIn>
)

export const OrderPage = ({ visit, world, order }: Props & { order: Order }) => {
  const of = world.subscriptions.get(order.subscription_id ?? '')
  return (
    <SignedIn title={`Order ${order.invoice_number ?? ''}`} tab="/orders" visit={visit}>
      <div>
        <a class="crumb" href={visit.href('/orders')}>
          ‹ All orders
        </a>
        <div class="title">
          <h1>{order.description}</h1>
          <Badge {...orderState(order.status)} testid="order-status" />
        </div>
      </div>
      {isRetryable(order) && (
        <Retry order={order} card={world.defaultCardOf(visit.customer.id)} visit={visit} />
      )}
      <div class="columns">
        <Bill order={order} refunds={world.refundsOf(order.id)} />
        <section class="sheet">
          <h2>Details</h2>
          <dl class="pad">
            <Fact term="Number">
              <span data-testid="order-number">{order.invoice_number ?? 'Draft'}</span>
            </Fact>
            <Fact term="Date">{date(order.created_at)}</Fact>
            {order.receipt_number !== null && <Fact term="Receipt">{order.receipt_number}</Fact>}
            {order.billing_name !== null && <Fact term="Billed to">{order.billing_name}</Fact>}
            {of !== undefined && (
              <Fact term="Subscription">
                <a href={visit.href(`/subscriptions/${of.id}`)}>
                  {world.products.get(of.product_id)?.name ?? 'Open'}
                </a>
              </Fact>
            )}
          </dl>
        </section>
      </div>
    </SignedIn>
  )
}

export const Fact = ({ term, children }: { term: string; children: unknown }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

const Retry = ({ order, card, visit }: { order: Order; card: Card | undefined; visit: Visit }) => (
  <div class="note bad">
    <b>{money(order.due_amount, order.currency)} could not be collected</b>
    <span>
      {card === undefined ? 'There is no card on file.' : `${cardName(card)} is your default.`} The
      next attempt is on {date(order.next_payment_attempt_at)}.
    </span>
    <div class="actions">
      <form class="wide" method="post" action={visit.href(`/orders/${order.id}/retry`)}>
        <button type="submit" data-testid="retry-payment">
          Retry payment
        </button>
      </form>
      <a class="button plain" href={visit.href('/settings')}>
        Use another card
      </a>
    </div>
  </div>
)

const REFUNDS = {
  succeeded: 'Refunded on',
  pending: 'Refund on its way since',
  failed: 'Refund failed, begun on',
  canceled: 'Refund withdrawn, begun on',
}

const Bill = ({ order, refunds }: { order: Order; refunds: Refund[] }) => {
  const amount = (value: number) => money(value, order.currency)
  return (
    <section class="sheet">
      <h2>Items</h2>
      {order.items.map((item) => (
        <div class="line" key={item.id}>
          <span>
            {item.label}
            {item.proration && <span class="soft small"> Prorated</span>}
          </span>
          <span>{amount(item.amount)}</span>
        </div>
      ))}
      <dl class="sum">
        <Fact term="Subtotal">{amount(order.subtotal_amount)}</Fact>
        {order.discount_amount > 0 && (
          <Fact term={order.discount === null ? 'Discount' : `Discount, ${order.discount.name}`}>
            −{amount(order.discount_amount)}
          </Fact>
        )}
        {order.tax_amount > 0 && <Fact term="Tax">{amount(order.tax_amount)}</Fact>}
        <div class="total">
          <dt>Total</dt>
          <dd>{amount(order.total_amount)}</dd>
        </div>
        {order.applied_balance_amount !== 0 && (
          <>
            <Fact term="From your balance">{amount(order.applied_balance_amount)}</Fact>
            <Fact term="To be paid">{amount(order.due_amount)}</Fact>
          </>
        )}
        {refunds.map((refund) => (
          <Fact
            key={refund.id}
            term={`${REFUNDS[refund.status] ?? 'Refund of'} ${date(refund.created_at)}`}
          >
            −{amount(refund.amount + refund.tax_amount)}
          </Fact>
        ))}
        {refunds.length === 0 && order.refunded_amount > 0 && (
          <Fact term="Refunded">−{amount(order.refunded_amount + order.refunded_tax_amount)}</Fact>
        )}
      </dl>
    </section>
  )
}
