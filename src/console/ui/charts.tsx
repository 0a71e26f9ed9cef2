// Charts, drawn on the server as SVG. Widths are percentages, so that a chart fits a phone and its text keeps its size. Colours
// are classes, for light and dark.

import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar, BarStack } from '@visx/shape'
import type { ReactNode } from 'react'
import type { Tone } from './parts.tsx'

const HEIGHT = 220
const TOP = 12
const BOTTOM = HEIGHT - 26

/** Where the bars begin: the numbers of the axis stand to the left. */
const LEFT = 8

/** Days that are named under the bars. */
const NAMED = 4

export type Series = { key: string; name: string; tone: Tone }
export type Day = { day: string; values: Record<string, number> }

const percent = (value: number) => `${Math.round(value * 1_000) / 1_000}%`
const compact = new Intl.NumberFormat('en-US', { notation: 'compact' })
const shortDay = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
})

const dayName = (day: string): string => shortDay.format(Date.parse(day))

const Axis = ({ ticks, y }: { ticks: readonly number[]; y: (value: number) => number }) => (
  <g>
    {ticks.map((tick) => (
      <g key={tick}>
        <line x1={percent(LEFT)} x2="100%" y1={y(tick)} y2={y(tick)} />
        <text x={percent(LEFT - 1.5)} y={y(tick) + 4} textAnchor="end">
          {compact.format(tick)}
        </text>
      </g>
    ))}
  </g>
)

/** The first day is named, and some after it at equal distances. */
const namedDays = (days: readonly Day[]): Day[] => {
  const step = Math.ceil(days.length / NAMED)
  return days.filter((_, at) => at % step === 0)
}

/** Bars of the days, each stacked by series. @param label says what the chart shows, for a screen reader. */
export const StackedDays = (props: {
  label: string
  days: readonly Day[]
  series: readonly Series[]
}) => {
  const { label, days, series } = props
  const heights = days.map(({ values }) => Object.values(values).reduce((sum, one) => sum + one, 0))
  const x = scaleBand({ domain: days.map(({ day }) => day), range: [LEFT, 100], padding: 0.25 })
  const most = Math.max(4, ...heights)
  const y = scaleLinear({ domain: [0, most], range: [BOTTOM, TOP], nice: 4 })
  const toneOf = (key: string) => series.find((one) => one.key === key)?.tone ?? 'quiet'
  const nameOf = (key: string) => series.find((one) => one.key === key)?.name ?? key
  return (
    <>
      <svg className="chart" height={HEIGHT} role="img" aria-label={label}>
        <title>{label}</title>
        <Axis ticks={y.ticks(4).filter(Number.isInteger)} y={y} />
        <BarStack
          data={[...days]}
          keys={series.map(({ key }) => key)}
          x={({ day }) => day}
          value={({ values }, key) => values[key] ?? 0}
          xScale={x}
          yScale={y}
          color={toneOf}
        >
          {(stacks) =>
            stacks.flatMap(({ key, bars }) =>
              bars
                .filter(({ height }) => height > 0)
                .map((bar) => (
                  <Bar
                    key={`${key} ${bar.index}`}
                    className={`bar ${bar.color}`}
                    x={percent(bar.x)}
                    width={percent(bar.width)}
                    y={bar.y}
                    height={bar.height}
                  >
                    <title>{`${dayName(bar.bar.data.day)}: ${bar.bar.data.values[key]} ${nameOf(key)}`}</title>
                  </Bar>
                )),
            )
          }
        </BarStack>
        {namedDays(days).map(({ day }) => (
          <text key={day} x={percent(x(day) ?? LEFT)} y={HEIGHT - 8}>
            {dayName(day)}
          </text>
        ))}
      </svg>
      <ul className="legend">
        {series.map(({ key, name, tone }) => (
          <li key={key}>
            <i className={`bar ${tone}`} />
            {name}
          </li>
        ))}
      </ul>
    </>
  )
}

export type Row = { key: string; name: string; value: number; shown: string }

const ROW = 44

/** A bar for each row, with its name above it and its value at the end. */
export const RowBars = ({ label, rows }: { label: string; rows: readonly Row[] }) => {
  const most = Math.max(1, ...rows.map(({ value }) => value))
  const width = scaleLinear({ domain: [0, most], range: [0, 100] })
  return (
    <svg className="chart" height={rows.length * ROW} role="img" aria-label={label}>
      <title>{label}</title>
      {rows.map(({ key, name, value, shown }, at) => (
        <g key={key}>
          <text x="0" y={at * ROW + 14}>
            {name}
          </text>
          <text x="100%" y={at * ROW + 14} textAnchor="end" className="value">
            {shown}
          </text>
          <Bar className="bar quiet" x="0" y={at * ROW + 22} width="100%" height={8} rx={4} />
          <Bar
            className="bar accent"
            x="0"
            y={at * ROW + 22}
            width={percent(width(value))}
            height={8}
            rx={4}
          />
        </g>
      ))}
    </svg>
  )
}

/** The figures of a chart as a table, for those who cannot see it. */
export const SameFigures = ({ children }: { children: ReactNode }) => (
  <details className="figures">
    <summary>The same figures as a table</summary>
    {children}
  </details>
)
