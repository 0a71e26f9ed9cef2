/** @jsxImportSource hono/jsx */
// The page of one subscription with its orders, and the page for changing the card.

import type { Card, Subscription } from '../shapes/rows.ts'
import type { World } from '../world.ts'
import { Badge, SignedIn } from './layout.tsx'
import { Fact } from './order.tsx'
import { OrderRows, whatNext } from './overview.tsx'
import type { Visit } from './visit.ts'
import { cardName, date, every, money, subscriptionState } from './words.ts'

type Props = { visit: Visit; world: World }

export const SubscriptionPage = ({ visit, world, of }: Props & { of: Subscription }) => {
  const product = world.products.get(of.product_id)
  const card = world.defaultCardOf(visit.customer.id)
  const orders = world
    .ordersOf(visit.customer.id)
    .filter((order) => order.subscription_id === of.id)
  return (
    <SignedIn title={product?.name ?? 'Subscription'} tab="/overview" visit={visit}>
      <div>
        <a class="crumb" href={visit.href('/overview')}>
          ‹ Overview
        </a>
        <div class="title">
          <h1>{product?.name ?? 'Subscription'}</h1>
          <Badge {...subscriptionState(of)} testid="subscription-status" />
        </div>
      </div>
      {of.status === 'past_due' && (
        <div class="note bad" role="alert">
          <b>The last payment failed</b>
          <span>Update your payment method and we will try again at once.</span>
          <div class="actions">
            <a class="button" href={visit.href('/settings')}>
              Update payment method
            </a>
          </div>
        </div>
      )}
      <div class="columns">
        {visit.mayBill ? (
          <section class="sheet">
            <h2>Orders</h2>
            <OrderRows orders={orders} visit={visit} />
          </section>
        ) : (
          <section class="sheet">
            <h2>About</h2>
            <p class="pad soft">{product?.description ?? 'No description.'}</p>
          </section>
        )}
        <section class="sheet">
          <h2>{whatNext(of)}</h2>
          <dl class="pad">
            <Fact term="Price">
              {money(of.amount, of.currency)}{' '}
              {every(of.recurring_interval, of.recurring_interval_count)}
            </Fact>
            <Fact term="Since">{date(of.started_at)}</Fact>
            <Fact term="This period">
              {date(of.current_period_start)} – {date(of.current_period_end)}
            </Fact>
            {of.seats != null && <Fact term="Seats">{of.seats}</Fact>}
            <Fact term="Paid with">{card === undefined ? 'No card' : cardName(card)}</Fact>
          </dl>
        </section>
      </div>
    </SignedIn>
  )
}

export const Settings = ({ visit, world }: Props) => {
  const cards = world.cardsOf(visit.customer.id)
  return (
    <SignedIn title="Billing" tab="/settings" visit={visit}>
      <h1>Billing</h1>
      <div class="columns">
        <section class="sheet">
          <h2>Payment methods</h2>
          {cards.length === 0 && <p class="pad soft">There is no card on file.</p>}
          <ul class="rows">
            {cards.map((card) => (
              <CardRow key={card.id} card={card} isDeclined={world.declines.has(card.id)} />
            ))}
          </ul>
        </section>
        <section class="sheet">
          <h2>Add a card</h2>
          <form
            class="pad stack wide"
            method="post"
            action={visit.href('/settings/payment-methods')}
          >
            <fieldset>
              <legend class="soft small">These cards exist in the sandbox only.</legend>
              <Pick value="works" name="Visa •••• 4242" says="is charged" checked />
              <Pick value="declines" name="Mastercard •••• 0341" says="is declined" />
            </fieldset>
            <button type="submit" data-testid="add-payment-method">
              Add payment method
            </button>
          </form>
        </section>
      </div>
    </SignedIn>
  )
}

const Pick = ({
  value,
  name,
  says,
  checked = false,
}: {
  value: string
  name: string
  says: string
  checked?: boolean
}) => (
  <label class="pick">
    <input type="radio" name="card" value={value} checked={checked} />
    <span>
      {name}
      <small>{says}</small>
    </span>
  </label>
)

const CardRow = ({ card, isDeclined }: { card: Card; isDeclined: boolean }) => {
  const { brand, exp_month, exp_year } = card.method_metadata
  return (
    <li>
      <div class="row">
        <span class="plastic" aria-hidden="true">
          {brand.slice(0, 4).toUpperCase()}
        </span>
        <span class="grow">
          <span class="name">{cardName(card)}</span>
          <span class="soft small">
            Expires {String(exp_month).padStart(2, '0')}/{exp_year}
          </span>
        </span>
        <span class="end">
          {card.is_default && <Badge label="Default" tone="quiet" testid="card-default" />}
          {isDeclined && <Badge label="Declined" tone="bad" testid="card-declined" />}
        </span>
      </div>
    </li>
  )
}
