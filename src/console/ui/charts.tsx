// Charts, drawn on the server as SVG. Widths are percentages, so that a chart fits a phone and its text keeps its size. Colours
// are classes, for light and dark.

import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar, BarStack } from '@visx/shape'
import type { ReactNode } from 'react'
import type { Tone } from './parts.tsx'

const HEIGHT = 220
const TOP = 12
const BOTTOM = HEIGHT - 26

/** The numbers of the axis stand in a column of this width to the left (px). */
const AXIS = 36

/** Days that are named under the bars. */
const NAMED = 4

/** The bars of a few days would be as broad as walls: the more room between them. */
const paddingOf = (days: number): number => (days > 10 ? 0.25 : 0.6)

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

type AxisParts = { ticks: readonly number[]; y: (value: number) => number }

/** It is hidden from a screen reader, which has the figures as a table. */
const Axis = ({ ticks, y }: AxisParts) => (
  <svg className="chart axis" width={AXIS} height={HEIGHT} aria-hidden="true">
    {ticks.map((tick) => (
      <text key={tick} x={AXIS - 10} y={y(tick) + 4} textAnchor="end">
        {compact.format(tick)}
      </text>
    ))}
  </svg>
)

const Lines = ({ ticks, y }: AxisParts) => (
  <g>
    {ticks.map((tick) => (
      <line key={tick} x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
    ))}
  </g>
)

/** The first day is named, and some after it at equal distances. */
const namedDays = (days: readonly Day[]): Day[] => {
  const step = Math.ceil(days.length / NAMED)
  return days.filter((_, at) => at % step === 0)
}

/** `Nov 3: 4 Delivered, 1 Bounced` */
const dayText = ({ day, values }: Day, series: readonly Series[]): string => {
  const shown = series.filter(({ key }) => (values[key] ?? 0) > 0)
  const counts = shown.map(({ key, name }) => `${values[key]} ${name}`)
  return `${dayName(day)}: ${counts.length === 0 ? 'none' : counts.join(', ')}`
}

/** The meaning of each colour, and how many there are of it in all days. */
const Legend = ({ days, series }: { days: readonly Day[]; series: readonly Series[] }) => (
  <ul className="legend">
    {series.map(({ key, name, tone }) => (
      <li key={key}>
        <i className={`bar ${tone}`} />
        {name}
        <b>{compact.format(days.reduce((sum, { values }) => sum + (values[key] ?? 0), 0))}</b>
      </li>
    ))}
  </ul>
)

/** Bars of the days, each stacked by series. @param label says what the chart shows, for a screen reader. */
export const StackedDays = (props: {
  label: string
  days: readonly Day[]
  series: readonly Series[]
}) => {
  const { label, days, series } = props
  const heights = days.map(({ values }) => Object.values(values).reduce((sum, one) => sum + one, 0))
  const domain = days.map(({ day }) => day)
  const x = scaleBand({ domain, range: [0, 100], padding: paddingOf(days.length) })
  const most = Math.max(4, ...heights)
  const y = scaleLinear({ domain: [0, most], range: [BOTTOM, TOP], nice: 4 })
  const ticks = y.ticks(4).filter(Number.isInteger)
  const toneOf = (key: string) => series.find((one) => one.key === key)?.tone ?? 'quiet'
  return (
    <>
      <div className="plot">
        <Axis ticks={ticks} y={y} />
        <svg className="chart" height={HEIGHT} role="img" aria-label={label}>
          <title>{label}</title>
          <Lines ticks={ticks} y={y} />
          {days.map((one) => (
            <rect
              key={one.day}
              className="day"
              x={percent((x(one.day) ?? 0) - (x.step() - x.bandwidth()) / 2)}
              width={percent(x.step())}
              y="0"
              height={BOTTOM}
            >
              <title>{dayText(one, series)}</title>
            </rect>
          ))}
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
                      rx={2}
                    />
                  )),
              )
            }
          </BarStack>
          {namedDays(days).map(({ day }) => (
            <text key={day} x={percent(x(day) ?? 0)} y={HEIGHT - 8}>
              {dayName(day)}
            </text>
          ))}
        </svg>
      </div>
      <Legend days={days} series={series} />
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
          <Bar className="bar track" x="0" y={at * ROW + 22} width="100%" height={8} rx={4} />
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
