/** @jsxImportSource hono/jsx */
// The overview of a customer: subscriptions first, and those that need attention on top.

import { isRetryable } from '../cards.ts'
import type { Order, Product, Subscription } from '../shapes/rows.ts'
import type { World } from '../world.ts'
import { Badge, SignedIn } from './layout.tsx'
import type { Visit } from './visit.ts'
import { date, every, money, nameOf, orderState, subscriptionState } from './words.ts'

type Props = { visit: Visit; world: World }

export const Overview = ({ visit, world }: Props) => {
  const subscriptions = world.subscriptionsOf(visit.customer.id)
  const orders = visit.mayBill ? world.ordersOf(visit.customer.id) : []
  const pastDue = subscriptions.filter(({ status }) => status === 'past_due')
  const first = nameOf(visit.member).split(' ')[0]
  return (
    <SignedIn title="Overview" tab="/overview" visit={visit}>
      <h1>Hello, {first}</h1>
      {pastDue.map((of) => (
        <PastDue
          key={of.id}
          of={of}
          product={world.products.get(of.product_id)}
          order={orders.find((order) => order.subscription_id === of.id && isRetryable(order))}
          visit={visit}
        />
      ))}
      <section class="sheet">
        <h2>Subscriptions</h2>
        {subscriptions.length === 0 && <p class="pad soft">You have no subscriptions.</p>}
        <ul class="rows">
          {subscriptions.map((of) => (
            <SubscriptionRow
              key={of.id}
              of={of}
              product={world.products.get(of.product_id)}
              visit={visit}
            />
          ))}
        </ul>
      </section>
      {visit.mayBill && (
        <section class="sheet">
          <h2>Recent orders</h2>
          <OrderRows orders={orders.slice(0, 4)} visit={visit} />
        </section>
      )}
    </SignedIn>
  )
}

const PastDue = ({
  of,
  product,
  order,
  visit,
}: {
  of: Subscription
  product: Product | undefined
  order: Order | undefined
  visit: Visit
}) => (
  <div class="note bad" role="alert">
    <b>The payment for {product?.name ?? 'your subscription'} failed</b>
    <span>
      {order === undefined
        ? 'Update your payment method to keep your access.'
        : `${money(order.due_amount, order.currency)} has been open since ${date(of.past_due_at)}. We will try again on ${date(order.next_payment_attempt_at)}.`}
    </span>
    <div class="actions">
      <a class="button" href={visit.href('/settings')}>
        Update payment method
      </a>
      {order !== undefined && (
        <a class="button plain" href={visit.href(`/orders/${order.id}`)}>
          See the order
        </a>
      )}
    </div>
  </div>
)

const SubscriptionRow = ({
  of,
  product,
  visit,
}: {
  of: Subscription
  product: Product | undefined
  visit: Visit
}) => (
  <li>
    <a class="row" href={visit.href(`/subscriptions/${of.id}`)}>
      <span class="grow">
        <span class="name">{product?.name ?? 'Subscription'}</span>
        <span class="soft small">{whatNext(of)}</span>
      </span>
      <span class="end">
        <span>
          {money(of.amount, of.currency)}{' '}
          <span class="soft small">
            {every(of.recurring_interval, of.recurring_interval_count)}
          </span>
        </span>
        <Badge {...subscriptionState(of)} testid="subscription-status" />
      </span>
    </a>
  </li>
)

/** One sentence on what this subscription does next. */
export const whatNext = (of: Subscription) => {
  if (of.ended_at !== null) return `Ended on ${date(of.ended_at)}`
  if (of.cancel_at_period_end) return `Ends on ${date(of.ends_at ?? of.current_period_end)}`
  if (of.status === 'past_due') return `Payment failed on ${date(of.past_due_at)}`
  if (of.status === 'paused')
    return of.resumes_at === null
      ? `Paused since ${date(of.paused_at)}`
      : `Paused until ${date(of.resumes_at)}`
  if (of.pause_at_period_end) return `Pauses on ${date(of.current_period_end)}`
  if (of.status === 'trialing') return `Trial until ${date(of.trial_end)}`
  return `Renews on ${date(of.current_period_end)}`
}

export const OrderRows = ({ orders, visit }: { orders: Order[]; visit: Visit }) =>
  orders.length === 0 ? (
    <p class="pad soft">There are no orders yet.</p>
  ) : (
    <ul class="rows">
      {orders.map((order) => (
        <li key={order.id}>
          <a class="row" href={visit.href(`/orders/${order.id}`)}>
            <span class="grow">
              <span class="name">{order.description}</span>
              <span class="soft small">
                {date(order.created_at)} ·{' '}
                <span class="whole">{order.invoice_number ?? 'Draft'}</span>
              </span>
            </span>
            <span class="end">
              <span>{money(order.total_amount, order.currency)}</span>
              <Badge {...orderState(order.status)} testid="order-status" />
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
