// The head of the overview: whether all is well, what needs attention, and what is only good to know.

import type { Attention } from '../../../operator/attention.ts'
import { type Line, lineOf } from '../../../operator/attention-words.ts'
import { Badge, Said, type Tone } from '../../ui/parts.tsx'

const More = ({ more }: Line) => {
  if (!more) return null
  if ('messages' in more) return <a href={`/console/messages?state=${more.messages}`}>Messages</a>
  return <a href={`/console/events${more.events && `?outcome=${more.events}`}`}>Events</a>
}

const List = ({ lines, className }: { lines: readonly Line[]; className: string }) => (
  <ul className={className}>
    {lines.map((line) => (
      <li key={line.key}>
        <Badge tone={line.tone}>{line.label}</Badge>
        <span>
          <Said says={line.says} />
        </span>
        <More {...line} />
      </li>
    ))}
  </ul>
)

const SIGNS = {
  good: 'M7 12.5l3.2 3.2L17 9',
  warn: 'M12 7v6M12 16.4v.1',
  bad: 'M8.5 8.5l7 7M15.5 8.5l-7 7',
}

const Sign = ({ tone }: { tone: keyof typeof SIGNS }) => (
  <svg className="sign" width="40" height="40" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="11" />
    <path d={SIGNS[tone]} />
  </svg>
)

const toneOf = (lines: readonly Line[]): keyof typeof SIGNS & Tone => {
  if (lines.length === 0) return 'good'
  return lines.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn'
}

const titleOf = (count: number): string => {
  if (count === 0) return 'Nothing needs your attention'
  return count === 1 ? '1 thing needs your attention' : `${count} things need your attention`
}

export const NeedsAttention = ({ attention }: { attention: readonly Attention[] }) => {
  const all = attention.map(lineOf)
  const lines = all.filter(({ tone }) => tone !== 'quiet')
  const notes = all.filter(({ tone }) => tone === 'quiet')
  const tone = toneOf(lines)
  return (
    <section className={`card verdict ${tone}`}>
      <header>
        <Sign tone={tone} />
        <div>
          <h2>{titleOf(lines.length)}</h2>
          {lines.length === 0 && <p className="quiet">Mail goes out, and webhooks arrive.</p>}
        </div>
      </header>
      {lines.length > 0 && <List lines={lines} className="attention" />}
      {notes.length > 0 && (
        <div className="notes">
          <h3 className="quiet">Good to know</h3>
          <List lines={notes} className="attention small" />
        </div>
      )}
    </section>
  )
}
