// The figures of a period: tiles and charts.

import { formatMoney } from '../../../../emails/index.ts'
import { type DayFigures, type Figures, totalOf } from '../../../operator/figures.ts'
import type { Total } from '../../../recoveries/store.ts'
import { type Day, RowBars, SameFigures, type Series, StackedDays } from '../../ui/charts.tsx'
import { Card, Empty, Table } from '../../ui/parts.tsx'

const SERIES: readonly Series[] = [
  { key: 'delivered', name: 'Delivered', tone: 'good' },
  { key: 'unreported', name: 'Sent, no report yet', tone: 'accent' },
  { key: 'bounced', name: 'Bounced', tone: 'warn' },
  { key: 'failed', name: 'Failed', tone: 'bad' },
  { key: 'notSent', name: 'Not sent', tone: 'quiet' },
]

/** A report counts on the day it came, so a day may have more reports than emails. */
const valuesOf = ({ day, accepted, delivered, bounced, failed, notSent }: DayFigures): Day => ({
  day,
  values: {
    ...{ delivered, bounced, failed, notSent },
    unreported: Math.max(0, accepted - delivered - bounced),
  },
})

const money = (amount: number, currency: string) => formatMoney(amount, currency, 'en-US')
const number = (count: number) => count.toLocaleString('en-US')
const share = (part: number, whole: number) =>
  whole === 0 ? null : `${Math.round((100 * part) / whole)}% of those sent`

const currenciesIn = (totals: readonly Total[]) => [
  ...new Set(totals.map(({ currency }) => currency)),
]

const sumOf = (totals: readonly Total[], currency: string, what: 'amount' | 'payments') =>
  totals.filter((one) => one.currency === currency).reduce((sum, one) => sum + one[what], 0)

const Tile = ({ name, value, more }: { name: string; value: string; more: string | null }) => (
  <dl className="tile">
    <dt>{name}</dt>
    <dd>{value}</dd>
    {more && <dd className="quiet">{more}</dd>}
  </dl>
)

export const Tiles = ({ days, recovered }: Figures) => {
  const sent = totalOf(days, 'accepted')
  const [delivered, clicked] = [totalOf(days, 'delivered'), totalOf(days, 'clicked')]
  const currencies = currenciesIn(recovered)
  const payments = (currency: string) => {
    const count = sumOf(recovered, currency, 'payments')
    return count === 1 ? '1 payment' : `${count} payments`
  }
  return (
    <div className="tiles">
      <Tile name="Sent" value={number(sent)} more="accepted by Resend" />
      <Tile name="Delivered" value={number(delivered)} more={share(delivered, sent)} />
      <Tile name="Clicked by people" value={number(clicked)} more={share(clicked, sent)} />
      {currencies.length === 0 && (
        <Tile name="Recovered" value="–" more="no failed charge was paid" />
      )}
      {currencies.map((currency) => (
        <Tile
          key={currency}
          name={`Recovered, ${currency.toUpperCase()}`}
          value={money(sumOf(recovered, currency, 'amount'), currency)}
          more={payments(currency)}
        />
      ))}
    </div>
  )
}

export const MessagesByDay = ({ days }: Pick<Figures, 'days'>) => {
  const shown = days.map(valuesOf)
  const isEmpty = shown.every(({ values }) => Object.values(values).every((count) => count === 0))
  return (
    <Card title="Messages by day">
      {isEmpty ? (
        <Empty title="No message in these days">Each day’s messages will appear here.</Empty>
      ) : (
        <div className="body">
          <StackedDays label="Messages by day and outcome" days={shown} series={SERIES} />
          <SameFigures>
            <Table
              caption="Messages by day and outcome"
              rows={shown.toReversed()}
              keyOf={({ day }) => day}
              columns={[
                { name: 'Day (UTC)', cell: ({ day }) => <span className="nowrap">{day}</span> },
                ...SERIES.map(({ key, name }) => ({
                  ...{ name, isNumber: true },
                  cell: ({ values }: Day) => number(values[key] ?? 0),
                })),
              ]}
            />
          </SameFigures>
        </div>
      )}
    </Card>
  )
}

const STEPS: Record<string, string> = {
  polar: 'Polar’s own retry',
  customer: 'The customer, without an email',
  unknown: 'Not known',
  subscription_past_due: 'First email',
  payment_final_notice: 'Final notice',
}

/** The order of the sequence after a failed charge. */
const rankOf = (by: string): string =>
  by === 'subscription_past_due'
    ? '1'
    : by.startsWith('payment_')
      ? `2 ${by.replace('final', 'z')}`
      : `3 ${by}`

const stepName = (by: string): string => STEPS[by] ?? `Reminder ${by.replace(/^.*_/, '')}`

const Recovered = ({ totals, currency }: { totals: readonly Total[]; currency: string }) => {
  const own = totals
    .filter((one) => one.currency === currency)
    .toSorted((a, b) => (rankOf(a.by) < rankOf(b.by) ? -1 : 1))
  const label = `Recovered by step, in ${currency.toUpperCase()}`
  return (
    <>
      <h3>{currency.toUpperCase()}</h3>
      <RowBars
        label={label}
        rows={own.map(({ by, amount }) => ({
          ...{ key: by, name: stepName(by), value: amount, shown: money(amount, currency) },
        }))}
      />
      <SameFigures>
        <Table
          caption={label}
          rows={own}
          keyOf={({ by }) => by}
          columns={[
            { name: 'Step', cell: ({ by }) => stepName(by) },
            { name: 'Payments', isNumber: true, cell: ({ payments }) => number(payments) },
            { name: 'Amount', isNumber: true, cell: ({ amount }) => money(amount, currency) },
          ]}
        />
      </SameFigures>
    </>
  )
}

export const RecoveredBySteps = ({ recovered }: Pick<Figures, 'recovered'>) => (
  <Card title="Recovered payments by step">
    {recovered.length === 0 ? (
      <Empty title="Nothing was recovered in these days">
        Failed charges that were paid after all will appear here.
      </Empty>
    ) : (
      <div className="body">
        {currenciesIn(recovered).map((currency) => (
          <Recovered key={currency} totals={recovered} currency={currency} />
        ))}
      </div>
    )}
  </Card>
)
