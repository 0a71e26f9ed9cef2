// A timeline, oldest first.

import type { Moment } from '../../operator/timeline.ts'
import { EventLink, MessageLink } from './links.tsx'
import { Time } from './parts.tsx'

export const Timeline = ({ of }: { of: readonly Moment[] }) => (
  <ol className="timeline">
    {of.map((moment, position) => {
      const { at, tone, title, text, event, message } = moment
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: it is rendered once
        <li key={position} className={tone === 'quiet' ? undefined : tone}>
          <strong>{title}</strong>
          {text && <p>{text}</p>}
          {event && (
            <p>
              <EventLink id={event} />
            </p>
          )}
          {message && (
            <p>
              <MessageLink id={message} />
            </p>
          )}
          <p>
            <Time at={at} />
          </p>
        </li>
      )
    })}
  </ol>
)
