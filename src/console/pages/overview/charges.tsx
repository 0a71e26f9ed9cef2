// Failed charges by day, and recovered payments beside them.

import type { ChargeDay, Figures } from '../../../operator/figures.ts'
import { SameFigures, type Series, StackedDays } from '../../ui/charts.tsx'
import { Card, Empty, Table } from '../../ui/parts.tsx'

const FAILED: readonly Series[] = [
  { key: 'renewals', name: 'Renewals', tone: 'bad' },
  { key: 'retries', name: 'Retries', tone: 'warn' },
  { key: 'others', name: 'Other charges', tone: 'quiet' },
]

const RECOVERED: readonly Series[] = [{ key: 'recovered', name: 'Recovered', tone: 'good' }]

const chosen = (charges: readonly ChargeDay[], series: readonly Series[]) =>
  charges.map(({ day, ...all }) => ({
    day,
    values: Object.fromEntries(series.map(({ key }) => [key, all[key as keyof typeof all]])),
  }))

export const ChargesByDay = ({ charges }: Pick<Figures, 'charges'>) => {
  const isEmpty = charges.every(
    ({ renewals, retries, others, recovered }) => renewals + retries + others + recovered === 0,
  )
  return (
    <Card title="Failed and recovered charges by day">
      {isEmpty ? (
        <Empty title="No charge failed in these days">
          Postern asks Polar once an hour. Each day’s failed charges will appear here.
        </Empty>
      ) : (
        <div className="body">
          <div className="halves">
            <div>
              <h3>Failed</h3>
              <StackedDays
                label="Failed charges by day"
                days={chosen(charges, FAILED)}
                series={FAILED}
              />
            </div>
            <div>
              <h3>Recovered</h3>
              <StackedDays
                label="Recovered payments by day"
                days={chosen(charges, RECOVERED)}
                series={RECOVERED}
              />
            </div>
          </div>
          <SameFigures>
            <Table
              caption="Failed and recovered charges by day"
              rows={charges.toReversed()}
              keyOf={({ day }) => day}
              columns={[
                { name: 'Day (UTC)', cell: ({ day }) => <span className="nowrap">{day}</span> },
                ...[...FAILED, ...RECOVERED].map(({ key, name }) => ({
                  ...{ name, isNumber: true },
                  cell: (row: ChargeDay) => row[key as Exclude<keyof ChargeDay, 'day'>],
                })),
              ]}
            />
          </SameFigures>
        </div>
      )}
    </Card>
  )
}
